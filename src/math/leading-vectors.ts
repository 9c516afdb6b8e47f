import { dot64, fixSign, jacobi, orthonormalize } from './linear-algebra.ts';
import { makeRandom } from './random.ts';

/** A symmetric n×n matrix with eigenvalues in −1…1, given by its products. */
export interface SymmetricOperator {
  readonly n: number;
  /** Writes the product with the vector `from[at … at + n]` to `out[at … at + n]`. */
  readonly apply: (from: Float64Array, at: number, out: Float64Array) => void;
}

/** What is sought, and from where. */
interface LeadingOptions {
  /** The unit eigenvector of eigenvalue 1, which is known. */
  readonly top: Float64Array;
  /** Number of eigenvectors sought. */
  readonly count: number;
  readonly seed: number;
  /** At most this many rounds of `DEGREE` products with `count` + 6 vectors each. Default 60. */
  readonly rounds?: number;
}

/** The eigenvectors found, and their eigenvalues. */
export interface LeadingVectors {
  /** count×n, row-major: unit rows by falling eigenvalue; rows of zeros beyond the n − 1 that exist. */
  readonly vectors: Float64Array;
  readonly values: Float64Array;
}

/** A search in steps, so that a thread can answer messages between them. */
export interface LeadingSearch {
  /** One product with each vector, or one rotation of the basis. False when nothing is left to do. */
  step(): boolean;
  /** 0…1, never falling: how far the residuals have fallen towards the wanted ones, on a logarithmic scale. */
  readonly share: number;
  /** Null until it has converged, and for good when its rounds were not enough. */
  result(): LeadingVectors | null;
}

/** Directions beyond those sought, as in `principalComponents`: the filter damps what lies below the last. */
const SPARE = 6;
/** Products between two rotations of the basis; a rotation takes about the time of two products. */
const DEGREE = 20;
/** Largest residual, relative to the eigenvalue's distance from 1: ARPACK's relative tolerance in umap-learn. */
const TOLERANCE = 1e-4;
/** Smaller residuals are rounding errors. */
const MIN_RESIDUAL = 1e-12;
/** The damped interval is −1 to at least here. A graph's matrix has trace 0, so wanted values exceed −2/(n − 2). */
const MIN_EDGE = -1 / 3;

/**
 * Finds the eigenvectors of the largest eigenvalues after the `top` one by Chebyshev-filtered subspace iteration (Zhou,
 * Saad, Tiago and Chelikowsky 2006, algorithm 3.1): a polynomial that grows fast above the smallest Ritz value of the
 * basis and stays within ±1 below it, then a Rayleigh–Ritz step. A block finds equal eigenvalues, which Lanczos on one
 * vector misses. Memory: 4·(count + 7)·n doubles. Deterministic: only +, −, ×, ÷ and square roots.
 */
export function searchLeadingVectors(operator: SymmetricOperator, options: LeadingOptions): LeadingSearch {
  const { n } = operator;
  const { count, rounds = 60 } = options;
  const width = Math.min(count + SPARE + 1, n);
  const random = makeRandom(options.seed);
  const space: Space = { operator, width, basis: new Float64Array(width * n), images: new Float64Array(width * n) };
  space.basis.set(options.top);
  fillRandom(space.basis, n, random);
  let [before, current] = [new Float64Array(width * n), new Float64Array(width * n)];
  let found: LeadingVectors | null = null;
  let edge = MIN_EDGE;
  let degree = 0;
  let round = 0;
  let share = 0;
  let firstExcess = 0;

  function turn(): boolean {
    completeBasis(space, random);
    const { values, excess } = rayleighRitz(space, count);
    const converged = excess <= 1;
    if (round === 0) firstExcess = excess;
    share = converged ? 1 : Math.max(share, 1 - Math.log(excess) / Math.log(firstExcess));
    round++;
    if (converged) found = { vectors: leading(space, count), values: values.slice(0, count) };
    edge = Math.max(MIN_EDGE, values[width - 2]);
    degree = 1;
    return !converged && round < rounds;
  }

  return {
    step() {
      if (found || round >= rounds) return false;
      if (degree === 0) return turn();
      const { basis, images } = space;
      // The last rotation has left the products with the basis in `images`.
      if (degree > 1) applyRows(space, current, images);
      const target = degree === 1 ? current : before;
      const half = (edge + 1) / 2;
      const from = degree === 1 ? basis : current;
      filterRows({ from, images, target, first: degree === 1, middle: half - 1, half, n });
      if (degree === 1) before.set(basis);
      else [before, current] = [current, before];
      degree++;
      if (degree <= DEGREE) return true;
      basis.set(current.subarray(n), n);
      degree = 0;
      return true;
    },
    get share() {
      return share;
    },
    result: () => found,
  };
}

