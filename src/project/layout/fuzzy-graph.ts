import { expOf, logOf } from '../../math/elementary.ts';
import type { Neighbors } from '../../model/map-data.ts';

/** A weighted graph in rows: the neighbours of i are `tails[e]` with `weights[e]` for e in starts[i]…starts[i + 1]. */
export interface SparseGraph {
  readonly n: number;
  /** n + 1. */
  readonly starts: Int32Array;
  /** Ascending within a row, never the row itself. */
  readonly tails: Int32Array;
  /** Above 0, at most 1. */
  readonly weights: Float32Array;
}

/** Local scale of every row (Algorithm 3 of the UMAP paper): weight exp(−max(0, d − rho)/sigma). */
export interface LocalScales {
  readonly sigmas: Float32Array;
  readonly rhos: Float32Array;
}

/** Neighbours of n papers, and the options of a layout that decide its graph. */
interface GraphInput {
  readonly n: number;
  readonly neighbors: Neighbors;
  readonly options: { readonly neighbors: number; readonly setOpMixRatio: number };
}

/** The fuzzy graph of a set of papers, built in steps. */
interface GraphRun {
  /** Works about 4 ms. False when only `result` is left to call. */
  step(): boolean;
  /** All edges; O(edges). Call it once, after `step` has returned false. */
  result(): SparseGraph;
}

/** A graph whose edge e is drawn every `intervals[e]` epochs; same rows as a `SparseGraph`. */
export interface Schedule {
  readonly n: number;
  readonly starts: Int32Array;
  readonly tails: Int32Array;
  /** At least 1: the strongest edge is drawn in every epoch. */
  readonly intervals: Float32Array;
}

const ROUNDS = 64;
const TOLERANCE = 1e-5;
/** A sigma is at least this share of the mean distance (umap-learn's MIN_K_DIST_SCALE). */
const MIN_SCALE = 1e-3;
/** Rows whose scale is computed in one step: about 4 ms. */
const SCALE_ROWS = 256;
/** Up to this number of epochs umap-learn leaves out no edge, however weak. */
const FEW_EPOCHS = 10;
/** umap-learn's own number of epochs, which decides the edges left out when the number asked for is small. */
const USUAL_EPOCHS = 500;

/** umap-learn's `fuzzy_simplicial_set` of the `neighbors` that `options` asks for, in steps. */
export function makeGraphRun({ n, neighbors, options }: GraphInput): GraphRun {
  // umap-learn takes at most n − 1 as n_neighbors, which counts the paper itself.
  const others = Math.min(Math.max(2, Math.min(options.neighbors, n - 1)) - 1, neighbors.k);
  const scales: LocalScales = { sigmas: new Float32Array(n), rhos: new Float32Array(n) };
  const meanOfAll = meanDistance(neighbors, n, others);
  let scaled = 0;
  return {
    step() {
      const to = Math.min(n, scaled + SCALE_ROWS);
      smoothDistances(neighbors, others, { from: scaled, to, meanOfAll }, scales);
      scaled = to;
      return scaled < n;
    },
    result: () => fuzzyUnion(memberships(neighbors, n, others, scales), options.setOpMixRatio),
  };
}

/**
 * Sigma and rho of the rows from…to into `out`; local connectivity 1. Uses `others` columns of `neighbors`:
 * umap-learn's `n_neighbors` − 1, since its first neighbour is the point itself.
 */
export function smoothDistances(
  { k, distances }: Neighbors,
  others: number,
  range: { readonly from: number; readonly to: number; readonly meanOfAll: number },
  out: LocalScales,
): void {
  const target = logOf(others + 1) / Math.LN2;
  for (let i = range.from; i < range.to; i++) {
    const first = i * k;
    let rho = 0;
    let sum = 0;
    for (let e = first; e < first + others; e++) {
      if (rho === 0 && distances[e] > 0) rho = distances[e];
      sum += distances[e];
    }
    out.rhos[i] = rho;
    const sigma = solveSigma(distances, first, first + others, { rho, target });
    const mean = rho > 0 ? sum / (others + 1) : range.meanOfAll;
    out.sigmas[i] = Math.max(sigma, MIN_SCALE * mean);
  }
}

/** The mean of the first `others` distances of all rows and of each row's own 0, as in umap-learn. */
export function meanDistance({ k, distances }: Neighbors, n: number, others: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) for (let e = i * k; e < i * k + others; e++) sum += distances[e];
  return n > 0 ? sum / (n * (others + 1)) : 0;
}

/** Directed memberships of the first `others` neighbours, each row in ascending order; weights of 0 are left out. */
export function memberships(
  { k, indices, distances }: Neighbors,
  n: number,
  others: number,
  { sigmas, rhos }: LocalScales,
): SparseGraph {
  const starts = new Int32Array(n + 1);
  const tails = new Int32Array(n * others);
  const weights = new Float32Array(n * others);
  let e = 0;
  for (let i = 0; i < n; i++) {
    for (let at = i * k; at < i * k + others; at++) {
      const beyond = Math.fround(distances[at] - rhos[i]);
      const weight = beyond <= 0 || sigmas[i] === 0 ? 1 : expOf(-(beyond / sigmas[i]));
      if (Math.fround(weight) === 0 || indices[at] === i) continue;
      tails[e] = indices[at];
      weights[e] = weight;
      e++;
    }
    starts[i + 1] = e;
  }
  return { n, starts, tails: tails.subarray(0, e), weights: weights.subarray(0, e) };
}

