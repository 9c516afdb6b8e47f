/**
 * The eigenvalues of a symmetric matrix (`size` × `size`, row-major; destroyed), ascending: Householder's reduction to
 * tridiagonal form (Golub & Van Loan 2013, algorithm 8.3.1), then QL with implicit shifts (Bowdler, Martin, Reinsch &
 * Wilkinson 1968). No vectors. O(size³): 4/3 multiplications of the cube. Throws a RangeError when it does not converge.
 */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  tridiagonalize(matrix, size, diagonal, beside);
  for (let at = 0; at < size; at++) settle(diagonal, beside, at);
  return diagonal.sort();
}

/** More rounds than any eigenvalue has been seen to need. */
const MAX_ROUNDS = 60;

/** From the last row up: each is turned onto its first entry beside the diagonal. `beside[i]` joins i − 1 and i. */
function tridiagonalize(a: Float64Array, size: number, diagonal: Float64Array, beside: Float64Array): void {
  const products = new Float64Array(size);
  for (let row = size - 1; row > 0; row--) {
    const own = a.subarray(row * size, row * size + row);
    const h = reflect(own, row, beside);
    if (h > 0) turn(a, size, own, { h, products });
  }
  for (let i = 0; i < size; i++) diagonal[i] = a[i * size + i];
}

/** Makes `own` the vector u of the reflection 1 − u uᵀ / h; writes what is left of the row. Returns h, 0 for no turn. */
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
  /** Room for one number a row. */
  readonly products: Float64Array;
}

/** Applies the reflection from both sides to the part of the matrix above the row; its lower triangle alone is kept. */
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

/** Turns until `diagonal[at]` is an eigenvalue. */
function settle(diagonal: Float64Array, beside: Float64Array, at: number): void {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const end = firstGap(diagonal, beside, at);
    if (end === at) return;
    chase(diagonal, beside, at, end);
  }
  throw new RangeError(`eigenvalue ${at} of ${diagonal.length} did not converge in ${MAX_ROUNDS} rounds`);
}

/** The first place from `at` on that nothing joins to the next. */
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
function chase(diagonal: Float64Array, beside: Float64Array, at: number, end: number): void {
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
  }
  diagonal[at] -= shift;
  beside[at + 1] = g;
  // What joined the end to the next is nothing by now.
  if (end + 1 < beside.length) beside[end + 1] = 0;
}
