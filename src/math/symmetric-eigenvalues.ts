import type { QuantizedMatrix } from '../model/matrix.ts';
import { fixSign } from './linear-algebra.ts';
import { makeRandom, shuffledIndices } from './random.ts';

/** More rounds than any eigenvalue has been seen to need. */
const MAX_ROUNDS = 60;
/** More rows add little: 10,000 settle the 74,000 products of 384 columns. */
const SAMPLE = 10_000;
/** Rows whose products are added up in one pass over the sums. */
const BLOCK = 4;

/**
 * The eigenvalues of a symmetric matrix (`size` × `size`, row-major; destroyed), ascending: Householder's reduction to
 * tridiagonal form (Golub & Van Loan 2013, algorithm 8.3.1), then QL with implicit shifts (Bowdler, Martin, Reinsch &
 * Wilkinson 1968). O(size³): 4/3·size³ multiplications. Throws a RangeError when it does not converge.
 */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  tridiagonalize(matrix, size, diagonal, beside);
  for (let at = 0; at < size; at++) settle({ diagonal, beside, rows: null }, at);
  return diagonal.sort();
}

/** Eigenvalues and eigenvectors of a symmetric matrix. */
interface Eigenvectors {
  /** Descending. */
  readonly values: Float64Array;
  /** size×size: orthonormal rows in the order of `values`; the entry of largest magnitude in each is positive. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and vectors of a symmetric matrix (`size` × `size`, row-major; destroyed): {@link symmetricEigenvalues}
 * with the reflections and rotations applied to the identity. O(size³), about six times the values alone. Throws a
 * RangeError when it does not converge.
 */
export function symmetricEigenvectors(matrix: Float64Array, size: number): Eigenvectors {
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  const rows = reflectionsOf(matrix, size, tridiagonalize(matrix, size, diagonal, beside));
  for (let at = 0; at < size; at++) settle({ diagonal, beside, rows }, at);
  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[b] - diagonal[a] || a - b);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    vectors.set(rows.subarray(from * size, (from + 1) * size), to * size);
    fixSign(vectors, to * size, size);
  });
  return { values: Float64Array.from(order, (at) => diagonal[at]), vectors };
}

/** All rows 0…n − 1 up to 10,000, above that a seeded sample of 10,000; ascending. */
export function sampleRows(n: number, seed: number): Int32Array {
  if (n <= SAMPLE) return Int32Array.from({ length: n }, (_, i) => i);
  return shuffledIndices(n, makeRandom(seed)).slice(0, SAMPLE).sort();
}

/** d×d: the sums over `rows` of the products of any two columns, not centred; only the lower triangle. O(rows·d²). */
export function columnProducts(vectors: QuantizedMatrix, rows: Int32Array): Float64Array {
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

/** Writes a row's numbers to `out[at … at + cols]`. */
export function writeRow({ data, scales, cols }: QuantizedMatrix, row: number, out: Float64Array, at: number): void {
  for (let j = 0; j < cols; j++) out[at + j] = data[row * cols + j] * scales[row];
}

/**
 * Reflects each row, from the last one up, onto its last entry before the diagonal. `beside[i]` couples i − 1 and i.
 * Returns the h of each row's reflection, whose u is left in the row.
 */
function tridiagonalize(a: Float64Array, size: number, diagonal: Float64Array, beside: Float64Array): Float64Array {
  const heights = new Float64Array(size);
  const products = new Float64Array(size);
  for (let row = size - 1; row > 0; row--) {
    const own = a.subarray(row * size, row * size + row);
    const h = reflect(own, row, beside);
    if (h > 0) turn(a, size, own, { h, products });
    heights[row] = h;
  }
  for (let i = 0; i < size; i++) diagonal[i] = a[i * size + i];
  return heights;
}

/** The product of all reflections, transposed: row i represents the i-th axis of the tridiagonal matrix. */
function reflectionsOf(a: Float64Array, size: number, heights: Float64Array): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) out[i * size + i] = 1;
  for (let row = 1; row < size; row++) {
    if (heights[row] === 0) continue;
    const u = row * size;
    for (let i = 0; i < row; i++) {
      const at = i * size;
      let along = 0;
      for (let j = 0; j < row; j++) along += out[at + j] * a[u + j];
      along /= heights[row];
      for (let j = 0; j < row; j++) out[at + j] -= along * a[u + j];
    }
  }
  return out;
}

