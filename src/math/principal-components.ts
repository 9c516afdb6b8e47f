import type { Matrix } from '../model/matrix.ts';
import { makeRandom } from './random.ts';

/** Principal axes of a matrix of d columns. */
export interface PrincipalComponents {
  /** Mean of each column (d). */
  readonly mean: Float64Array;
  /** count×d, row-major: unit rows, the most variance first; a row of zeros where the data has no further direction. */
  readonly axes: Float64Array;
  /** Variance along each axis (count), with n − 1 in the denominator. */
  readonly variances: Float64Array;
}

export interface PrincipalOptions {
  readonly count: number;
  readonly seed: number;
  /** Rows to fit on; all when left out. */
  readonly rows?: ArrayLike<number>;
  /** At most this many rounds. Default 60. */
  readonly rounds?: number;
}

/** Directions carried beyond those asked for: the error falls by the ratio of the last one's variance to the first's. */
const SPARE = 6;
/** A round that changes the sum of variances by less than this share is the last. */
const TOLERANCE = 1e-7;

/**
 * The first principal components by seeded subspace iteration with Rayleigh and Ritz at the end (Halko, Martinsson and
 * Tropp 2011, algorithm 4.4, on the centred matrix). Never forms a d×d or n×n matrix: a round costs 4·n·d·(count + 6).
 * Signs are fixed: the loading of largest magnitude is positive. Same input and seed, same bits in one JavaScript
 * engine (multiplication, addition and square root alone).
 */
export function principalComponents(m: Matrix, options: PrincipalOptions): PrincipalComponents {
  const { count, seed, rows = Array.from({ length: m.rows }, (_, i) => i), rounds = 60 } = options;
  const d = m.cols;
  const width = Math.min(count + SPARE, d, rows.length);
  const mean = columnMeans(m, rows);
  const random = makeRandom(seed);
  let basis: Float64Array = Float64Array.from({ length: width * d }, () => random() - 0.5);
  orthonormalize(basis, width, d);
  let before = 0;
  for (let round = 0; round < rounds; round++) {
    basis = applyScatter({ m, rows, mean, basis, width });
    const total = orthonormalize(basis, width, d);
    if (Math.abs(total - before) <= TOLERANCE * total) break;
    before = total;
  }
  return ritz({ m, rows, mean, basis, width }, count);
}

interface Subspace {
  readonly m: Matrix;
  readonly rows: ArrayLike<number>;
  readonly mean: Float64Array;
  /** width×d, orthonormal rows. */
  readonly basis: Float64Array;
  readonly width: number;
}

function columnMeans(m: Matrix, rows: ArrayLike<number>): Float64Array {
  const mean = new Float64Array(m.cols);
  for (let r = 0; r < rows.length; r++) {
    const from = rows[r] * m.cols;
    for (let j = 0; j < m.cols; j++) mean[j] += m.data[from + j];
  }
  for (let j = 0; j < m.cols; j++) mean[j] /= Math.max(1, rows.length);
  return mean;
}

/** Each basis row b becomes Xᵀ(Xb) of the centred X. Four rows at once: one after the other each sum waits for itself. */
function applyScatter({ m, rows, mean, basis, width }: Subspace): Float64Array {
  const d = m.cols;
  const out = new Float64Array(width * d);
  const centred = new Float64Array(d);
  for (let r = 0; r < rows.length; r++) {
    const from = rows[r] * d;
    for (let j = 0; j < d; j++) centred[j] = m.data[from + j] - mean[j];
    let b = 0;
    for (; b + 4 <= width; b += 4) addFour(centred, basis, out, b * d);
    for (; b < width; b++) addOne(centred, basis, out, b * d);
  }
  return out;
}

function addOne(centred: Float64Array, basis: Float64Array, out: Float64Array, at: number): void {
  let along = 0;
  for (let j = 0; j < centred.length; j++) along += centred[j] * basis[at + j];
  for (let j = 0; j < centred.length; j++) out[at + j] += along * centred[j];
}

function addFour(centred: Float64Array, basis: Float64Array, out: Float64Array, at: number): void {
  const d = centred.length;
  const [b, c, e] = [at + d, at + 2 * d, at + 3 * d];
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let j = 0; j < d; j++) {
    const value = centred[j];
    s0 += value * basis[at + j];
    s1 += value * basis[b + j];
    s2 += value * basis[c + j];
    s3 += value * basis[e + j];
  }
  for (let j = 0; j < d; j++) {
    const value = centred[j];
    out[at + j] += s0 * value;
    out[b + j] += s1 * value;
    out[c + j] += s2 * value;
    out[e + j] += s3 * value;
  }
}

/** Gram and Schmidt, twice for the rounding. Rows without a direction of their own become 0. Returns the sum of lengths. */
function orthonormalize(basis: Float64Array, width: number, d: number): number {
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

/** Turns the basis to the eigenvectors of the data's scatter within it. */
function ritz(space: Subspace, count: number): PrincipalComponents {
  const { m, rows, mean, basis, width } = space;
  const d = m.cols;
  const images = applyScatter(space);
  const small = new Float64Array(width * width);
  for (let a = 0; a < width; a++) {
    for (let b = 0; b < width; b++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += basis[a * d + j] * images[b * d + j];
      small[a * width + b] = sum;
    }
  }
  const { values, vectors } = jacobi(small, width);
  const order = Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);
  const axes = new Float64Array(count * d);
  const variances = new Float64Array(count);
  for (let c = 0; c < Math.min(count, width); c++) {
    const at = c * d;
    for (let b = 0; b < width; b++) {
      const weight = vectors[b * width + order[c]];
      for (let j = 0; j < d; j++) axes[at + j] += weight * basis[b * d + j];
    }
    variances[c] = Math.max(0, values[order[c]]) / Math.max(1, rows.length - 1);
    fixSign(axes, at, d);
  }
  return { mean, axes, variances };
}

/** Eigenvalues and vectors (columns) of a small symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan 8.5). */
function jacobi(a: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
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

function fixSign(axes: Float64Array, at: number, d: number): void {
  let peak = 0;
  for (let j = 1; j < d; j++) if (Math.abs(axes[at + j]) > Math.abs(axes[at + peak])) peak = j;
  if (axes[at + peak] >= 0) return;
  for (let j = at; j < at + d; j++) axes[j] = -axes[j];
}

function dot64(data: Float64Array, a: number, b: number, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += data[a + j] * data[b + j];
  return sum;
}
