import { UMAP } from 'umap-js';
import type { Matrix } from '../../../src/model/matrix.ts';
import { loadKernels } from '../../../src/project/kernels/kernels.web.ts';
import { DEFAULT_PROJECT_OPTIONS } from '../../../src/project/layout/engine.ts';
import { pcaStart } from '../../../src/project/layout/starts.ts';
import { makeUmapEngine } from '../../../src/project/layout/umap-engine.ts';
import { makeQualityMeter } from '../../../src/project/measure/quality.ts';
import { makeExactNeighbors } from '../../../src/project/neighbors/exact-search.ts';
import { searchTogether } from '../../../src/project/neighbors/neighbor-search.ts';
import { serveHelper, startHelper } from './bench-helper.ts';

export { clusteredMatrix, sampleVectors } from '../../../src/project/fixtures/vectors.ts';

await serveHelper();

/** One run of a peer: seconds of processor time and of the clock, positions, and its neighbours where it tells them. */
export interface BenchRun {
  readonly neighborSeconds: number;
  readonly layoutSeconds: number;
  readonly wallSeconds: number;
  readonly positions: Float32Array;
  readonly neighbors: Int32Array | null;
}

const seconds = (): number => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;

/** Ours as the worker runs it: neighbours, by so many threads, PCA start, graph, layout. The start counts to the layout. */
export async function runOurs(vectors: Matrix, epochs: number, seed: number, threads = 1): Promise<BenchRun> {
  const makeKernels = await loadKernels();
  const helpers = Array.from({ length: threads - 1 }, () => startHelper(new URL(import.meta.url)));
  const [began, beganMs] = [seconds(), performance.now()];
  const neighbors = await searchTogether({
    vectors,
    order: { k: 15, metric: 'cosine', centre: false, seed },
    makeKernels,
    helpers,
    work: workWithBreaths,
    now: () => performance.now(),
    rest: () => new Promise((resolve) => setTimeout(resolve, 1)),
    onShare: () => {},
  });
  for (const helper of helpers) helper.close();
  const between = seconds();
  const options = { ...DEFAULT_PROJECT_OPTIONS, epochs, seed };
  const start = pcaStart(vectors, seed);
  const run = makeUmapEngine(makeKernels).start({ neighbors, n: vectors.rows, start, options });
  while (run.step());
  const positions = new Float32Array(vectors.rows * 2);
  run.positions(positions);
  return {
    neighborSeconds: between - began,
    layoutSeconds: seconds() - between,
    wallSeconds: (performance.now() - beganMs) / 1000,
    positions,
    neighbors: neighbors.indices,
  };
}

async function workWithBreaths(step: () => boolean): Promise<void> {
  let breathMs = performance.now();
  while (step()) {
    if (performance.now() - breathMs < 16) continue;
    await new Promise((resolve) => setImmediate(resolve));
    breathMs = performance.now();
  }
  await new Promise((resolve) => setImmediate(resolve));
}

/** umap-js as its users run it: its own neighbours (with its graph in one number), random start. */
export async function runUmapJs({ data, rows, cols }: Matrix, epochs: number, seed: number): Promise<BenchRun> {
  const lists = Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const [began, beganMs] = [seconds(), performance.now()];
  const umap = new UMAP({ nEpochs: epochs, random, distanceFn: cosine });
  umap.initializeFit(lists);
  const between = seconds();
  for (let epoch = 0; epoch < epochs; epoch++) umap.step();
  const positions = Float32Array.from(umap.getEmbedding().flat());
  const wallSeconds = (performance.now() - beganMs) / 1000;
  return {
    neighborSeconds: between - began,
    layoutSeconds: seconds() - between,
    wallSeconds,
    positions,
    neighbors: null,
  };
}

function cosine(a: number[], b: number[]): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let j = 0; j < a.length; j++) {
    ab += a[j] * b[j];
    aa += a[j] * a[j];
    bb += b[j] * b[j];
  }
  return Math.max(0, 1 - ab / Math.sqrt(aa * bb));
}

/** What the layouts are measured against, by exact search. */
export async function exactNeighbors(vectors: Matrix): Promise<Int32Array> {
  const search = makeExactNeighbors(vectors, 15, { makeKernels: await loadKernels() });
  while (search.step());
  return search.result().indices;
}

/** Neighbours kept and trustworthiness of a layout. */
export function qualityOf(vectors: Matrix, positions: Float32Array) {
  const meter = makeQualityMeter({ vectors, positions, seed: 1 });
  while (meter.step(50));
  return meter.result();
}
