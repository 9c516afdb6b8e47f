import type { Matrix } from '../../model/matrix.ts';
import { DOT_CHUNK } from '../kernels/kernels.ts';

/** By which two papers are near: 1 − cosine (0…2), or the straight distance. */
export type Metric = 'cosine' | 'euclidean';

/** The rows of a matrix as the kernels want them: float32, filled up with zeros to a multiple of 8 columns. */
export interface PreparedRows {
  readonly n: number;
  /** Columns with the filling. */
  readonly cols: number;
  /** Writes row i with `stride` floats from entry to entry; the filling is left as it is (0). */
  write(i: number, out: Float32Array, at: number, stride: number): void;
}

/**
 * Rows of length 1 (cosine), or rows as they are (euclidean). `centre` takes the mean away before: of the rows of length 1
 * for the cosine, which are then brought to length 1 again; straight distances do not change by it, but lose less in
 * float32. A row that has no direction, or a number that is not finite, becomes zeros: at cosine distance 1 from every
 * other, never NaN.
 */
export function prepareRows(m: Matrix, metric: Metric, centre = metric === 'euclidean'): PreparedRows {
  const { data, rows: n, cols } = m;
  const isUnit = metric === 'cosine';
  const mean = centre ? meanRow(m, metric) : new Float64Array(cols);
  const row = new Float64Array(cols);
  return {
    n,
    cols: Math.max(8, Math.ceil(cols / 8) * 8),
    write(i, out, at, stride) {
      const length = lengthOf(m, i);
      const sound = Number.isFinite(length) && (!isUnit || length > 0);
      const divisor = isUnit ? length : 1;
      let square = 0;
      for (let j = 0; j < cols; j++) {
        row[j] = sound ? data[i * cols + j] / divisor - mean[j] : 0;
        square += row[j] * row[j];
      }
      const scale = isUnit && centre && square > 0 ? Math.sqrt(square) : 1;
      for (let j = 0; j < cols; j++) out[at + j * stride] = row[j] / scale;
    },
  };
}

/** Whether row i of `m` is a vector for `prepareRows`: finite, and for the cosine not 0. O(d). */
export function hasPlace(m: Matrix, i: number, metric: Metric): boolean {
  const length = lengthOf(m, i);
  return Number.isFinite(length) && (metric === 'euclidean' || length > 0);
}

function lengthOf({ data, cols }: Matrix, i: number): number {
  let square = 0;
  for (let j = i * cols; j < (i + 1) * cols; j++) square += data[j] * data[j];
  return Math.sqrt(square);
}

/** The dot of a row with itself, added as the kernels add, so that equal rows are at distance 0 to the bit. */
export function squareOf(floats: Float32Array, at: number, stride: number, cols: number): number {
  let total = 0;
  for (let from = 0; from < cols; from += DOT_CHUNK) {
    let sum = 0;
    for (let j = from; j < Math.min(cols, from + DOT_CHUNK); j++) {
      const value = floats[at + j * stride];
      sum = Math.fround(sum + Math.fround(value * value));
    }
    total = Math.fround(total + sum);
  }
  return total;
}

/**
 * What rows i and j are ordered by, from their dot: the cosine distance, or the squared straight one when the `squares`
 * of the rows are given. A float32 value.
 */
export function nearness(squares: Float32Array | null, i: number, j: number, product: number): number {
  if (squares) return Math.max(0, Math.fround(Math.fround(squares[i] + squares[j]) - 2 * product));
  return Math.max(0, Math.min(2, Math.fround(1 - product)));
}

/** The mean of the rows that are vectors, each of length 1 for the cosine. */
function meanRow(m: Matrix, metric: Metric): Float64Array {
  const mean = new Float64Array(m.cols);
  let count = 0;
  for (let i = 0; i < m.rows; i++) {
    if (!hasPlace(m, i, metric)) continue;
    count++;
    const divisor = metric === 'cosine' ? lengthOf(m, i) : 1;
    for (let j = 0; j < m.cols; j++) mean[j] += m.data[i * m.cols + j] / divisor;
  }
  for (let j = 0; j < m.cols; j++) mean[j] /= Math.max(1, count);
  return mean;
}
