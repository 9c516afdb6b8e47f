import { type Matrix, matrix } from '../model/matrix.ts';

/**
 * Dot product of two rows of `cols` numbers that begin at `a` and `b`. Adds in the order of the entries, in float64:
 * every kernel that does the same gives the same bits.
 */
export function dot(data: Float32Array, a: number, b: number, cols: number): number {
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += data[a + j] * data[b + j];
  return sum;
}

/** Consecutive rows of an array, the first at offset `from`. Reused from call to call: hot loops allocate nothing. */
export interface RowBlock {
  readonly data: Float32Array;
  from: number;
}

/**
 * Dots of four rows of `cols` numbers with two, into `out` (8 values: row p with row q at `p * 2 + q`). One pass over
 * the six rows with eight sums in registers: four times as fast as eight calls of `dot`, and the same bits.
 */
export function dotFourByTwo(four: RowBlock, two: RowBlock, cols: number, out: Float64Array): void {
  const left = four.data;
  const right = two.data;
  const a = four.from;
  const b = two.from;
  const a1 = a + cols;
  const a2 = a1 + cols;
  const a3 = a2 + cols;
  const b1 = b + cols;
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  let s20 = 0;
  let s21 = 0;
  let s30 = 0;
  let s31 = 0;
  for (let j = 0; j < cols; j++) {
    const y0 = right[b + j];
    const y1 = right[b1 + j];
    const x0 = left[a + j];
    const x1 = left[a1 + j];
    const x2 = left[a2 + j];
    const x3 = left[a3 + j];
    s00 += x0 * y0;
    s01 += x0 * y1;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s20 += x2 * y0;
    s21 += x2 * y1;
    s30 += x3 * y0;
    s31 += x3 * y1;
  }
  out[0] = s00;
  out[1] = s01;
  out[2] = s10;
  out[3] = s11;
  out[4] = s20;
  out[5] = s21;
  out[6] = s30;
  out[7] = s31;
}

/**
 * A copy of `m` with rows of length 1. A row of zeros, or with a number that is not finite, becomes zeros: its cosine
 * distance to every row is 1, never NaN.
 */
export function unitRows(m: Matrix): Matrix {
  const data = new Float32Array(m.data.length);
  for (let i = 0; i < m.rows; i++) {
    const from = i * m.cols;
    const length = Math.sqrt(dot(m.data, from, from, m.cols));
    if (!(length > 0 && Number.isFinite(length))) continue;
    for (let j = from; j < from + m.cols; j++) data[j] = m.data[j] / length;
  }
  return matrix(data, m.rows, m.cols);
}

/** Cosine distance 0…2 of two unit rows from their dot product, in float32 as it is stored and compared. */
export function distanceOfDot(product: number): number {
  return Math.fround(Math.max(0, Math.min(2, 1 - product)));
}
