import { UMAP } from 'umap-js';
import { makeRandom, type Random } from '../../math/random.ts';
import {
  epochsOf,
  type ProjectionEngine,
  type ProjectionInput,
  type ProjectionRun,
  restingRun,
  scaleStart,
} from './engine.ts';

/** Replaces 0 in a row without any other distance. */
const MIN_DISTANCE = 1e-8;

/**
 * umap-js 1.4 on our own neighbour graph and start: without its neighbour search, and without its `transform`, which is
 * broken (it finds 5 % of the neighbours). Reference and fallback: about 10 times as slow and heavy as typed arrays.
 */
export const umapJsEngine: ProjectionEngine = {
  name: 'umap-js',
  start(input) {
    return restingRun(input) ?? umapRun(input);
  },
};

function umapRun(input: ProjectionInput): ProjectionRun {
  const { n, neighbors, start, options } = input;
  const random = makeRandom(options.seed);
  const epochs = epochsOf(options, n);
  // umap-js needs more papers than neighbours; umap-learn reduces the number in the same way.
  const nNeighbors = Math.max(2, Math.min(options.neighbors, n - 1));
  const others = Math.min(nNeighbors - 1, neighbors.k);
  const { minDist, spread, negativeSampleRate, setOpMixRatio, learningRate } = options;
  const umap = new UMAP({
    nNeighbors,
    minDist,
    spread,
    negativeSampleRate,
    setOpMixRatio,
    learningRate,
    nEpochs: Math.max(1, epochs),
    random,
  });
  umap.setPrecomputedKNN(...precomputedRows(input, others));
  // Once the neighbours are given, umap-js uses only the number of vectors.
  umap.initializeFit(Array.from({ length: n }, () => []));
  const points = umap.getEmbedding();
  if (start) writeStart(points, start, random);
  let epoch = 0;
  return {
    epochs,
    get epoch() {
      return epoch;
    },
    step() {
      if (epoch < epochs) {
        umap.step();
        epoch++;
      }
      return epoch < epochs;
    },
    positions(out) {
      for (let i = 0; i < n; i++) {
        for (let axis = 0; axis < 2; axis++) {
          const value = points[i][axis];
          out[i * 2 + axis] = Number.isFinite(value) ? value : 0;
        }
      }
    },
  };
}

/** Rows in umap-js's format: each begins with the paper itself at distance 0. */
function precomputedRows({ n, neighbors }: ProjectionInput, others: number): [number[][], number[][]] {
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let i = 0; i < n; i++) {
    const from = i * neighbors.k;
    const far = Array.from(neighbors.distances.subarray(from, from + others));
    // For a row of zeros umap-js takes the mean over the whole matrix, n² in all. A number this small leaves every
    // weight at 1, as 0 does.
    const apart = far.every((distance) => distance === 0) ? far.map(() => MIN_DISTANCE) : far;
    indices.push([i, ...neighbors.indices.subarray(from, from + others)]);
    distances.push([0, ...apart]);
  }
  return [indices, distances];
}

/** Writes into the live rows, since umap-js has no other way to set a start. */
function writeStart(points: number[][], start: Float32Array, random: Random): void {
  scaleStart(start, random).forEach((value, at) => {
    points[at >> 1][at & 1] = value;
  });
}