/**
 * The fuzzy union of a directed graph with its reverse: mix·(a + b − ab) + (1 − mix)·ab for the weights a, b of the two
 * directions (umap-learn's `set_op_mix_ratio`; 1 is the union, 0 the intersection). O(edges) time.
 */
export function fuzzyUnion(directed: SparseGraph, mix: number): SparseGraph {
  const { n } = directed;
  const back = transpose(directed);
  const forth = transpose(back);
  const capacity = forth.tails.length * 2;
  const starts = new Int32Array(n + 1);
  const tails = new Int32Array(capacity);
  const weights = new Float32Array(capacity);
  let e = 0;
  for (let i = 0; i < n; i++) {
    let f = forth.starts[i];
    let b = back.starts[i];
    while (f < forth.starts[i + 1] || b < back.starts[i + 1]) {
      const forthTail = f < forth.starts[i + 1] ? forth.tails[f] : n;
      const backTail = b < back.starts[i + 1] ? back.tails[b] : n;
      const tail = Math.min(forthTail, backTail);
      const one = forthTail === tail ? forth.weights[f++] : 0;
      const two = backTail === tail ? back.weights[b++] : 0;
      // Sum and product are the same for both directions, bit for bit.
      const weight = Math.fround(mix * (one + two - one * two) + (1 - mix) * (one * two));
      if (weight === 0) continue;
      tails[e] = tail;
      weights[e] = weight;
      e++;
    }
    starts[i + 1] = e;
  }
  return { n, starts, tails: tails.slice(0, e), weights: weights.slice(0, e) };
}

/**
 * How often each edge is drawn: in proportion to its weight, the strongest in every epoch. An edge that would not be
 * drawn once in all `epochs` is left out (umap-learn's `make_epochs_per_sample`). O(edges).
 */
export function makeSchedule({ n, starts, tails, weights }: SparseGraph, epochs: number): Schedule {
  let largest = 0;
  for (const weight of weights) if (weight > largest) largest = weight;
  const min = largest / (epochs > FEW_EPOCHS ? epochs : USUAL_EPOCHS);
  const kept = { n, starts: new Int32Array(n + 1), tails: new Int32Array(tails.length) };
  const intervals = new Float32Array(tails.length);
  let count = 0;
  for (let i = 0; i < n; i++) {
    for (let e = starts[i]; e < starts[i + 1]; e++) {
      if (weights[e] < min) continue;
      kept.tails[count] = tails[e];
      intervals[count] = largest / weights[e];
      count++;
    }
    kept.starts[i + 1] = count;
  }
  return { n, starts: kept.starts, tails: kept.tails.slice(0, count), intervals: intervals.slice(0, count) };
}

/** The edges that a layout of `epochs` draws. Dividing weights by the largest does not change the Laplacian. */
export function drawnGraph(graph: SparseGraph, epochs: number): SparseGraph {
  const { n, starts, tails, intervals } = makeSchedule(graph, epochs);
  return { n, starts, tails, weights: intervals.map((interval) => 1 / interval) };
}

/** Reverses every edge by counting; tails come out ascending. */
function transpose({ n, starts, tails, weights }: SparseGraph): SparseGraph {
  const back = { n, starts: new Int32Array(n + 1), tails: new Int32Array(tails.length) };
  const backWeights = new Float32Array(tails.length);
  for (let e = 0; e < tails.length; e++) back.starts[tails[e] + 1]++;
  for (let i = 0; i < n; i++) back.starts[i + 1] += back.starts[i];
  const next = back.starts.slice(0, n);
  for (let i = 0; i < n; i++) {
    for (let e = starts[i]; e < starts[i + 1]; e++) {
      const at = next[tails[e]]++;
      back.tails[at] = i;
      backWeights[at] = weights[e];
    }
  }
  return { ...back, weights: backWeights };
}

/**
 * The sigma at which the memberships add up to the target, by Newton's method within a bracket. The sum rises with
 * sigma, and each round costs k exponentials; bisection alone takes four times as many rounds.
 */
function solveSigma(
  distances: Float32Array,
  first: number,
  end: number,
  { rho, target }: { rho: number; target: number },
): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let middle = 1;
  for (let round = 0; round < ROUNDS; round++) {
    let sum = 0;
    let slope = 0;
    for (let e = first; e < end; e++) {
      const beyond = Math.fround(distances[e] - rho);
      const weight = beyond > 0 ? expOf(-(beyond / middle)) : 1;
      sum += weight;
      if (beyond > 0) slope += weight * beyond;
    }
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) high = middle;
    else low = middle;
    // Steps in the logarithm of sigma, in which the sum is closer to linear.
    const next = slope > 0 ? middle * expOf(Math.max(-4, Math.min(4, ((target - sum) * middle) / slope))) : 0;
    if (next > low && next < high) middle = next;
    else middle = high === Number.POSITIVE_INFINITY ? middle * 2 : (low + high) / 2;
  }
  return middle;
}
