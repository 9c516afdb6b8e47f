import { makeRandom, shuffledIndices } from '../math/random.ts';
import { symmetricEigenvalues } from '../math/symmetric-eigenvalues.ts';
import type { QuantizedMatrix } from '../model/matrix.ts';

/** How many directions the vectors use. */
export interface EffectiveRank {
  /** 1 (all vectors along one line) to the lesser of rows and columns (all directions alike); 0 without any vector. */
  readonly rank: number;
  /** Rows that it was measured on. */
  readonly sampled: number;
}

/** Rows beyond these add little: 384 columns have their 74,000 products from 10,000 rows. */
const SAMPLE = 10_000;
/** Rows whose products are added up in one pass over the sums. */
const BLOCK = 4;

/**
 * The effective rank of the vectors as they are, not centred (Roy & Vetterli 2007, definition 1): exp of the entropy of
 * the singular values, scaled to the sum 1. Of all rows up to 10,000, of a seeded sample above. O(n·d² + d³) for n rows
 * of d columns, with n and d changed over where there are fewer rows.
 */
export function effectiveRank(vectors: QuantizedMatrix, seed = 1): EffectiveRank {
  const rows = sampleRows(vectors.rows, seed);
  const isWide = rows.length < vectors.cols;
  const size = isWide ? rows.length : vectors.cols;
  const squares = symmetricEigenvalues(isWide ? rowProducts(vectors, rows) : columnProducts(vectors, rows), size);
  return { rank: rankOf(squares), sampled: rows.length };
}

function sampleRows(n: number, seed: number): Int32Array {
  if (n <= SAMPLE) return Int32Array.from({ length: n }, (_, i) => i);
  return shuffledIndices(n, makeRandom(seed)).slice(0, SAMPLE).sort();
}

/** exp of the entropy of the roots of `squares`; what is below 0 by rounding counts as 0. */
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

/** d×d: the sums of products of any two columns over `rows`, lower triangle. */
function columnProducts(vectors: QuantizedMatrix, rows: Int32Array): Float64Array {
  const d = vectors.cols;
  const sums = new Float64Array(d * d);
  const block = new Float64Array(BLOCK * d);
  for (let from = 0; from < rows.length; from += BLOCK) {
    block.fill(0);
    for (let b = 0; b < BLOCK && from + b < rows.length; b++) writeRow(vectors, rows[from + b], block, b * d);
    addProducts(block, d, sums);
  }
  return sums;
}

function addProducts(block: Float64Array, d: number, sums: Float64Array): void {
  for (let i = 0; i < d; i++) {
    const at = i * d;
    const [a, b, c, e] = [block[i], block[d + i], block[2 * d + i], block[3 * d + i]];
    for (let j = 0; j <= i; j++) {
      sums[at + j] += a * block[j] + b * block[d + j] + c * block[2 * d + j] + e * block[3 * d + j];
    }
  }
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

function writeRow({ data, scales, cols }: QuantizedMatrix, row: number, out: Float64Array, at: number): void {
  for (let j = 0; j < cols; j++) out[at + j] = data[row * cols + j] * scales[row];
}
