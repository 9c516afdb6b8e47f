import { makeRandom } from '../../math/random.ts';
import type { MakeKernels } from '../kernels/kernels.ts';
import { fitCurve } from './curve.ts';
import { epochsOf, type ProjectionEngine, type ProjectionInput, type ProjectionRun } from './engine.ts';
import type { SparseGraph } from './fuzzy-graph.ts';
import { makeGraphRun } from './graph-run.ts';
import { type LayoutRun, makeLayoutRun } from './layout-run.ts';
import { balanceScale } from './layout-scale.ts';
import { restingRun } from './resting-run.ts';
import { makeSchedule } from './schedule.ts';
import { makeSpatialRun } from './spatial-run.ts';

/** Half the longer side of the start, as umap-learn has it for a random one. */
const START_HALF_SIDE = 10;
/** Tells duplicates apart, which would otherwise take every step together; umap-learn adds the same noise. */
const START_JITTER = 1e-4;

/**
 * UMAP (McInnes, Healy, Melville 2018) on typed arrays, true to umap-learn 0.5: scales, fuzzy union, curve, schedule and
 * forces are its own; only the random numbers differ. Same input, seed and options give the same bytes on every machine
 * and with either kind of kernels: nothing that reaches the result is left to `Math.exp` or `Math.pow`. The graph is
 * made in the first steps of a run. Memory: 36 bytes an edge, of which a paper has about 20.
 */
export function makeUmapEngine(makeKernels: MakeKernels): ProjectionEngine {
  return {
    name: 'portolan',
    start: (input) => ((input.dimensions ?? 2) === 2 ? restingRun(input) : null) ?? startRun(input, makeKernels),
  };
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
      // The run holds what it needs of it.
      graph = null;
      return epochs > 0;
    },
    positions: (out) => out.set(run ? run.positions : start),
  };
}

/** The start scaled to ±10 with a little noise, or a random one of that size. */
function scaledStart({ n, start, options, dimensions = 2 }: ProjectionInput): Float32Array {
  const random = makeRandom(options.seed);
  const out = new Float32Array(n * dimensions);
  if (!start) return out.map(() => (random() * 2 - 1) * START_HALF_SIDE);
  let peak = 0;
  for (const value of start) peak = Math.max(peak, Math.abs(value));
  const scale = peak > 0 ? START_HALF_SIDE / peak : 0;
  return out.map((_, i) => start[i] * scale + (random() - 0.5) * START_JITTER);
}