interface Space {
  readonly operator: SymmetricOperator;
  readonly width: number;
  /** width×n; row 0 is the top eigenvector and stays. */
  readonly basis: Float64Array;
  /** The products with `basis`. */
  readonly images: Float64Array;
}

interface FilterInput {
  readonly from: Float64Array;
  readonly images: Float64Array;
  /** Holds the term before `from`, and receives the next one. */
  readonly target: Float64Array;
  readonly first: boolean;
  readonly middle: number;
  readonly half: number;
  readonly n: number;
}

/** One step of the recurrence T₀ = 1, T₁ = x, T₂ = 2x·T₁ − T₀ with x = (A − middle)/half, on all rows but the first. */
function filterRows({ from, images, target, first, middle, half, n }: FilterInput): void {
  const factor = (first ? 1 : 2) / half;
  for (let at = n; at < from.length; at++) {
    target[at] = factor * (images[at] - middle * from[at]) - (first ? 0 : target[at]);
  }
}

function applyRows({ operator, width }: Space, from: Float64Array, out: Float64Array): void {
  for (let row = 1; row < width; row++) operator.apply(from, row * operator.n, out);
}

function fillRandom(rows: Float64Array, from: number, random: () => number): void {
  for (let at = from; at < rows.length; at++) rows[at] = random() - 0.5;
}

/** Makes the basis orthonormal; rows that have become dependent start again at random. */
function completeBasis({ operator: { n }, width, basis }: Space, random: () => number): void {
  orthonormalize(basis, width, n);
  let isWhole = true;
  for (let row = 1; row < width; row++) {
    if (dot64(basis, row * n, row * n, n) > 0) continue;
    fillRandom(basis.subarray(0, (row + 1) * n), row * n, random);
    isWhole = false;
  }
  if (!isWhole) orthonormalize(basis, width, n);
}

/**
 * Rotates the basis (but its first row) and its images to the eigenvectors of the operator within it. `excess` is the
 * largest residual of those wanted, divided by the tolerated one.
 */
function rayleighRitz(space: Space, count: number): { values: Float64Array; excess: number } {
  const { operator, width, basis, images } = space;
  const { n } = operator;
  const size = width - 1;
  applyRows(space, basis, images);
  const small = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = a; b < size; b++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += basis[(a + 1) * n + j] * images[(b + 1) * n + j];
      small[a * size + b] = sum;
      small[b * size + a] = sum;
    }
  }
  const { values, vectors } = jacobi(small, size);
  const order = Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);
  for (const rows of [basis, images]) turnRows(rows, { n, size, vectors, order });
  const sorted = Float64Array.from(order, (at) => values[at]);
  let excess = 0;
  for (let c = 0; c < Math.min(count, size); c++) {
    let square = 0;
    for (let at = (c + 1) * n; at < (c + 2) * n; at++) {
      const off = images[at] - sorted[c] * basis[at];
      square += off * off;
    }
    excess = Math.max(excess, Math.sqrt(square) / Math.max(MIN_RESIDUAL, TOLERANCE * (1 - sorted[c])));
  }
  return { values: sorted, excess };
}

interface Turn {
  readonly n: number;
  readonly size: number;
  /** size×size, in columns. */
  readonly vectors: Float64Array;
  readonly order: readonly number[];
}

/** Replaces rows 1…size by their sums weighted by the columns of `vectors`, in `order`; by columns, to need no copy. */
function turnRows(rows: Float64Array, { n, size, vectors, order }: Turn): void {
  const column = new Float64Array(size);
  for (let j = 0; j < n; j++) {
    for (let b = 0; b < size; b++) column[b] = rows[(b + 1) * n + j];
    for (let c = 0; c < size; c++) {
      let sum = 0;
      for (let b = 0; b < size; b++) sum += vectors[b * size + order[c]] * column[b];
      rows[(c + 1) * n + j] = sum;
    }
  }
}

function leading({ operator: { n }, width, basis }: Space, count: number): Float64Array {
  const out = new Float64Array(count * n);
  out.set(basis.subarray(n, Math.min(count + 1, width) * n));
  for (let c = 0; c < count; c++) fixSign(out, c * n, n);
  return out;
}
