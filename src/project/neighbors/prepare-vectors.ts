import { evenSample, finiteRows, principalComponents } from '../../math/principal-components.ts';
import type { Slots } from '../../math/top-k.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import { DOT_CHUNK, type MakeKernels } from '../kernels/kernels.ts';

/** The distance between two papers: 1 − cosine (0…2), or Euclidean. */
export type Metric = 'cosine' | 'euclidean';

/** Options of every search for nearest rows. */
export interface NeighborOptions {
  /** Default: the plain ones. */
  readonly makeKernels?: MakeKernels;
  /** Default: cosine. */
  readonly metric?: Metric;
  /** Subtracts the mean of the rows, each of length 1, before the cosine is taken. Default false. */
  readonly centre?: boolean;
  /** Threads that share the search. Default 1. */
  readonly shares?: number;
}

/** What is done to the vectors before a layout; see `ProjectOptions`. */
interface ComponentOptions {
  /** Number of principal components kept; null: all columns. */
  readonly components: number | null;
  /** Scales the components to equal variance. */
  readonly whiten: boolean;
}

/** Maximum number of rows that the components are fitted on. */
const SAMPLE = 2000;
const ROUNDS = 40;
/** Components with less than this share of the first one's variance are not scaled up: they would be noise. */
const MIN_VARIANCE = 1e-6;

/**
 * The vectors, each of length 1, on their principal components; `m` itself when `components` is null. Rows that are not
 * finite stay so. O(n·d·components).
 */
export function prepareVectors(m: Matrix, { components, whiten }: ComponentOptions, seed: number): Matrix {
  if (components === null) return m;
  const rows = finiteRows(m);
  const unit = unitLengths(m);
  const count = Math.max(1, Math.min(components, m.cols, Math.max(1, rows.length - 1)));
  const sample = evenSample(rows, SAMPLE);
  const { mean, axes, variances } = principalComponents(unit, { count, seed, rows: sample, rounds: ROUNDS });
  const scales = Array.from(variances, (variance) =>
    whiten && variance > MIN_VARIANCE * variances[0] ? 1 / Math.sqrt(variance) : 1,
  );
  const out = new Float32Array(m.rows * count);
  const row = new Float64Array(m.cols);
  for (let i = 0; i < m.rows; i++) {
    for (let j = 0; j < m.cols; j++) row[j] = unit.data[i * m.cols + j] - mean[j];
    for (let c = 0; c < count; c++) {
      let along = 0;
      for (let j = 0; j < m.cols; j++) along += row[j] * axes[c * m.cols + j];
      out[i * count + c] = along * scales[c];
    }
  }
  return matrix(out, m.rows, count);
}

/** The rows of a matrix in the format of the kernels: float32, padded with zeros to a multiple of 8 columns. */
interface PreparedRows {
  readonly n: number;
  /** Columns including the padding. */
  readonly cols: number;
  /** Writes row i, with entries `stride` floats apart; leaves the padding as it is (0). */
  write(i: number, out: Float32Array, at: number, stride: number): void;
}

/**
 * Rows of length 1 (cosine), or rows as they are (Euclidean). `centre` subtracts the mean first: for the cosine the
 * mean of the rows of length 1, which are then scaled to length 1 again; Euclidean distances stay the same but lose
 * less in float32. A row without a direction, or with a number that is not finite, becomes zeros: at cosine distance 1
 * from every other, never NaN.
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

/** Writes all rows into `out`, which holds zeros, in blocks of 8 as `Kernels.dotTiles` reads them. */
export function packRows({ n, cols, write }: PreparedRows, out: Float32Array): void {
  for (let i = 0; i < n; i++) write(i, out, packedAt(i, cols), 8);
}

/** The squared length of each packed row. */
export function packedSquares(
  { n, cols }: PreparedRows,
  packed: Float32Array,
  out = new Float32Array(n),
): Float32Array {
  for (let i = 0; i < n; i++) out[i] = squareOf(packed, packedAt(i, cols), 8, cols);
  return out;
}

/** Whether row i of `m` has a position among others: it is finite, and for the cosine not 0. O(d). */
export function isVector(m: Matrix, i: number, metric: Metric): boolean {
  const length = lengthOf(m, i);
  return Number.isFinite(length) && (metric === 'euclidean' || length > 0);
}

/** The dot product of a row with itself, added as the kernels add, so that equal rows have distance 0 to the bit. */
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
 * The value that rows i and j are ordered by, from their dot product: the cosine distance, or the squared Euclidean one
 * when the `squares` of the rows are given. A float32 value.
 */
export function nearness(squares: Float32Array | null, i: number, j: number, product: number): number {
  if (squares) return Math.max(0, Math.fround(Math.fround(squares[i] + squares[j]) - 2 * product));
  return Math.max(0, Math.min(2, Math.fround(1 - product)));
}

/** The slots as neighbours: Euclidean distances, which were kept as squares, become lengths. */
export function neighborsOf({ k, indices, distances }: Slots, metric: Metric): Neighbors {
  return { k, indices, distances: metric === 'euclidean' ? distances.map((square) => Math.sqrt(square)) : distances };
}

/** Rows of length 1; rows of zeros stay. */
function unitLengths({ data, rows, cols }: Matrix): Matrix {
  const out = new Float32Array(data.length);
  for (let i = 0; i < rows; i++) {
    let square = 0;
    for (let j = i * cols; j < (i + 1) * cols; j++) square += data[j] * data[j];
    const length = square > 0 ? Math.sqrt(square) : 1;
    for (let j = i * cols; j < (i + 1) * cols; j++) out[j] = data[j] / length;
  }
  return matrix(out, rows, cols);
}

/** Index of row i's first entry in a packed matrix; its entries are 8 floats apart. */
function packedAt(i: number, cols: number): number {
  return (i >> 3) * 8 * cols + (i & 7);
}

function lengthOf({ data, cols }: Matrix, i: number): number {
  let square = 0;
  for (let j = i * cols; j < (i + 1) * cols; j++) square += data[j] * data[j];
  return Math.sqrt(square);
}

/** The mean of the rows that are vectors, each of length 1 for the cosine. */
function meanRow(m: Matrix, metric: Metric): Float64Array {
  const mean = new Float64Array(m.cols);
  let count = 0;
  for (let i = 0; i < m.rows; i++) {
    if (!isVector(m, i, metric)) continue;
    count++;
    const divisor = metric === 'cosine' ? lengthOf(m, i) : 1;
    for (let j = 0; j < m.cols; j++) mean[j] += m.data[i * m.cols + j] / divisor;
  }
  for (let j = 0; j < m.cols; j++) mean[j] /= Math.max(1, count);
  return mean;
}
