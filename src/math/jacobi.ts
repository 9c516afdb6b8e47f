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
