/**
 * Makes the `width` rows of d numbers in `basis` orthonormal in place: Gram and Schmidt, twice for the rounding. Rows
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

/** Turns the vector of d numbers at `at` so that its entry of largest magnitude, the first of them, is positive. */
export function fixSign(axes: Float64Array, at: number, d: number): void {
  let peak = 0;
  for (let j = 1; j < d; j++) if (Math.abs(axes[at + j]) > Math.abs(axes[at + peak])) peak = j;
  if (axes[at + peak] >= 0) return;
  for (let j = at; j < at + d; j++) axes[j] = -axes[j];
}

/** Product of the vectors of d numbers at `a` and `b`. */
export function dot64(data: Float64Array, a: number, b: number, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += data[a + j] * data[b + j];
  return sum;
}
