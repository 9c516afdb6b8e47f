import { logOf, powerOf } from '../../math/elementary.ts';
import { makeRandom } from '../../math/random.ts';
import type { Neighbors } from '../../model/map-data.ts';
import type { ProjectOptions } from './engine.ts';
import { type Curve, fitCurve } from './forces.ts';
import { fuzzyUnion, meanDistance, memberships, type SparseGraph, smoothDistances } from './fuzzy-graph.ts';

interface ScaleInput {
  readonly graph: SparseGraph;
  /** Positions of the graph's rows and tails (n×2, m×2); the same array where both are the same papers. */
  readonly head: Float32Array;
  readonly tail: Float32Array;
  readonly curve: Curve;
  readonly negativeSampleRate: number;
  readonly seed: number;
}

/** Maximum number of edges sampled. */
const MAX_EDGES = 20_000;
/** Mean edge lengths that are tried, in the unit of the forces: 0.05 to 12 in steps of a sixth of an octave. */
const MIN_LENGTH = 0.05;
const STEPS = 48;
const STEP = 2 ** (1 / 6);
/** Finished layouts are 1.26 to 1.60 times smaller than at the minimum (four data sets, minDist 0.1 and 0.5). */
const OVERSHOOT = 1.45;
/** Keeps logarithms finite. */
const MIN_MEMBERSHIP = 1e-4;

/**
 * The factor by which positions in an unknown unit balance the forces of UMAP: of a series of scales, the minimum of
 * the loss that its optimiser descends, Σ w·(−log φ(d) + rate·mean(−log(1 − φ(far)))) with φ(d) = 1/(1 + a·d^(2b))
 * (UMAP paper, equation 17, with its negative sampling). A map file keeps no unit; a layout continued in the wrong one
 * would swell or shrink. Accurate to a sixth of an octave. 1 where all lengths are 0. O(edges), at most 20,000.
 */
export function balanceScale(input: ScaleInput): number {
  const { near, far, weights, mean } = sampleLengths(input);
  if (!(mean > 0)) return 1;
  let best = { scale: 1, loss: Number.POSITIVE_INFINITY };
  let scale = MIN_LENGTH / mean;
  for (let step = 0; step < STEPS; step++) {
    let loss = 0;
    for (let e = 0; e < near.length; e++) {
      const repulsion = -logOf(Math.max(MIN_MEMBERSHIP, 1 - membership(input.curve, far[e] * scale)));
      const attraction = -logOf(Math.max(MIN_MEMBERSHIP, membership(input.curve, near[e] * scale)));
      loss += weights[e] * (attraction + input.negativeSampleRate * repulsion);
    }
    if (loss < best.loss) best = { scale, loss };
    scale *= STEP;
  }
  return best.scale / OVERSHOOT;
}

/** `balanceScale` of a map (n×2, any unit) by its papers' neighbours, both as in a map file. About 0.3 s at most. */
export function scaleOfMap(neighbors: Neighbors, positions: Float32Array, options: ProjectOptions): number {
  const n = positions.length / 2;
  const others = Math.min(options.neighbors - 1, neighbors.k);
  const scales = { sigmas: new Float32Array(n), rhos: new Float32Array(n) };
  smoothDistances(neighbors, others, { from: 0, to: n, meanOfAll: meanDistance(neighbors, n, others) }, scales);
  const graph = fuzzyUnion(memberships(neighbors, n, others, scales), options.setOpMixRatio);
  const { minDist, spread, negativeSampleRate, seed } = options;
  const curve = fitCurve(minDist, spread);
  return balanceScale({ graph, head: positions, tail: positions, curve, negativeSampleRate, seed });
}

function membership({ a, b }: Curve, distance: number): number {
  return 1 / (1 + a * powerOf(distance, 2 * b));
}

/** Lengths of evenly chosen edges, and for each the distance from its row to a random row. */
function sampleLengths({ graph, head, tail, seed }: ScaleInput): {
  near: number[];
  far: number[];
  weights: number[];
  mean: number;
} {
  const random = makeRandom(seed);
  const stride = Math.max(1, Math.ceil(graph.tails.length / MAX_EDGES));
  const [near, far, weights]: [number[], number[], number[]] = [[], [], []];
  let sum = 0;
  for (let i = 0; i < graph.n; i++) {
    for (let e = graph.starts[i]; e < graph.starts[i + 1]; e++) {
      if (e % stride !== 0) continue;
      const length = away(head, i, tail, graph.tails[e]);
      near.push(length);
      far.push(away(head, i, tail, Math.floor((random() * tail.length) / 2)));
      weights.push(graph.weights[e]);
      sum += length;
    }
  }
  return { near, far, weights, mean: sum / Math.max(1, near.length) };
}

function away(head: Float32Array, i: number, tail: Float32Array, j: number): number {
  const [dx, dy] = [head[i * 2] - tail[j * 2], head[i * 2 + 1] - tail[j * 2 + 1]];
  return Math.sqrt(dx * dx + dy * dy);
}
