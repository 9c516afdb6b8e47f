import { columnProducts, sampleRows, symmetricEigenvalues, writeRow } from '../../math/symmetric-eigenvalues.ts';
import type { MapData, Neighbors } from '../../model/map-data.ts';
import type { QuantizedMatrix } from '../../model/matrix.ts';
import { keptNeighbors } from './map-neighbors.ts';
import { neighborhoodOf } from './quality.ts';

/** How many directions the vectors use. */
interface EffectiveRank {
  /** From 1 (all vectors on one line) to min(rows, columns) (all directions alike); 0 without vectors. */
  readonly rank: number;
  /** Number of rows measured. */
  readonly sampled: number;
}

/** How unevenly papers are neighbours of others. */
interface Hubness {
  /** Skewness of how often papers are among the k nearest of others: 0 is even; above 1 a few are near to very many. */
  readonly skewness: number;
  /** The paper that is most often a neighbour (the first of several), and of how many; −1 and 0 without papers. */
  readonly hub: number;
  readonly most: number;
  /** Papers that are not a neighbour of any other. */
  readonly never: number;
}

/** Measures of a map that its file does not contain. */
export interface MapMeasures {
  /** Null without vectors. */
  readonly effectiveRank: EffectiveRank | null;
  /** Null without neighbours. */
  readonly hubness: Hubness | null;
  /**
   * For each paper the share (0…1) of its true neighbours that the map has kept, NaN for one whose vector has no
   * direction; null without neighbours.
   */
  readonly preservation: Float32Array | null;
  /** Number of neighbours that `preservation` is measured with. */
  readonly k: number;
}

/** The parts of a map that are measured. */
export type MeasuredMap = Pick<MapData, 'positions' | 'neighbors' | 'embedding'>;

/**
 * Measures a map by its own int8 vectors and neighbours; `seed` draws the rows of large maps on which the rank is
 * measured. O(n·log n + n·d²), with n at most 10,000 in the second term.
 */
export function measureMap({ positions, neighbors, embedding }: MeasuredMap, seed = 1): MapMeasures {
  const n = positions.length / 2;
  const apart = embedding && Uint8Array.from(embedding.scales, (scale) => (scale === 0 ? 1 : 0));
  const k = Math.min(neighbors?.k ?? 0, neighborhoodOf(n));
  const preservation = neighbors && k > 0 ? keptNeighbors(neighbors, positions, k) : null;
  if (preservation && apart) for (let i = 0; i < n; i++) if (apart[i] === 1) preservation[i] = Number.NaN;
  return {
    effectiveRank: embedding && effectiveRank(embedding, seed),
    hubness: neighbors && measureHubness(neighbors, apart),
    preservation,
    k,
  };
}

/**
 * The effective rank of the vectors, not centred (Roy & Vetterli 2007, definition 1): exp of the entropy of the
 * singular values, scaled to the sum 1. Uses all rows up to 10,000, above that a seeded sample. O(n·d² + d³) for n rows
 * of d columns, with n and d swapped where there are fewer rows.
 */
function effectiveRank(vectors: QuantizedMatrix, seed: number): EffectiveRank {
  const rows = sampleRows(vectors.rows, seed);
  const isWide = rows.length < vectors.cols;
  const size = isWide ? rows.length : vectors.cols;
  const squares = symmetricEigenvalues(isWide ? rowProducts(vectors, rows) : columnProducts(vectors, rows), size);
  return { rank: rankOf(squares), sampled: rows.length };
}

/** exp of the entropy of the roots of `squares`; values below 0, which come from rounding, count as 0. */
function rankOf(squares: Float64Array): number {
  let sum = 0;
  for (const square of squares) sum += Math.sqrt(Math.max(0, square));
  if (sum === 0) return 0;
  let entropy = 0;
  for (const square of squares) {
    const share = Math.sqrt(Math.max(0, square)) / sum;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}

/** rows×rows: the products of any two of `rows`, lower triangle. */
function rowProducts(vectors: QuantizedMatrix, rows: Int32Array): Float64Array {
  const d = vectors.cols;
  const n = rows.length;
  const values = new Float64Array(n * d);
  for (let i = 0; i < n; i++) writeRow(vectors, rows[i], values, i * d);
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += values[i * d + c] * values[j * d + c];
      products[i * n + j] = sum;
    }
  }
  return products;
}

/**
 * Hubness of a neighbour graph (Radovanović, Nanopoulos & Ivanović 2010, equation 1): the third standardised moment of
 * the k-occurrences, with n in the denominators. Leaves out papers with a 1 in `apart`: they lack neighbours. O(n·k).
 */
function measureHubness({ k, indices }: Neighbors, apart: Uint8Array | null): Hubness {
  const n = k === 0 ? 0 : indices.length / k;
  const counts = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (apart?.[i] === 1) continue;
    for (let at = i * k; at < (i + 1) * k; at++) counts[indices[at]]++;
  }
  let [papers, sum, hub, never] = [0, 0, -1, 0];
  for (let i = 0; i < n; i++) {
    if (apart?.[i] === 1) continue;
    papers++;
    sum += counts[i];
    if (hub < 0 || counts[i] > counts[hub]) hub = i;
    if (counts[i] === 0) never++;
  }
  const mean = sum / Math.max(1, papers);
  let [second, third] = [0, 0];
  for (let i = 0; i < n; i++) {
    if (apart?.[i] === 1) continue;
    const away = counts[i] - mean;
    second += away * away;
    third += away * away * away;
  }
  const spread = second / Math.max(1, papers);
  const skewness = spread === 0 ? 0 : third / papers / spread ** 1.5;
  return { skewness, hub, most: hub < 0 ? 0 : counts[hub], never };
}
