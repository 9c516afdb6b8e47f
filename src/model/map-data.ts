import type { QuantizedMatrix } from './matrix.ts';
import type { Corpus } from './paper.ts';
import type { Reduction } from './reduction.ts';
import type { KeptSelection } from './selection.ts';
import type { SentenceVectors } from './sentence-vectors.ts';
import type { TopicTree } from './topics.ts';

/**
 * The nearest papers by cosine distance of the vectors. Row i of both arrays holds paper i's neighbours, nearest first,
 * without the paper itself: index `indices[i * k + r]` and cosine distance (0…2) `distances[i * k + r]`.
 */
export interface Neighbors {
  readonly k: number;
  readonly indices: Int32Array;
  readonly distances: Float32Array;
}

/** How faithful the map is; each measure is 0…1, higher is better. */
export interface Quality {
  /** Neighbourhood size used for all measures. */
  readonly k: number;
  /** Share of the k true neighbours that are among the k nearest on the map. */
  readonly neighborPreservation: number;
  /** Venna & Kaski 2001. */
  readonly trustworthiness: number;
  /** Trustworthiness with the two spaces exchanged (Venna & Kaski 2001). Absent in older files. */
  readonly continuity?: number;
  /** Number of papers measured (a sample when there are many). */
  readonly sampled: number;
}

/** How the vectors were made. */
export interface EncodeInfo {
  readonly model: string;
  readonly dtype: string;
  /** The device that ran the model: `wasm` or `webgpu`; absent in files written before there was a choice. */
  readonly device?: string;
  /** Dimensions of the model's vectors; a map may keep fewer, see {@link MapData.reduction}. */
  readonly dimensions: number;
  /** True if the model's files say that a prefix of its vectors can be used as vectors; otherwise absent. */
  readonly matryoshka?: boolean;
  /** Word pieces in one window. */
  readonly maxPieces: number;
}

/** How the layout was made. */
export interface ProjectInfo {
  readonly engine: string;
  readonly seed: number;
  readonly neighbors: number;
  readonly minDist: number;
  readonly spread: number;
  readonly epochs: number;
  /** The initial layout: `given` (the map by words), `pca` or `spectral`. Since 0.2, like the following fields. */
  readonly start?: string;
  readonly metric?: string;
  readonly centre?: boolean;
  /** Principal components used for distances; null: all columns. */
  readonly components?: number | null;
  readonly whiten?: boolean;
  readonly learningRate?: number;
  readonly negativeSampleRate?: number;
  readonly setOpMixRatio?: number;
  /** densMAP's parameters; null if it was not used. */
  readonly densMap?: { readonly lambda: number; readonly fraction: number; readonly varShift: number } | null;
  /** Dimensions of the layout in which topics were found; absent or null: the map itself. */
  readonly spaceDimensions?: number | null;
  /** True where the finished layout was turned, its islands moved and its ground stretched to fill a canvas of 16:10. */
  readonly filled?: boolean;
}

/** A map file's metadata, stored as JSON under the key `portolan`. Unknown keys are kept in `other`. */
export interface MapInfo {
  readonly version: number;
  readonly name: string;
  /** Source and licence of the texts, in words; null when unknown. */
  readonly origin: string | null;
  readonly created: string;
  readonly generator: string;
  readonly counts: {
    readonly records: number;
    readonly papers: number;
    readonly merged: number;
    readonly skipped: number;
  };
  readonly encode: EncodeInfo | null;
  readonly project: ProjectInfo | null;
  readonly quality: Quality | null;
  /** Keys that this version does not know, kept for the next writer. */
  readonly other: Readonly<Record<string, unknown>>;
}

/**
 * A complete map. All arrays are in paper order (n = papers.length). `positions`: n×2 interleaved, map units, y up, the
 * longer side −1…1.
 */
