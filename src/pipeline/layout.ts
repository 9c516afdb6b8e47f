import { dequantizeRows, type QuantizedMatrix } from '../model/matrix.ts';
import type { OnProgress } from '../model/progress.ts';
import { DEFAULT_DENS_MAP } from '../project/layout/density.ts';
import {
  DEFAULT_PROJECT_OPTIONS,
  type EngineName,
  type ProjectOptions,
  type StartName,
  spreadOf,
} from '../project/layout/engine.ts';
import type { Projector } from '../project/project.client.ts';

/** How a layout begins: with the map by words, or with one of the engine's own starts. */
export type LayoutStart = 'words' | StartName;

/** Where topics are searched: on the map itself, or in a layout of the same papers in five dimensions. */
export type TopicSpace = 'map' | 'umap5';

/** What a user may choose about a layout; named as in `ProjectOptions`. */
export interface LayoutOptions {
  readonly engine: EngineName;
  readonly start: LayoutStart;
  /** Whole number in `NEIGHBOR_RANGE`. */
  readonly neighbors: number;
  /** 0…1. */
  readonly minDist: number;
  readonly densMap: boolean;
  readonly centre: boolean;
  readonly topics: TopicSpace;
  /** Whole number, 0…2^32 − 1. */
  readonly seed: number;
  /** 1…16; null: chosen automatically. */
  readonly threads: number | null;
}

/** The options in which a second layout of the same vectors may differ. */
export type LayoutChoice = Pick<ProjectOptions, 'seed' | 'neighbors' | 'minDist'>;

/** Default choices. */
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

/** Fewer neighbours show only pairs; more cost proportional time and memory. umap-learn's guide also ends at 200. */
export const NEIGHBOR_RANGE = { min: 3, max: 200 } as const;

/** Ten and fifteen dimensions agree with labels no better, and take longer. */
const SPACE_DIMENSIONS = 5;

/** The engine's options for a layout of `n` papers; without a map by words it begins with principal components. */
export function projectOptionsOf(layout: LayoutOptions, n: number): ProjectOptions {
  const { engine, start, neighbors, minDist, densMap, centre, topics, seed, threads } = layout;
  return {
    ...DEFAULT_PROJECT_OPTIONS,
    engine,
    start: start === 'spectral' ? 'spectral' : 'pca',
    neighbors,
    minDist,
    spread: spreadOf(n),
    densMap: densMap ? DEFAULT_DENS_MAP : null,
    centre,
    spaceDimensions: topics === 'umap5' ? SPACE_DIMENSIONS : null,
    seed,
    threads,
  };
}

/** The parameters of a layout without choices by the user, of fewer than a thousand papers. */
export const DEFAULT_PARAMETERS = projectOptionsOf(DEFAULT_LAYOUT, 0);

/**
 * Lays papers out again by the vectors kept in a map: n×2 in map units. Begins with principal components, and uses
 * defaults for everything else. Limits neighbours to n − 1.
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
  const { positions } = await projector.run(
    { ...DEFAULT_PROJECT_OPTIONS, spread: spreadOf(rows), ...choice },
    { signal, onProgress },
  );
  return positions;
}
