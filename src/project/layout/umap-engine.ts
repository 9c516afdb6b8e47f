import { makeRandom } from '../../math/random.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import type { MakeKernels } from '../kernels/kernels.ts';
import type { Reporter } from '../reporter.ts';
import {
  epochsOf,
  type ProjectionEngine,
  type ProjectionInput,
  type ProjectionRun,
  type ProjectOptions,
  restingRun,
  START_HALF_SIDE,
  scaleStart,
} from './engine.ts';
import { fitCurve } from './forces.ts';
import { makeGraphRun, makeSchedule, type SparseGraph } from './fuzzy-graph.ts';
import { type LayoutRun, makeLayoutRun, makeSpatialRun } from './layout-run.ts';
import { balanceScale } from './layout-scale.ts';

/** Input of a layout in more dimensions than the map has. */
interface SpaceInput {
  readonly n: number;
  /** The neighbours that the map's layout follows. */
  readonly neighbors: Neighbors;
  readonly options: ProjectOptions;
  /** 3 or more. */
  readonly dimensions: number;
  readonly makeKernels: MakeKernels;
}

/**
 * UMAP (McInnes, Healy, Melville 2018) on typed arrays, faithful to umap-learn 0.5 in scales, fuzzy union, curve,
 * schedule and forces; only the random numbers differ. Same input, seed and options give the same bytes on every
 * machine and with either kind of kernels, since nothing that reaches the result uses `Math.exp` or `Math.pow`. The
 * graph is built in the first steps of a run. Memory: 36 bytes for each edge, about 20 edges for each paper.
 */
export function makeUmapEngine(makeKernels: MakeKernels): ProjectionEngine {
  return {
    name: 'portolan',
    start: (input) => ((input.dimensions ?? 2) === 2 ? restingRun(input) : null) ?? startRun(input, makeKernels),
  };
}

/**
 * A layout for clustering, n×dimensions in any unit: our own UMAP with the map's seed and neighbours, at umap-learn's spread
 * without minimum distance or densMAP, from a random start. It builds its own graph, since the map's is freed once its schedule exists.
 * Takes about five times as long as the map's, since it has no kernels.
 */
export async function layOutSpace(
  { n, neighbors, options, dimensions, makeKernels }: SpaceInput,
  reporter: Reporter,
): Promise<Matrix> {
  const closer = { ...options, minDist: 0, spread: 1, densMap: null };
  const run = makeUmapEngine(makeKernels).start({ neighbors, n, start: null, dimensions, options: closer });
  const done = (): number => run.epoch;
  await reporter.work(() => run.step(), { stage: 'finding topics', unit: 'epochs', total: run.epochs, done });
  const out = new Float32Array(n * dimensions);
  run.positions(out);
  return matrix(out, n, dimensions);
}

function startRun(input: ProjectionInput, makeKernels: MakeKernels): ProjectionRun {
  const { n, options, dimensions = 2 } = input;
  const epochs = epochsOf(options, n);
  let graph = input.graph ?? null;
  const building = graph ? null : makeGraphRun(input);
  const start = scaledStart(input);
  let run: LayoutRun | null = null;

  function beginRun(graph: SparseGraph): LayoutRun {
    const { minDist, spread, negativeSampleRate, seed } = options;
    const schedule = makeSchedule(graph, epochs);
    const densMap = options.densMap ? { options: options.densMap, neighbors: input.neighbors } : null;
    const forces = { minDist, spread, negativeSampleRate, alpha: options.learningRate, seed, densMap };
    if (input.isWarm) {
      const curve = fitCurve(minDist, spread);
      const scale = balanceScale({ graph, head: start, tail: start, curve, negativeSampleRate, seed });
      for (let at = 0; at < start.length; at++) start[at] *= scale;
    }
    const layout = { schedule, head: start, epochs, ...forces };
    if (dimensions !== 2) return makeSpatialRun(layout, dimensions);
    return makeLayoutRun(makeKernels(), { ...layout, anchors: null });
  }

  return {
    epochs,
    get epoch() {
      return run ? run.epoch : 0;
    },
    step() {
      if (run) return run.step();
      if (building?.step()) return true;
      graph ??= building?.result() ?? null;
      if (graph) run = beginRun(graph);
      // The run holds what it needs of the graph.
      graph = null;
      return epochs > 0;
    },
    positions: (out) => out.set(run ? run.positions : start),
  };
}

/** The start scaled to ±10 with a little noise, or a random one of that size. */
function scaledStart({ n, start, options, dimensions = 2 }: ProjectionInput): Float32Array {
  const random = makeRandom(options.seed);
  if (start) return Float32Array.from(scaleStart(start, random));
  return new Float32Array(n * dimensions).map(() => (random() * 2 - 1) * START_HALF_SIDE);
}