export interface MapData {
  readonly corpus: Corpus;
  readonly positions: Float32Array;
  readonly neighbors: Neighbors | null;
  readonly embedding: QuantizedMatrix | null;
  /** How the vectors were reduced; absent if they were not. Positions and neighbours use the reduced vectors. */
  readonly reduction?: Reduction;
  /** Vectors of the papers' sentences, reduced in the same way; absent when unknown, and in large maps. */
  readonly sentences?: SentenceVectors;
  /**
   * For each paper the share (0…1) of its k nearest papers that are also among its k nearest on the map, with the k of
   * `info.quality`; NaN for a paper without a vector. Null when not measured.
   */
  readonly preservation: Float32Array | null;
  /**
   * For each paper the most representative half-open ranges [start, end) of its text, flat pairs in UTF-16 units of the
   * raw text; an empty list when unknown.
   */
  readonly summaries: readonly (readonly number[])[] | null;
  /** Null when topics have not been computed. */
  readonly topics: TopicTree | null;
  /** Selections that a person has named; absent when there are none. */
  readonly selections?: readonly KeptSelection[];
  readonly info: MapInfo;
}

/** The newest map file version that this program reads and writes; its vectors may be reduced. */
export const MAP_FORMAT_VERSION = 2;
/** The version of a map that every reader of map files can open. */
export const FIRST_FORMAT_VERSION = 1;

/** Throws a RangeError when an array's length does not fit the number of papers. Returns `map` itself. */
export function checkMapData(map: MapData): MapData {
  const n = map.corpus.papers.length;
  expectLength('positions', map.positions.length, n * 2);
  for (const column of map.corpus.columns) expectLength(`column ${column.name}`, column.values.length, n);
  if (map.neighbors) {
    expectLength('neighbor indices', map.neighbors.indices.length, n * map.neighbors.k);
    expectLength('neighbor distances', map.neighbors.distances.length, n * map.neighbors.k);
  }
  if (map.embedding) expectLength('embedding', map.embedding.data.length, n * map.embedding.cols);
  if (map.reduction) expectLength('reduced vectors', map.embedding?.cols ?? 0, map.reduction.kept);
  if (map.sentences) {
    const { cols, starts, packed } = map.sentences;
    expectLength('sentence vectors', cols, map.embedding?.cols ?? 0);
    expectLength('papers with sentences', starts.length - 1, n);
    expectLength('bytes of sentences', packed.length, starts[n]);
  }
  if (map.preservation) expectLength('preservation', map.preservation.length, n);
  if (map.summaries) expectLength('summaries', map.summaries.length, n);
  if (map.topics) {
    expectLength('topic paths', map.topics.paths.length, n * map.topics.levels);
    expectLength('topic confidence', map.topics.confidence.length, n);
    expectLength('nearest topics', map.topics.nearest.length, n);
  }
  return map;
}

/**
 * A copy of `positions` (n×2, interleaved) in map units: centred on 0, the longer side −1…1, the aspect ratio kept.
 * When all positions are equal they become 0. A paper without a finite position keeps NaN and is ignored, so that
 * previews may have papers without a position.
 */
export function normalizeLayout(positions: Float32Array): Float32Array {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < positions.length; i += 2) {
    if (!isPlaced(positions, i)) continue;
    for (let axis = 0; axis < 2; axis++) {
      low[axis] = Math.min(low[axis], positions[i + axis]);
      high[axis] = Math.max(high[axis], positions[i + axis]);
    }
  }
  const half = Math.max(high[0] - low[0], high[1] - low[1]) / 2;
  const out = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 2) {
    const placed = isPlaced(positions, i);
    for (let axis = 0; axis < 2; axis++) {
      const middle = low[axis] + (high[axis] - low[axis]) / 2;
      const value = half > 0 ? (positions[i + axis] - middle) / half : 0;
      // Float32 rounding may exceed the range by one unit in the last place.
      out[i + axis] = placed ? Math.max(-1, Math.min(1, value)) : Number.NaN;
    }
  }
  return out;
}

/** How many of the n papers in `positions` (n×2) have no finite position. */
export function countUnplaced(positions: Float32Array | Float64Array): number {
  let unplaced = 0;
  for (let i = 0; i < positions.length; i += 2) if (!isPlaced(positions, i)) unplaced++;
  return unplaced;
}

function expectLength(what: string, got: number, expected: number): void {
  if (got !== expected) throw new RangeError(`${what}: expected ${expected} values, got ${got}`);
}

function isPlaced(positions: Float32Array | Float64Array, at: number): boolean {
  return Number.isFinite(positions[at]) && Number.isFinite(positions[at + 1]);
}
