import type { Neighbors, ProjectInfo, Quality } from '../model/map-data.ts';
import type { Matrix, QuantizedMatrix } from '../model/matrix.ts';
import type { OnProgress } from '../model/progress.ts';
import type { ProjectOptions, StartName } from './layout/engine.ts';
import type { Drift } from './measure/compare-layouts.ts';

/** Everything that a projection adds to a map, in paper order. */
export interface ProjectResult {
  /** n×2 in map units. */
  readonly positions: Float32Array;
  /** The 15 nearest others, or more when the layout asked for more; n − 1 when there are fewer papers. */
  readonly neighbors: Neighbors;
  readonly embedding: QuantizedMatrix;
  /** As in MapData; null below three papers. */
  readonly preservation: Float32Array | null;
  /** Null below three papers. */
  readonly quality: Quality | null;
  readonly info: ProjectInfo;
  /** The layout in more dimensions, any unit, with rows of zeros for papers apart; null unless asked for. */
  readonly space: Matrix | null;
  /** Papers whose vector has no direction: they take no part in the layout and are placed beside the map. Ascending. */
  readonly apart: Int32Array;
  /** How far papers have moved from the given start, after alignment to it; null without one. */
  readonly drift: Drift | null;
  /** Where the layout began: the PCA start replaces the spectral one when its eigenvectors do not converge. */
  readonly start: StartName | 'given';
  /** Threads that searched for neighbours. */
  readonly threads: number;
}

/** A finished map of n papers, and the vectors of the papers that join it. */
export interface MapToExtend {
  /** n×2 in map units. */
  readonly positions: Float32Array;
  readonly neighbors: Neighbors | null;
  readonly embedding: QuantizedMatrix;
  /** A row of zeros is a paper that could not be embedded. */
  readonly added: Matrix;
  readonly options: ProjectOptions;
}

/** The map with all of them, the new papers after the old. */
export interface ExtendedMap
  extends Pick<ProjectResult, 'positions' | 'neighbors' | 'embedding' | 'quality' | 'preservation'> {
  /** For each new paper the five old ones nearest to it on the map. */
  readonly beside: Neighbors;
}

/** Called with positions n×2 in map units; NaN for a paper without one yet. */
export type OnPreview = (positions: Float32Array) => void;

/** API of the projection worker. It holds the vectors of one map while they arrive. */
export interface ProjectApi {
  /** Forgets what it holds and expects `n` vectors of `d` numbers. */
  begin(n: number, d: number): Promise<void>;
  /** Takes the vectors of the papers `indices`: indices.length × d, row-major. Later vectors replace earlier ones. */
  add(indices: Int32Array, vectors: Float32Array): Promise<void>;
  /** Positions of the vectors received, on their principal axes; n×2 in map units, NaN where there is no vector yet. */
  preview(): Promise<Float32Array>;
  /**
   * Neighbours, layout, quality. Previews come at most every 100 ms. Throws `internal` with both counts when vectors
   * are missing. With `start` (n×2 in map units, NaN for papers without a position, which then begin among their
   * neighbours) the layout begins there and the result is aligned to it. Then 30 epochs of a tenth of the step suffice:
   * 10 % new papers of 20,000 get full quality at a median drift of 4.7 % (measured; 8.3 % from scratch).
   */
  run(
    options: ProjectOptions,
    onProgress: OnProgress,
    onPreview: OnPreview,
    start?: Float32Array | null,
  ): Promise<ProjectResult>;
  /** Adds papers to a finished map, without moving its own; see `extendMap`. Leaves the held vectors as they are. */
  extend(map: MapToExtend, onProgress: OnProgress): Promise<ExtendedMap>;
  /**
   * Pauses the layout of the current run between two of its steps, until `resume`, at no cost; what comes before the
   * layout goes on. The result is the same. A run begins unpaused.
   */
  pause(): Promise<void>;
  resume(): Promise<void>;
}
