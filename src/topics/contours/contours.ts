import { bandwidthOf } from './contour-bandwidth.ts';
import type { ContourTile } from './contour-tile.ts';
import {
  type Box,
  type DensityGrid,
  densityAt,
  densityGrid,
  densitySums,
  KERNEL_REACH,
  ringsAt,
  summedGrid,
} from './density-grid.ts';

/** Options of {@link densityContours} and {@link refineContours}. */
interface ContourOptions {
  /** The papers that count. Default: all. */
  readonly indices?: ArrayLike<number> | null;
  /** Shares of the papers that the rings enclose, 0…1 exclusive. Default 0.95, 0.8, 0.5. */
  readonly shares?: readonly number[];
  /** The least standard deviation of the kernel, map units: see {@link narrowestKernel}. Default 0. */
  readonly leastBandwidth?: number;
}

/** The papers and the part of the map to trace contours for. */
export interface ContourRequest {
  /** n×2 in map units, NaN = not placed. */
  readonly positions: Float32Array;
  /** Paper indices of each group; null for all papers. Every group has its own density and levels. */
  readonly groups: readonly (Int32Array | null)[];
  /** See `ContourOptions.shares`. */
  readonly shares?: readonly number[];
  /** A part of the map to trace in finer detail. Default: the whole map. */
  readonly tile?: ContourTile | null;
}

/** The rings at one density. */
interface ContourLevel {
  /** Share of the papers inside. */
  readonly share: number;
  /** The density along the rings: papers per square map unit, as a share of all. */
  readonly density: number;
  /** Closed rings: see {@link ringsAt}. */
  readonly rings: readonly Float32Array[];
}

/** The contours of one group of papers. */
export interface Contours {
  /** Number of placed papers in the group. */
  readonly papers: number;
  /** Standard deviation of the kernel that was used, map units. */
  readonly bandwidth: number;
  /** From the outermost to the innermost. */
  readonly levels: readonly ContourLevel[];
}

/** Common shares of highest density regions (Hyndman 1996): half, most, and nearly all. */
const SHARES = [0.95, 0.8, 0.5];

/** Grid nodes per bandwidth, and most nodes along a side. */
const NODES_PER_BANDWIDTH = 3;
const MAX_NODES = 768;

/** Nodes along a side that make lines look smooth on a screen; fewer if the kernel would span too many. */
const SMOOTH_NODES = 320;
const MAX_NODES_PER_BANDWIDTH = 8;

/** Up to this number of papers near a tile, all are summed at each of its nodes, which is exact at any zoom. */
const FEW_PAPERS = 2000;
const SUMMED_NODES = 160;

/** A kernel is not narrowed so far that it holds fewer papers, since it would draw a spot around each. */
const MIN_KERNEL_PAPERS = 5;

/** A kernel's standard deviation is at least this many cells, or the grid would be visible. */
const MIN_SIGMA = 1.5;

/** Density of the innermost possible ring, as a share of the highest density. */
const BELOW_PEAK = 0.95;

/** Number of papers at which the density is measured to find the levels of a tile. */
const SAMPLES = 512;

/**
 * Density contours of papers at `positions` (n×2 in map units, NaN = not placed), from a Gaussian kernel density on a
 * grid with room for the whole kernel around the papers, so that no ring is cut. The level of a share is the density
 * that this share of the papers reaches or exceeds, so that the rings enclose the share in the smallest area (Hyndman,
 * “Computing and graphing highest density regions”, 1996). Shifting, turning or scaling all papers does the same to the rings,
 * up to the grid. No levels without papers. O(n log n), and some 700,000 nodes at most.
 */
export function densityContours(positions: Float32Array, options: ContourOptions = {}): Contours {
  const points = placed(positions, options.indices ?? null);
  if (points.length === 0) return { papers: 0, bandwidth: 0, levels: [] };
  const box = boxOf(points);
  const bandwidth = Math.max(bandwidthFor(points, options), (MIN_SIGMA * sideOf(box)) / MAX_NODES);
  const grid = densityGrid(points, { box, bandwidth, cell: cellFor(bandwidth, sideOf(box)) });
  return trace(grid, densitiesFrom(grid, points), { ...options, papers: points.length / 2, bandwidth });
}

/**
 * The same for a part of the map at deep zoom. The bandwidth shrinks with the root of the zoom, to 2^(−octave/2) of the
 * whole map's: zooming in shows finer structure, while the kernel still grows on the screen and lines get smoother. It
 * stops shrinking where a kernel, which holds √n papers at first, would hold five. Levels enclose their shares of all
 * papers, not of those in view, measured over the whole map or at every ⌈n/512⌉th paper, so that the tiles of an octave
 * fit together. Rings are correct within the tile's box; those that leave it close at its edge or beyond.
 * O(n log n + samples × papers near one).
 */
