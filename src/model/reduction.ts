import { type Matrix, matrix, type QuantizedMatrix } from './matrix.ts';

/**
 * How vectors are shortened: `prefix` keeps their first numbers (Matryoshka representation learning, Kusupati et al.
 * 2022); `pca` keeps their products with the first principal directions, without centring.
 */
export type ReductionKind = 'prefix' | 'pca';

/** How well the shortened vectors keep the nearest papers. */
export interface Agreement {
  /** Number of nearest papers by cosine that were compared. */
  readonly k: number;
  /** 0…1: mean share of them that are also among the k nearest by the shortened vectors. */
  readonly share: number;
  /** Number of papers in the sample that was searched. */
  readonly sampled: number;
}

/** The reduction of a map's vectors. Every vector that is compared with them must be reduced in the same way. */
export interface Reduction {
  readonly kind: ReductionKind;
  /** Dimensions of the model's vectors. */
  readonly from: number;
  /** Dimensions of the map's vectors, less than `from`. */
  readonly kept: number;
  /** Null when not measured. */
  readonly agreement: Agreement | null;
  /** `pca`: kept×from, the directions as stored in the file; `prefix`: null. */
  readonly axes: QuantizedMatrix | null;
}

/**
 * The rows reduced and scaled to length 1 again; a row of zeros stays zeros. Throws a RangeError for rows of another
 * length than `from`. O(rows·kept·from) for `pca`.
 */
export function reduceRows(rows: Matrix, { from, kept, axes }: Reduction): Matrix {
  if (rows.cols !== from) throw new RangeError(`expected vectors of ${from} numbers, got ${rows.cols}`);
  const out = matrix(new Float32Array(rows.rows * kept), rows.rows, kept);
  for (let i = 0; i < rows.rows; i++) {
    const at = i * kept;
    if (axes) project(rows.data, i * from, axes, out.data, at);
    else for (let j = 0; j < kept; j++) out.data[at + j] = rows.data[i * from + j];
    toUnitLength(out.data, at, kept);
  }
  return out;
}

/** One vector reduced by {@link reduceRows}, or unchanged when there is no reduction. */
export function reduceVector(vector: Float32Array, reduction: Reduction | null | undefined): Float32Array {
  return reduction ? reduceRows(matrix(vector, 1, vector.length), reduction).data : vector;
}

function project(rows: Float32Array, from: number, axes: QuantizedMatrix, out: Float32Array, to: number): void {
  const { data, scales, cols } = axes;
  for (let axis = 0; axis < axes.rows; axis++) {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += rows[from + j] * data[axis * cols + j];
    out[to + axis] = sum * scales[axis];
  }
}

function toUnitLength(data: Float32Array, at: number, cols: number): void {
  let square = 0;
  for (let j = at; j < at + cols; j++) square += data[j] * data[j];
  if (square === 0) return;
  const scale = 1 / Math.sqrt(square);
  for (let j = at; j < at + cols; j++) data[j] *= scale;
}
