import { symmetricEigenvalues } from '../../math/symmetric-eigenvalues.ts';
import type { QuantizedMatrix } from '../../model/matrix.ts';
import { columnProducts, sampleRows, writeRow } from '../neighbors/column-products.ts';

/** How many directions the vectors use. */
export interface EffectiveRank {
  /** 1 (all vectors along one line) to the lesser of rows and columns (all directions alike); 0 without any vector. */
  readonly rank: number;
  /** Rows that it was measured on. */
  readonly sampled: number;
}

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
