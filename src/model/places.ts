import { coreInterval } from './near-range.ts';

/** An upright rectangle that holds nearly all places, in their own unit, and how many lie far outside of it. */
export interface PlaceExtent {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly far: number;
}

/** Places of any unit as a map has them. */
export interface FittedPlaces {
  /** n×2 in map units: the extent that holds nearly all is centred on 0, its longer side −1…1; NaN without a place. */
  readonly positions: Float32Array;
  /** Rows without a finite place, ascending. */
  readonly without: number[];
  /** Rows that lie so far outside that they are drawn at {@link FARTHEST}. */
  readonly drawnNearer: number;
}

/** Places that decide what is far; of more, as many are taken at even steps. */
const SAMPLE = 10_000;
/** The largest coordinate of a map, in map units: beyond it, a view of the whole would show nothing else. */
const FARTHEST = 1000;

/**
 * The extent of the places that belong together (n×2; rows that are not finite do not count); null when there is none.
 * Along each axis the shortest interval that holds all but 2 % of the places (of a few places: all but one in eight, at
 * most three) is taken (`coreInterval`); a place is far outside when it lies beyond it by more than the longer of both,
 * so that showing it would at least double the picture. O(n) beside the sample.
 */
export function placeExtent(places: Float32Array | Float64Array): PlaceExtent | null {
  const core = coreOf(places);
  const near = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  let [placed, far] = [0, 0];
  for (let at = 0; at + 1 < places.length; at += 2) {
    const [x, y] = [places[at], places[at + 1]];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    placed++;
    if (core && (x < core.minX || x > core.maxX || y < core.minY || y > core.maxY)) {
      far++;
      continue;
    }
    if (x < near.minX) near.minX = x;
    if (x > near.maxX) near.maxX = x;
    if (y < near.minY) near.minY = y;
    if (y > near.maxY) near.maxY = y;
  }
  return placed === 0 ? null : { ...near, far };
}

/** The rows that lie far outside of the extent of the others, ascending. O(n) beside the sample. */
export function farRows(places: Float32Array | Float64Array): number[] {
  const extent = placeExtent(places);
  if (!extent || extent.far === 0) return [];
  const rows: number[] = [];
  for (let row = 0; row < places.length / 2; row++) {
    const [x, y] = [places[row * 2], places[row * 2 + 1]];
    const isFar = x < extent.minX || x > extent.maxX || y < extent.minY || y > extent.maxY;
    if (isFar && Number.isFinite(x) && Number.isFinite(y)) rows.push(row);
  }
  return rows;
}

/**
 * Places of any unit (n×2) in map units. Differences are taken in doubles before anything is rounded to float32, so
 * that places far from 0 stay apart, and extents of any size fit. What lies far outside keeps its place beyond −1…1.
 */
export function fitPlaces(places: Float64Array): FittedPlaces {
  const n = places.length / 2;
  const positions = new Float32Array(places.length).fill(Number.NaN);
  const without: number[] = [];
  const extent = placeExtent(places);
  // Halves, because the difference of two large doubles may be infinite.
  const [midX, midY] = extent ? [extent.minX / 2 + extent.maxX / 2, extent.minY / 2 + extent.maxY / 2] : [0, 0];
  const half = extent ? Math.max(extent.maxX / 2 - extent.minX / 2, extent.maxY / 2 - extent.minY / 2) : 0;
  let drawnNearer = 0;
  const unit = (value: number, middle: number): number => (half > 0 ? ((value / 2 - middle / 2) / half) * 2 : 0);
  for (let row = 0; row < n; row++) {
    const [x, y] = [places[row * 2], places[row * 2 + 1]];
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      without.push(row);
      continue;
    }
    const [u, v] = [unit(x, midX), unit(y, midY)];
    if (Math.max(Math.abs(u), Math.abs(v)) > FARTHEST) drawnNearer++;
    positions[row * 2] = Math.max(-FARTHEST, Math.min(FARTHEST, u));
    positions[row * 2 + 1] = Math.max(-FARTHEST, Math.min(FARTHEST, v));
  }
  return { positions, without, drawnNearer };
}

/** Radius of the disc of papers beside the map, in half sides of the map, for each root of their share of all. */
const DISC = 0.5;
const GAP = 0.1;

/** A copy of `positions` (n×2, map units) with the rows `beside` on a disc to the lower right of the map. */
export function setBeside(positions: Float32Array, beside: ArrayLike<number>): Float32Array {
  const out = positions.slice();
  const radius = DISC * Math.sqrt(beside.length / (positions.length / 2));
  const disc = sunflower(beside.length);
  for (let i = 0; i < beside.length; i++) {
    out[beside[i] * 2] = 1 + GAP + radius * (1 + disc[i * 2]);
    out[beside[i] * 2 + 1] = -1 + radius * (1 + disc[i * 2 + 1]);
  }
  return out;
}

/** Cosine and sine of the golden angle. */
const COS_GOLDEN = -0.7373688780783197;
const SIN_GOLDEN = 0.6754902942615238;

/**
 * n points spread evenly over a disc (Vogel 1979), for equal papers, which have no order to show; two lie side by side.
 * Rotates by multiplication, since `Math.sin` may differ between machines.
 */
export function sunflower(n: number): Float32Array {
  const places = new Float32Array(n * 2);
  let [c, s] = [1, 0];
  for (let i = 0; i < n; i++) {
    const radius = Math.sqrt((i + 0.5) / n);
    places[i * 2] = radius * c;
    places[i * 2 + 1] = radius * s;
    [c, s] = n === 2 ? [-1, 0] : [c * COS_GOLDEN - s * SIN_GOLDEN, c * SIN_GOLDEN + s * COS_GOLDEN];
  }
  return places;
}

/** Beyond this rectangle a place is far outside; null when nothing can be said to be. */
function coreOf(places: Float32Array | Float64Array): Omit<PlaceExtent, 'far'> | null {
  const step = Math.max(1, Math.ceil(places.length / 2 / SAMPLE));
  const [xs, ys]: number[][] = [[], []];
  for (let at = 0; at + 1 < places.length; at += 2 * step) {
    const [x, y] = [places[at], places[at + 1]];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    xs.push(x);
    ys.push(y);
  }
  const [alongX, alongY] = [coreInterval(Float64Array.from(xs).sort()), coreInterval(Float64Array.from(ys).sort())];
  if (!alongX || !alongY) return null;
  const [[fromX, toX], [fromY, toY]] = [alongX, alongY];
  const side = Math.max(toX - fromX, toY - fromY);
  // Where nearly all stand on one point, any other place would be far.
  if (!(side > 0)) return null;
  return { minX: fromX - side, minY: fromY - side, maxX: toX + side, maxY: toY + side };
}
