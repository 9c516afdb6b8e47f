import { logOf } from '../../math/elementary.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { type Curve, forceAt } from './forces.ts';
import type { Schedule } from './fuzzy-graph.ts';

/** densMAP's parameters, named as in umap-learn: dens_lambda, dens_frac and dens_var_shift there. */
export interface DensMapOptions {
  /** Weight of the density term against UMAP's own; 0: no density term. */
  readonly lambda: number;
  /** Share of the epochs, counted from the end, that have the term. */
  readonly fraction: number;
  /** Added to the variance of the radii on the map, so that nothing is divided by almost 0. */
  readonly varShift: number;
}

/** Narayan, Berger and Cho's choice. */
export const DEFAULT_DENS_MAP: DensMapOptions = { lambda: 2, fraction: 0.3, varShift: 0.1 };

/** The density term of one layout. */
interface Density {
  /** Whether the epoch, counted from 0, has the term. */
  isDue(epoch: number): boolean;
  /**
   * Measures the map (n×2) and writes two numbers for each row into `out`, from which the kernels compute the pull
   * along each edge: see `LAYOUT_RECORD.density`. O(edges).
   */
  measure(positions: Float32Array, out: Float32Array): void;
}

/** The layout that the term belongs to. */
interface DensityInput {
  readonly schedule: Schedule;
  readonly neighbors: Neighbors;
  readonly curve: Curve;
  /** A `ForceTable` of that curve. */
  readonly table: Float32Array;
  readonly epochs: number;
  readonly options: DensMapOptions;
}

const EPSILON = 1e-8;

/**
 * densMAP (Narayan, Berger and Cho 2021, equations 6 to 12, as in umap-learn 0.5): the layout also maximises the
 * correlation between the logarithms of the local radii of the vectors and of the map. A local radius is the mean of
 * squared distances over a paper's edges, weighted by the memberships. For φ = 1/(1 + a·s^b) at the squared distance s
 * and the attraction f(s) = −2ab·s^(b−1)·φ, φ = 1 + s·f/(2b), so one table gives both. Rows without an edge have no
 * radius and no pull.
 */
export function makeDensity({ schedule, neighbors, curve, table, epochs, options }: DensityInput): Density {
  const { n, intervals } = schedule;
  const wanted = standardized(trueRadii(schedule, neighbors));
  const places: MapRadii = { radii: new Float64Array(n), means: new Float64Array(n), sums: new Float64Array(n) };
  let memberships = 0;
  for (let e = 0; e < intervals.length; e++) memberships += 1 / intervals[e];

  return {
    isDue: (epoch) => options.lambda > 0 && (epoch + 1) / epochs > 1 - options.fraction,
    measure(positions, out) {
      measureRadii({ schedule, positions, table, b: curve.b }, places);
      const { radii, means, sums } = places;
      const { mean, variance, count } = momentsOf(radii);
      const shifted = variance + options.varShift;
      let covariance = 0;
      for (let i = 0; i < n; i++) if (sums[i] > 0) covariance += (radii[i] * wanted[i]) / Math.max(1, count - 1);
      // An edge's membership by the sum of all; 1/interval gives both in the same unit. Each edge is in two rows.
      const strength = (2 * options.lambda * memberships) / (Math.sqrt(shifted) * n);
      for (let i = 0; i < n; i++) {
        const weight = sums[i] > 0 ? wanted[i] - (covariance * (radii[i] - mean)) / shifted : 0;
        const bySum = sums[i] > 0 ? (strength * weight) / (2 * sums[i]) : 0;
        out[i * 2] = bySum / (EPSILON + means[i]);
        out[i * 2 + 1] = bySum;
      }
    },
  };
}

/** For each row on the map: the logarithm of its radius (NaN without an edge), the radius, and the sum of its φ. */
interface MapRadii {
  readonly radii: Float64Array;
  readonly means: Float64Array;
  readonly sums: Float64Array;
}

interface MapInput {
  readonly schedule: Schedule;
  readonly positions: Float32Array;
  readonly table: Float32Array;
  readonly b: number;
}

function measureRadii({ schedule, positions, table, b }: MapInput, { radii, means, sums }: MapRadii): void {
  const { n, starts, tails } = schedule;
  const inverse = 1 / (2 * b);
  for (let i = 0; i < n; i++) {
    const [x, y] = [positions[i * 2], positions[i * 2 + 1]];
    let [sum, squares] = [0, 0];
    for (let e = starts[i]; e < starts[i + 1]; e++) {
      const dx = x - positions[tails[e] * 2];
      const dy = y - positions[tails[e] * 2 + 1];
      const square = dx * dx + dy * dy;
      const phi = Math.max(0, 1 + square * inverse * forceAt(table, 0, square));
      sum += phi;
      squares += phi * square;
    }
    sums[i] = sum;
    means[i] = sum > 0 ? squares / sum : 0;
    radii[i] = sum > 0 ? logOf(EPSILON + means[i]) : Number.NaN;
  }
}

/** The logarithm of the mean squared distance of each row to the other ends of its edges; NaN without an edge. */
function trueRadii({ n, starts, tails, intervals }: Schedule, neighbors: Neighbors): Float64Array {
  const radii = new Float64Array(n).fill(Number.NaN);
  for (let i = 0; i < n; i++) {
    let [sum, squares] = [0, 0];
    for (let e = starts[i]; e < starts[i + 1]; e++) {
      const distance = distanceOf(neighbors, i, tails[e]);
      sum += 1 / intervals[e];
      squares += (distance * distance) / intervals[e];
    }
    if (sum > 0) radii[i] = logOf(EPSILON + squares / sum);
  }
  return radii;
}

/** The distance of two rows, one of which is among the other's neighbours. */
function distanceOf({ k, indices, distances }: Neighbors, i: number, j: number): number {
  for (let at = i * k; at < (i + 1) * k; at++) if (indices[at] === j) return distances[at];
  for (let at = j * k; at < (j + 1) * k; at++) if (indices[at] === i) return distances[at];
  return 0;
}

/** Scaled to mean 0 and variance 1; 0 for rows without a radius, and for all rows where none differs. */
function standardized(radii: Float64Array): Float64Array {
  const { mean, variance } = momentsOf(radii);
  const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  return radii.map((radius) => (Number.isNaN(radius) ? 0 : (radius - mean) * scale));
}

/** Moments of the values that are not NaN. */
function momentsOf(values: Float64Array): { mean: number; variance: number; count: number } {
  let [sum, count, squares] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  const mean = sum / Math.max(1, count);
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) * (value - mean);
  return { mean, variance: squares / Math.max(1, count), count };
}