export function refineContours(positions: Float32Array, tile: ContourTile, options: ContourOptions = {}): Contours {
  const points = placed(positions, options.indices ?? null);
  if (points.length === 0) return { papers: 0, bandwidth: 0, levels: [] };
  const { box, octave } = tile;
  const papers = points.length / 2;
  const narrowest = Math.max(Math.sqrt(Math.sqrt(papers) / MIN_KERNEL_PAPERS), 1);
  const bandwidth = bandwidthFor(points, options) / Math.min(2 ** (octave / 2), narrowest);
  const side = sideOf(box);
  const sorted = densitiesOver(points, bandwidth);
  const near = pointsNear(points, box, KERNEL_REACH * bandwidth);
  if (near.length <= 2 * FEW_PAPERS) {
    const grid = summedGrid(near, { box, bandwidth, cell: side / SUMMED_NODES, papers });
    return trace(grid, sorted, { ...options, papers, bandwidth });
  }
  const used = Math.max(bandwidth, (MIN_SIGMA * side) / MAX_NODES);
  const grid = densityGrid(near, { box, bandwidth: used, cell: cellFor(used, side), papers });
  return trace(grid, sorted, { ...options, papers, bandwidth: used });
}

function bandwidthFor(points: Float32Array, { leastBandwidth = 0 }: ContourOptions): number {
  return Math.max(bandwidthOf(points), leastBandwidth);
}

/** The finite places among `positions`, or among those of `indices`: n×2. */
function placed(positions: Float32Array, indices: ArrayLike<number> | null): Float32Array {
  const most = indices ? indices.length : positions.length / 2;
  const points = new Float32Array(2 * most);
  let count = 0;
  for (let i = 0; i < most; i++) {
    const paper = indices ? indices[i] : i;
    const x = positions[2 * paper];
    const y = positions[2 * paper + 1];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    points[2 * count] = x;
    points[2 * count + 1] = y;
    count++;
  }
  return points.subarray(0, 2 * count);
}

function boxOf(points: Float32Array): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    minX = Math.min(minX, points[i]);
    maxX = Math.max(maxX, points[i]);
    minY = Math.min(minY, points[i + 1]);
    maxY = Math.max(maxY, points[i + 1]);
  }
  return { minX, minY, maxX, maxY };
}

/** The points within `reach` of a box. */
function pointsNear(points: Float32Array, { minX, minY, maxX, maxY }: Box, reach: number): Float32Array {
  const near = new Float32Array(points.length);
  let count = 0;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i];
    const y = points[i + 1];
    if (x < minX - reach || x > maxX + reach || y < minY - reach || y > maxY + reach) continue;
    near[count++] = x;
    near[count++] = y;
  }
  return near.subarray(0, count);
}

function sideOf({ minX, minY, maxX, maxY }: Box): number {
  return Math.max(maxX - minX, maxY - minY);
}

function cellFor(bandwidth: number, side: number): number {
  const fine = Math.min(bandwidth / NODES_PER_BANDWIDTH, side / SMOOTH_NODES);
  return Math.max(fine, side / MAX_NODES, bandwidth / MAX_NODES_PER_BANDWIDTH);
}

/** Densities at the points, interpolated from a grid over all of them, ascending. */
function densitiesFrom(grid: DensityGrid, points: Float32Array): Float64Array {
  const densities = new Float64Array(points.length / 2);
  let highest = 0;
  for (const value of grid.values) if (value > highest) highest = value;
  for (let i = 0; i < densities.length; i++) {
    // Papers that share one place are on the very peak, around which there is no line.
    densities[i] = Math.min(densityAt(grid, points[2 * i], points[2 * i + 1]), BELOW_PEAK * highest);
  }
  return densities.sort();
}

/** Densities at the points, or at a sample if a grid over all would need too many nodes, ascending. */
function densitiesOver(points: Float32Array, bandwidth: number): Float64Array {
  const box = boxOf(points);
  const cell = bandwidth / NODES_PER_BANDWIDTH;
  if (sideOf(box) / cell <= MAX_NODES) return densitiesFrom(densityGrid(points, { box, bandwidth, cell }), points);
  return densitySums(points, { bandwidth, box, samples: SAMPLES }).sort();
}

interface Counted {
  readonly shares?: readonly number[];
  readonly papers: number;
  readonly bandwidth: number;
}

/** @param sorted densities at papers, ascending */
function trace(grid: DensityGrid, sorted: Float64Array, { shares = SHARES, papers, bandwidth }: Counted): Contours {
  const levels = [...shares]
    .sort((a, b) => b - a)
    .map((share) => {
      const density = quantile(sorted, 1 - share);
      return { share, density, rings: ringsAt(grid, density) };
    });
  return { papers, bandwidth, levels };
}

/** The quantile, by linear interpolation between the sorted values. */
function quantile(sorted: Float64Array, share: number): number {
  const at = Math.min(Math.max(share, 0), 1) * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}
