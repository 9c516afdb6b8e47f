import type { Matrix } from '../model/matrix.ts';
import { fixSign, jacobi, orthonormalize } from './linear-algebra.ts';
import { makeRandom } from './random.ts';

/** Principal axes of a matrix of d columns. */
interface PrincipalComponents {
  /** Mean of each column (d). */
  readonly mean: Float64Array;
  /** count×d, row-major: unit rows by falling variance; a row of zeros where the data has no further direction. */
  readonly axes: Float64Array;
  /** Variance along each axis (count), with n − 1 in the denominator. */
  readonly variances: Float64Array;
}

/** What is sought, and how exactly. */
interface PrincipalOptions {
  readonly count: number;
  readonly seed: number;
  /** Rows to fit on. Default: all. */
  readonly rows?: ArrayLike<number>;
  /** At most this many rounds. Default 60. */
  readonly rounds?: number;
  /** Extra directions: the error falls by the ratio of the last one's variance to the first's. Default 6. */
  readonly spare?: number;
}

/** The iteration ends once the sum of variances changes by less than this share. */
const TOLERANCE = 1e-7;

/**
 * The first principal components by seeded subspace iteration with a Rayleigh–Ritz step at the end (Halko, Martinsson
 * and Tropp 2011, algorithm 4.4, on the centred matrix). Never forms a d×d or n×n matrix: a round costs 4·n·d·(count +
 * spare). Signs are fixed: the loading of largest magnitude is positive. Same input and seed give the same bits in one
 * JavaScript engine (only multiplication, addition and square root).
 */
export function principalComponents(m: Matrix, options: PrincipalOptions): PrincipalComponents {
  const { count, seed, rows = Array.from({ length: m.rows }, (_, i) => i), rounds = 60, spare = 6 } = options;
  const d = m.cols;
  const width = Math.min(count + spare, d, rows.length);
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

/** The rows, of `rows` or all, whose numbers are all finite. O(n·d). */
export function finiteRows({ data, rows: n, cols }: Matrix, rows: Int32Array | null = null): Int32Array {
  return (rows ?? Int32Array.from({ length: n }, (_, i) => i)).filter((row) => {
    for (let j = row * cols; j < (row + 1) * cols; j++) if (!Number.isFinite(data[j])) return false;
    return true;
  });
}

/** At most `max` of the rows, evenly spaced: enough to fit components on. */
export function evenSample(rows: Int32Array, max: number): Int32Array {
  if (rows.length <= max) return rows;
  return Int32Array.from({ length: max }, (_, i) => rows[Math.floor((i * rows.length) / max)]);
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

/** Replaces each basis row b by Xᵀ(Xb) for the centred X: four at once, so that sums need not wait for each other. */
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

/** Rotates the basis to the eigenvectors of the data's scatter within it. */
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
