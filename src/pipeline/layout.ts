import { dequantizeRows, type QuantizedMatrix } from '../model/matrix.ts';
import type { OnProgress } from '../model/progress.ts';
import { DEFAULT_DENS_MAP } from '../project/layout/density.ts';
import {
  DEFAULT_PROJECT_OPTIONS,
  type EngineName,
  type ProjectOptions,
  type StartName,
} from '../project/layout/engine.ts';
import type { Projector } from '../project/project.client.ts';

/** Where a layout begins: on the map by words, or as the engine has it. */
export type LayoutStart = 'words' | StartName;

/** Where topics are looked for: on the map itself, or in a layout of the same papers in five dimensions. */
export type TopicSpace = 'map' | 'umap5';

/** What a user may choose of a layout; named as in `ProjectOptions`. */
export interface LayoutOptions {
  readonly engine: EngineName;
  readonly start: LayoutStart;
  /** Whole, `NEIGHBOR_RANGE`. */
  readonly neighbors: number;
  /** 0…1. */
  readonly minDist: number;
  readonly densMap: boolean;
  readonly centre: boolean;
  readonly topics: TopicSpace;
  /** Whole, 0…2^32 − 1. */
  readonly seed: number;
  /** 1…16; null: as many as suit. */
  readonly threads: number | null;
}

/** What makes a second layout of the same vectors another one. */
export type LayoutChoice = Pick<ProjectOptions, 'seed' | 'neighbors' | 'minDist'>;

/** What is chosen where nobody chooses. */
export const DEFAULT_LAYOUT: LayoutOptions = {
  engine: DEFAULT_PROJECT_OPTIONS.engine,
  start: 'words',
  neighbors: DEFAULT_PROJECT_OPTIONS.neighbors,
  minDist: DEFAULT_PROJECT_OPTIONS.minDist,
  densMap: false,
  centre: DEFAULT_PROJECT_OPTIONS.centre,
  topics: 'map',
  seed: DEFAULT_PROJECT_OPTIONS.seed,
  threads: null,
};

/** Fewer show nothing but pairs, more cost time and memory in proportion; umap-learn's guide ends at 200 too. */
export const NEIGHBOR_RANGE = { min: 3, max: 200 } as const;

/** Ten and fifteen agree with labels no better, and take longer. */
const SPACE_DIMENSIONS = 5;

/** The engine's options for a layout; what it begins on when no map by words is given is principal components. */
export function projectOptionsOf(layout: LayoutOptions): ProjectOptions {
  const { engine, start, neighbors, minDist, densMap, centre, topics, seed, threads } = layout;
  return {
    ...DEFAULT_PROJECT_OPTIONS,
    engine,
    start: start === 'spectral' ? 'spectral' : 'pca',
    neighbors,
    minDist,
    densMap: densMap ? DEFAULT_DENS_MAP : null,
    centre,
    spaceDimensions: topics === 'umap5' ? SPACE_DIMENSIONS : null,
    seed,
    threads,
  };
}

/** All that a layout is made by where nothing was chosen. */
export const DEFAULT_PARAMETERS = projectOptionsOf(DEFAULT_LAYOUT);

/**
 * Lays papers out anew by the vectors that a map has kept of them: n×2 in map units. Begins on principal components, all
 * else by default. Neighbours beyond n − 1 count as n − 1.
 */
export async function layOutAgain(
  embedding: QuantizedMatrix,
  choice: LayoutChoice,
  projector: Projector,
  watch: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
): Promise<Float32Array> {
  const { rows, cols } = embedding;
  const { signal, onProgress } = watch;
  await projector.begin(rows, cols, { signal });
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  await projector.add(all, dequantizeRows(embedding).data, { signal });
  const { positions } = await projector.run({ ...DEFAULT_PROJECT_OPTIONS, ...choice }, { signal, onProgress });
  return positions;
}
