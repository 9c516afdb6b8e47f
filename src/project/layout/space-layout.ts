import type { Neighbors } from '../../model/map-data.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import type { MakeKernels } from '../kernels/kernels.ts';
import type { Reporter } from '../reporter.ts';
import type { ProjectOptions } from './engine.ts';
import { makeUmapEngine } from './umap-engine.ts';

export interface SpaceInput {
  readonly n: number;
  /** Those that the map's layout follows. */
  readonly neighbors: Neighbors;
  readonly options: ProjectOptions;
  /** 3 or more. */
  readonly dimensions: number;
  readonly makeKernels: MakeKernels;
}

/**
 * A layout for clustering, n×dimensions in any unit: our own UMAP with the map's seed and neighbours, no least distance and
 * no densMAP, from a random start. It has its own graph made, since the map's is let go of once its forces are known.
 * About five times as long as the map's, since it has no kernels.
 */
export async function layOutSpace(
  { n, neighbors, options, dimensions, makeKernels }: SpaceInput,
  reporter: Reporter,
): Promise<Matrix> {
  const closer = { ...options, minDist: 0, densMap: null };
  const run = makeUmapEngine(makeKernels).start({ neighbors, n, start: null, dimensions, options: closer });
  const done = (): number => run.epoch;
  await reporter.work(() => run.step(), { stage: 'finding topics', unit: 'epochs', total: run.epochs, done });
  const out = new Float32Array(n * dimensions);
  run.positions(out);
  return matrix(out, n, dimensions);
}
