/**
 * Makes the `width` rows of d numbers in `basis` orthonormal in place: Gram–Schmidt, twice because of rounding. Rows
 * without a direction of their own become 0. Returns the sum of lengths. O(width²·d).
 */
export function orthonormalize(basis: Float64Array, width: number, d: number): number {
  let total = 0;
  for (let b = 0; b < width; b++) {
    const at = b * d;
    const given = Math.sqrt(dot64(basis, at, at, d));
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < b; other++) {
        const along = dot64(basis, at, other * d, d);
        for (let j = 0; j < d; j++) basis[at + j] -= along * basis[other * d + j];
      }
    }
    const length = Math.sqrt(dot64(basis, at, at, d));
    const kept = length > 1e-10 * given && given > 0;
    for (let j = 0; j < d; j++) basis[at + j] = kept ? basis[at + j] / length : 0;
    if (kept) total += length;
  }
  return total;
}

/** Gives the vector of d numbers at `at` the sign that makes its first entry of largest magnitude positive. */
export function fixSign(axes: Float64Array, at: number, d: number): void {
  let peak = 0;
  for (let j = 1; j < d; j++) if (Math.abs(axes[at + j]) > Math.abs(axes[at + peak])) peak = j;
  if (axes[at + peak] >= 0) return;
  for (let j = at; j < at + d; j++) axes[j] = -axes[j];
}

/** Dot product of the vectors of d numbers at `a` and `b`. */
export function dot64(data: Float64Array, a: number, b: number, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += data[a + j] * data[b + j];
  return sum;
}

/** Eigenvalues and vectors (columns) of a small symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan 8.5). */
export function jacobi(a: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const off = a[p * size + q];
        if (off === 0) continue;
        const theta = (a[q * size + q] - a[p * size + p]) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        rotate(a, vectors, { size, p, q, c, s: t * c });
      }
    }
  }
  return { values: Float64Array.from({ length: size }, (_, i) => a[i * size + i]), vectors };
}

interface Rotation {
  readonly size: number;
  readonly p: number;
  readonly q: number;
  readonly c: number;
  readonly s: number;
}

function rotate(a: Float64Array, vectors: Float64Array, { size, p, q, c, s }: Rotation): void {
  for (let i = 0; i < size; i++) rotatePair(a, i * size + p, i * size + q, c, s);
  for (let i = 0; i < size; i++) rotatePair(a, p * size + i, q * size + i, c, s);
  for (let i = 0; i < size; i++) rotatePair(vectors, i * size + p, i * size + q, c, s);
}

function rotatePair(values: Float64Array, p: number, q: number, c: number, s: number): void {
  const x = values[p];
  values[p] = c * x - s * values[q];
  values[q] = s * x + c * values[q];
}
