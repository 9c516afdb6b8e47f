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
  /** The layout in more dimensions, any unit, where one was asked for; rows of zeros for papers apart. Else null. */
  readonly space: Matrix | null;
  /** Papers whose vector has no direction: they take no part in the layout and stand beside the map. Ascending. */
  readonly apart: Int32Array;
  /** How far papers have moved from the start that was given, turned to fit; null when none was. */
  readonly drift: Drift | null;
  /** Where the layout began: the spectral start gives way to the other when its eigenvectors do not converge. */
  readonly start: StartName | 'given';
  /** Threads that searched for neighbours. */
  readonly threads: number;
}

/** A finished map of n papers, and the vectors of those that join it. */
export interface MapToExtend {
  /** n×2 in map units. */
  readonly positions: Float32Array;
  readonly neighbors: Neighbors | null;
  readonly embedding: QuantizedMatrix;
  /** A row of zeros is a paper that nobody could embed. */
  readonly added: Matrix;
  readonly options: ProjectOptions;
}

/** The map with all of them, the new papers behind the old. */
export interface ExtendedMap
  extends Pick<ProjectResult, 'positions' | 'neighbors' | 'embedding' | 'quality' | 'preservation'> {
  /** Of each new paper the five old ones that stand nearest to it on the map. */
  readonly beside: Neighbors;
}

/** Called with positions n×2 in map units; NaN for a paper that has no place yet. */
export type OnPreview = (positions: Float32Array) => void;

/** What the projection worker offers. It holds the vectors of one map while they arrive. */
export interface ProjectApi {
  /** Forgets what it holds and expects `n` vectors of `d` numbers. */
  begin(n: number, d: number): Promise<void>;
  /** Takes the vectors of the papers `indices`: indices.length × d, row-major. A later vector replaces an earlier one. */
  add(indices: Int32Array, vectors: Float32Array): Promise<void>;
  /** Positions of the vectors that are there, on their principal axes; n×2 in map units, NaN where no vector is yet. */
  preview(): Promise<Float32Array>;
  /**
   * Neighbours, layout, quality. Previews come at most every 100 ms. Throws `internal` with both counts when vectors
   * are missing. With `start` (n×2 in map units, NaN for papers without a place, which then begin among their neighbours)
   * the layout begins there and the result is turned to fit it. Then 30 epochs of a tenth of the step are enough: after
   * 10 % new papers of 20,000 they give full quality at a median drift of 4.7 % (measured; from scratch 8.3 %).
   */
  run(
    options: ProjectOptions,
    onProgress: OnProgress,
    onPreview: OnPreview,
    start?: Float32Array | null,
  ): Promise<ProjectResult>;
  /** Adds papers to a finished map, whose own do not move; see `extendMap`. Touches nothing of what it holds. */
  extend(map: MapToExtend, onProgress: OnProgress): Promise<ExtendedMap>;
  /**
   * Holds the layout of the run under way up between two of its steps, until `resume`, at no cost; what comes before the
   * layout goes on. The result is the same. A run begins unpaused.
   */
  pause(): Promise<void>;
  resume(): Promise<void>;
}
