import { evenSample, finiteRows, principalComponents } from '../../math/principal-components.ts';
import { normalizeLayout } from '../../model/map-data.ts';
import type { Matrix } from '../../model/matrix.ts';
import { epochsOf, isOnePoint, type ProjectionInput } from './engine.ts';
import { drawnGraph, makeGraphRun, type SparseGraph } from './fuzzy-graph.ts';
import { type Placing, placeParts } from './place-parts.ts';

/** Two axes in the space of the vectors, and the point where they cross. */
export interface Axes {
  readonly mean: Float64Array;
  /** 2×d, row-major. */
  readonly axes: Float64Array;
}

interface PlaceOptions {
  readonly seed: number;
  /** The axes of the previous picture, so that the next one does not flip; null for the first. */
  readonly previous: Axes | null;
  /** Maximum number of rows that the axes are fitted on. */
  readonly sample: number;
  readonly rounds: number;
  readonly spare: number;
}

/** Input of the spectral start. */
interface SpectralInput extends Pick<ProjectionInput, 'n' | 'neighbors' | 'options'> {
  /** The PCA start, n×2 in map units: where the parts of a graph go, and the fallback without convergence. */
  readonly pca: Float32Array;
}

/** A start built in steps. */
interface SpectralStart {
  /** Works a few milliseconds (at 100,000 papers about 0.1 s). False when nothing is left. */
  step(): boolean;
  /** 0…1, never falling. */
  readonly share: number;
  /** Once `step` is false: n×2, largest magnitude about 1; the PCA start when nothing converged. */
  positions(): Float32Array;
  /** Whether the eigenvectors converged, or there was nothing to search. */
  readonly isSound: boolean;
  /** The fuzzy graph, for the layout; null where there was nothing to search. */
  readonly graph: SparseGraph | null;
}

/** A start does not need exact axes: SGD moves every point by far more. 0.05 s at d = 384. */
const START_SAMPLE = 1000;
const START_ROUNDS = 8;
const START_SPARE = 2;
const PREVIEW_SAMPLE = 500;
const PREVIEW_ROUNDS = 12;
const PREVIEW_SPARE = 6;

/**
 * The first two principal components as a start for a layout: n×2, map units (see `normalizeLayout`). It gives a better
 * global structure than a spectral or random start (digits: centroid triplets 0.79 against 0.68 and 0.65) and, up to
 * rounding, the same picture for every seed. Rows that are not finite are at 0. O(n·d).
 */
export function pcaStart(vectors: Matrix, seed: number): Float32Array {
  const { positions } = fitAndPlace(vectors, null, {
    seed,
    previous: null,
    sample: START_SAMPLE,
    rounds: START_ROUNDS,
    spare: START_SPARE,
  });
  return positions.map((value) => (Number.isFinite(value) ? value : 0));
}

/**
 * Places the `arrived` rows of `vectors` on their first two principal components, fitted on at most 500 of them and
 * rotated towards the `previous` axes. Positions are n×2 in map units, NaN for rows that have not arrived or are not
 * finite. Meant for pictures while vectors arrive: about 50 ms at d = 384.
 */
export function placeOnAxes(
  vectors: Matrix,
  arrived: Int32Array,
  previous: Axes | null,
): { positions: Float32Array; axes: Axes } {
  return fitAndPlace(vectors, arrived, {
    seed: 1,
    previous,
    sample: PREVIEW_SAMPLE,
    rounds: PREVIEW_ROUNDS,
    spare: PREVIEW_SPARE,
  });
}

/**
 * Eigenvectors 2 and 3 of the symmetric normalised Laplacian I − D^(−1/2)·W·D^(−1/2) of the fuzzy graph without the
 * edges that the layout never draws, as in umap-learn's `spectral_layout` (Belkin and Niyogi 2003; von Luxburg 2007,
 * section 3.2). Disconnected parts are laid out one by one: see {@link placeParts}. The engine adds scale and noise.
 */
export function makeSpectralStart(input: SpectralInput): SpectralStart {
  const { n, neighbors, options, pca } = input;
  if (n < 3 || isOnePoint(neighbors.distances, pca)) {
    return { step: () => false, share: 1, positions: () => pca, isSound: true, graph: null };
  }
  const building = makeGraphRun(input);
  let graph: SparseGraph | null = null;
  let drawn: SparseGraph | null = null;
  let placing: Placing | null = null;
  return {
    step() {
      if (placing) return placing.step();
      // Each of these passes over all edges, so each takes a step of its own.
      if (drawn) placing = placeParts(drawn, pca, options.seed);
      else if (graph) drawn = drawnGraph(graph, epochsOf(options, n));
      else if (!building.step()) graph = building.result();
      return true;
    },
    get share() {
      return placing?.share ?? 0;
    },
    positions: () => placing?.positions() ?? pca,
    get isSound() {
      return placing?.positions() != null;
    },
    get graph() {
      return graph;
    },
  };
}

function fitAndPlace(
  vectors: Matrix,
  arrived: Int32Array | null,
  options: PlaceOptions,
): { positions: Float32Array; axes: Axes } {
  const sound = finiteRows(vectors, arrived);
  const rows = evenSample(sound, options.sample);
  const { seed, rounds, spare } = options;
  const { mean, axes } = principalComponents(vectors, { count: 2, seed, rows, rounds, spare });
  if (options.previous) alignAxes(axes, options.previous.axes, vectors.cols);
  const positions = new Float32Array(vectors.rows * 2).fill(Number.NaN);
  for (const row of sound) place(vectors, row, { mean, axes }, positions);
  return { positions: normalizeLayout(positions), axes: { mean, axes } };
}

function place({ data, cols }: Matrix, row: number, { mean, axes }: Axes, positions: Float32Array): void {
  let x = 0;
  let y = 0;
  for (let j = 0; j < cols; j++) {
    const value = data[row * cols + j] - mean[j];
    x += value * axes[j];
    y += value * axes[cols + j];
  }
  positions[row * 2] = x;
  positions[row * 2 + 1] = y;
}

/**
 * Rotates or mirrors the two axes within their plane to where they are nearest to the `previous` ones (orthogonal
 * Procrustes, Schönemann 1966, in closed form for two): components of similar variance swap as papers arrive.
 */
function alignAxes(axes: Float64Array, previous: Float64Array, cols: number): void {
  const along = (a: number, b: number): number => {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += previous[a * cols + j] * axes[b * cols + j];
    return sum;
  };
  const [xx, xy, yx, yy] = [along(0, 0), along(0, 1), along(1, 0), along(1, 1)];
  const turned = Math.hypot(xx + yy, xy - yx);
  const mirrored = Math.hypot(xx - yy, xy + yx);
  const side = turned >= mirrored ? 1 : -1;
  const length = Math.max(turned, mirrored);
  if (length === 0) return;
  const c = (xx + side * yy) / length;
  const s = (xy - side * yx) / length;
  for (let j = 0; j < cols; j++) {
    const x = axes[j];
    const y = axes[cols + j];
    axes[j] = c * x + s * y;
    axes[cols + j] = side * (c * y - s * x);
  }
}
