import { expOf, logOf } from '../../math/elementary.ts';
import type { Neighbors } from '../../model/map-data.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { epochsOf, type ProjectOptions } from './engine.ts';
import { makeSchedule, type SparseGraph } from './fuzzy-graph.ts';
import { makeLayoutRun } from './layout-run.ts';

/** New papers, and the map that they join. */
interface PlaceInput {
  /** Nearest papers of the map for each new one (see `nearestAmong`); at least 1 each. */
  readonly neighbors: Neighbors;
  /** Number of new papers. */
  readonly n: number;
  /** Positions of the map's papers, m×2 in any unit, finite. They do not move. */
  readonly anchors: Float32Array;
  /** Factor from the unit of `anchors` to that of the forces: 1 for a fresh layout, `scaleOfMap` for a map. */
  readonly scale: number;
  readonly options: ProjectOptions;
  readonly kernels: Kernels;
}

/** New papers begin with a quarter of a layout's step length, as in umap-learn. */
const STEP_SHARE = 0.25;
const BISECTIONS = 64;
const TOLERANCE = 1e-5;
const MIN_SCALE = 1e-3;

/**
 * Places new papers on a map, n×2 in the unit of `anchors`; only they move (umap-learn's `transform`). Each begins at
 * the weighted mean of its neighbours on the map and moves for a third of a layout's epochs. Runs in one call: 100
 * papers take some 10 ms. Same input, same bytes.
 */
export function placePapers({ neighbors, n, anchors, scale, options, kernels }: PlaceInput): Float32Array {
  const { minDist, spread, negativeSampleRate, learningRate, seed } = options;
  const { graph, nearest } = membershipsAmong(neighbors, n, Math.min(options.neighbors, neighbors.k));
  const scaled = anchors.map((value) => value * scale);
  const epochs = Math.max(1, Math.floor(epochsOf(options, anchors.length / 2) / 3));
  const run = makeLayoutRun(kernels, {
    schedule: makeSchedule(graph, epochs),
    head: weightedMeans(graph, scaled, nearest),
    anchors: scaled,
    epochs,
    minDist,
    spread,
    negativeSampleRate,
    densMap: null,
    alpha: learningRate * STEP_SHARE,
    seed,
  });
  while (run.step());
  return run.positions.map((value) => value / scale);
}

/**
 * Weights exp(−d/sigma) of the first k neighbours, with sigma such that all but the nearest add up to log2 k:
 * umap-learn's scales at a local connectivity of 0, as in its `transform`.
 */
function membershipsAmong(
  { k: held, indices, distances }: Neighbors,
  n: number,
  k: number,
): { graph: SparseGraph; nearest: Int32Array } {
  const starts = Int32Array.from({ length: n + 1 }, (_, i) => i * k);
  const tails = new Int32Array(n * k);
  const weights = new Float32Array(n * k);
  for (let i = 0; i < n; i++) {
    const row = distances.subarray(i * held, i * held + k);
    const sigma = sigmaOf(row);
    for (let r = 0; r < k; r++) {
      tails[i * k + r] = indices[i * held + r];
      weights[i * k + r] = row[r] > 0 && sigma > 0 ? expOf(-row[r] / sigma) : 1;
    }
  }
  return { graph: { n, starts, tails, weights }, nearest: Int32Array.from({ length: n }, (_, i) => indices[i * held]) };
}

function sigmaOf(distances: Float32Array): number {
  const target = logOf(Math.max(1, distances.length)) / Math.LN2;
  let mean = 0;
  for (const distance of distances) mean += distance / distances.length;
  let [low, high, middle] = [0, Number.POSITIVE_INFINITY, 1];
  for (let round = 0; round < BISECTIONS; round++) {
    let sum = 0;
    for (let r = 1; r < distances.length; r++) sum += distances[r] > 0 ? expOf(-distances[r] / middle) : 1;
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) high = middle;
    else low = middle;
    middle = high === Number.POSITIVE_INFINITY ? middle * 2 : (low + high) / 2;
  }
  return Math.max(middle, MIN_SCALE * mean);
}

/** The weighted mean of a row's neighbours; its nearest paper's position where all weights are negligible. */
function weightedMeans(
  { n, starts, tails, weights }: SparseGraph,
  anchors: Float32Array,
  nearest: Int32Array,
): Float32Array {
  const out = new Float32Array(n * 2);
  for (let i = 0; i < n; i++) {
    let [x, y, sum] = [0, 0, 0];
    for (let e = starts[i]; e < starts[i + 1]; e++) {
      x += weights[e] * anchors[tails[e] * 2];
      y += weights[e] * anchors[tails[e] * 2 + 1];
      sum += weights[e];
    }
    out[i * 2] = sum > 0 ? x / sum : anchors[nearest[i] * 2];
    out[i * 2 + 1] = sum > 0 ? y / sum : anchors[nearest[i] * 2 + 1];
  }
  return out;
}
