import { orthonormalize } from '../math/linear-algebra.ts';
import { makeRandom } from '../math/random.ts';
import { type Matrix, matrix } from '../model/matrix.ts';
import type { SparseRows } from './tf-idf.ts';

/** How large the space is, and from which directions the search begins. */
interface LatentOptions {
  /** Columns of the result. */
  readonly count: number;
  readonly seed: number;
}

/** Pivots below this share of the largest entry are rounding errors. */
const RANK_TOLERANCE = 1e-12;
/** Rounds of subspace iteration. On the sample's texts a third changes the neighbours no more than the seed does. */
const ROUNDS = 2;

/**
 * Projects the rows onto the space of their first right singular vectors, as latent semantic analysis does (Deerwester
 * and others 1990), up to a rotation of that space, which changes no cosine or distance. Subspace iteration (Halko,
 * Martinsson and Tropp 2011, algorithm 4.4) gives X ≈ Q·QᵀX. The Cholesky factor L of QᵀX·XᵀQ = L·Lᵀ replaces
 * eigenvectors: the rows of Q·L have the same dot products as those of Q·QᵀX. Returns rows×min(count, rows, columns).
 * Takes 6·count operations for each stored number, and 4·count² for each row and column.
 */
export function latentRows(m: SparseRows, { count, seed }: LatentOptions): Matrix {
  const width = Math.min(count, m.rows, m.cols);
  const out = matrix(new Float32Array(m.rows * width), m.rows, width);
  const random = makeRandom(seed);
  const words = new Float64Array(m.cols * width).map(() => random() - 0.5);
  let basis = orthonormalColumns(timesRows(m, words, width), width);
  for (let round = 0; round < ROUNDS; round++) {
    timesColumns(m, basis, width, words);
    basis = orthonormalColumns(timesRows(m, words, width), width);
  }
  timesColumns(m, basis, width, words);
  const triangle = choleskyOf(gram(words, width), width);
  for (let i = 0; i < m.rows; i++) {
    for (let c = 0; c < width; c++) {
      let sum = 0;
      for (let b = c; b < width; b++) sum += basis[i * width + b] * triangle[b * width + c];
      out.data[i * width + c] = sum;
    }
  }
  return out;
}

/** X·Z: rows×width from cols×width. */
function timesRows(m: SparseRows, words: Float64Array, width: number): Float64Array {
  const out = new Float64Array(m.rows * width);
  for (let i = 0; i < m.rows; i++) {
    const to = i * width;
    for (let e = m.starts[i]; e < m.starts[i + 1]; e++) {
      const from = m.columns[e] * width;
      const value = m.values[e];
      for (let b = 0; b < width; b++) out[to + b] += value * words[from + b];
    }
  }
  return out;
}

/** Xᵀ·Y: writes cols×width from rows×width. */
function timesColumns(m: SparseRows, basis: Float64Array, width: number, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < m.rows; i++) {
    const from = i * width;
    for (let e = m.starts[i]; e < m.starts[i + 1]; e++) {
      const to = m.columns[e] * width;
      const value = m.values[e];
      for (let b = 0; b < width; b++) out[to + b] += value * basis[from + b];
    }
  }
}

function orthonormalColumns(columns: Float64Array, width: number): Float64Array {
  const n = columns.length / width;
  const rows = new Float64Array(columns.length);
  for (let i = 0; i < n; i++) for (let b = 0; b < width; b++) rows[b * n + i] = columns[i * width + b];
  orthonormalize(rows, width, n);
  for (let i = 0; i < n; i++) for (let b = 0; b < width; b++) columns[i * width + b] = rows[b * n + i];
  return columns;
}

/** Zᵀ·Z, width×width. */
function gram(words: Float64Array, width: number): Float64Array {
  const out = new Float64Array(width * width);
  for (let at = 0; at < words.length; at += width) {
    for (let a = 0; a < width; a++) {
      const value = words[at + a];
      if (value !== 0) for (let b = a; b < width; b++) out[a * width + b] += value * words[at + b];
    }
  }
  for (let a = 0; a < width; a++) for (let b = 0; b < a; b++) out[a * width + b] = out[b * width + a];
  return out;
}

/** The lower triangular L with L·Lᵀ = a; columns are zero where `a` has no further direction. O(size³). */
function choleskyOf(a: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  let peak = 0;
  for (let i = 0; i < size; i++) peak = Math.max(peak, a[i * size + i]);
  for (let c = 0; c < size; c++) {
    for (let i = c; i < size; i++) {
      let sum = a[i * size + c];
      for (let b = 0; b < c; b++) sum -= out[i * size + b] * out[c * size + b];
      const pivot = out[c * size + c];
      if (i > c) out[i * size + c] = pivot > 0 ? sum / pivot : 0;
      else out[c * size + c] = sum > RANK_TOLERANCE * peak ? Math.sqrt(sum) : 0;
    }
  }
  return out;
}