/** Makes `own` the vector u of the reflection 1 − u uᵀ / h; writes the rest of the row. Returns h, or 0 for none. */
function reflect(own: Float64Array, row: number, beside: Float64Array): number {
  const last = own.length - 1;
  let scale = 0;
  for (let j = 0; j < last; j++) scale += Math.abs(own[j]);
  if (scale === 0) {
    beside[row] = own[last];
    return 0;
  }
  let squares = 0;
  scale += Math.abs(own[last]);
  for (let j = 0; j <= last; j++) {
    own[j] /= scale;
    squares += own[j] * own[j];
  }
  const length = own[last] >= 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
  beside[row] = scale * length;
  const h = squares - own[last] * length;
  own[last] -= length;
  return h;
}

interface Reflection {
  readonly h: number;
  /** Scratch space, one number for each row. */
  readonly products: Float64Array;
}

/** Applies the reflection from both sides to the matrix above the row, of which only the lower triangle is kept. */
function turn(a: Float64Array, size: number, u: Float64Array, { h, products }: Reflection): void {
  const m = u.length;
  products.fill(0);
  for (let i = 0; i < m; i++) {
    const from = i * size;
    let sum = a[from + i] * u[i];
    for (let j = 0; j < i; j++) {
      sum += a[from + j] * u[j];
      products[j] += a[from + j] * u[i];
    }
    products[i] += sum;
  }
  let along = 0;
  for (let i = 0; i < m; i++) {
    products[i] /= h;
    along += products[i] * u[i];
  }
  const half = along / (2 * h);
  for (let i = 0; i < m; i++) products[i] -= half * u[i];
  for (let i = 0; i < m; i++) {
    const from = i * size;
    for (let j = 0; j <= i; j++) a[from + j] -= u[i] * products[j] + products[i] * u[j];
  }
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly beside: Float64Array;
  /** size×size: rows that take part in every rotation; null when only the values are wanted. */
  readonly rows: Float64Array | null;
}

/** Iterates until `diagonal[at]` is an eigenvalue. */
function settle(matrix: Tridiagonal, at: number): void {
  const { diagonal, beside } = matrix;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const end = firstGap(diagonal, beside, at);
    if (end === at) return;
    chase(matrix, at, end);
  }
  throw new RangeError(`eigenvalue ${at} of ${diagonal.length} did not converge in ${MAX_ROUNDS} rounds`);
}

/** The first index from `at` on that is not coupled to the next one. */
function firstGap(diagonal: Float64Array, beside: Float64Array, at: number): number {
  let end = at;
  while (end + 1 < diagonal.length) {
    const size = Math.abs(diagonal[end]) + Math.abs(diagonal[end + 1]);
    if (Math.abs(beside[end + 1]) <= Number.EPSILON * size) break;
    end++;
  }
  return end;
}

/** One implicit QL step with Wilkinson's shift on the rows at…end. */
function chase({ diagonal, beside, rows }: Tridiagonal, at: number, end: number): void {
  const slope = (diagonal[at + 1] - diagonal[at]) / (2 * beside[at + 1]);
  const root = Math.hypot(slope, 1);
  let g = diagonal[end] - diagonal[at] + beside[at + 1] / (slope + (slope >= 0 ? root : -root));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let i = end - 1; i >= at; i--) {
    const f = sine * beside[i + 1];
    const b = cosine * beside[i + 1];
    const r = Math.hypot(f, g);
    if (i + 2 <= end) beside[i + 2] = r;
    if (r === 0) {
      diagonal[i + 1] -= shift;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = diagonal[i + 1] - shift;
    const turned = (diagonal[i] - g) * sine + 2 * cosine * b;
    shift = sine * turned;
    diagonal[i + 1] = g + shift;
    g = cosine * turned - b;
    if (rows) turnRows(rows, diagonal.length, i, { sine, cosine });
  }
  diagonal[at] -= shift;
  beside[at + 1] = g;
  // The coupling of the end to the next row is negligible by now.
  if (end + 1 < beside.length) beside[end + 1] = 0;
}

/** Rotates rows i and i + 1 in their plane. */
function turnRows(
  rows: Float64Array,
  size: number,
  i: number,
  { sine, cosine }: { readonly sine: number; readonly cosine: number },
): void {
  const [low, high] = [i * size, (i + 1) * size];
  for (let j = 0; j < size; j++) {
    const above = rows[high + j];
    rows[high + j] = sine * rows[low + j] + cosine * above;
    rows[low + j] = cosine * rows[low + j] - sine * above;
  }
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
