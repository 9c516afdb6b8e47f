import type { MapData } from '../model/map-data.ts';
import type { QuantizedMatrix } from '../model/matrix.ts';
import type { Reduction } from '../model/reduction.ts';
import type { TopicTree } from '../model/topics.ts';
import type { LayoutComparison } from '../project/measure/compare-layouts.ts';
import type { KeptChoice } from '../project/measure/kept-dimensions.ts';
import type { MapMeasures, MeasuredMap } from '../project/measure/measure-map.ts';
import type { Contrast, ContrastRequest } from '../topics/naming/contrast.ts';
import type { Texts } from '../topics/naming/token-stream.ts';
import type { TopicsInput } from '../topics/topic-session.ts';
import type { PaperNames } from './match-papers.ts';

/** A map to compare: its positions (n×2) and what identifies its papers. */
export interface ComparedMap extends PaperNames {
  readonly positions: Float32Array;
}

/** The vectors of a map. */
export type MapVectors = Pick<MapData, 'sentences'> & { readonly embedding: QuantizedMatrix };

/** Vectors with fewer dimensions, and their reduction. */
export interface ReducedVectors extends MapVectors {
  readonly reduction: Reduction;
}

/** The analysis worker, as the page sees it. It keeps the results of `findTopics`, `draftTopics` and `readPhrases` between calls. */
export interface AnalysisApi {
  /** Finds a map's clusters and candidates for names. @returns the phrases whose vectors would improve the names */
  findTopics(input: TopicsInput): Promise<readonly string[]>;
  /**
   * The topics found last. With `vectors` (phrases × d, row-major, in the order of `findTopics`' answer), phrases that
   * match the meaning of the topic's papers are preferred. Throws `worker-died` when this worker has found nothing,
   * since then another one did.
   */
  nameTopics(vectors: Float32Array | null): Promise<TopicTree>;
  /** Takes the next raw titles and texts of a map in the making, in order; see `DraftSession`. */
  addDraftTexts(texts: Texts): Promise<void>;
  /** Reads the phrases of those texts. */
  readDraft(): Promise<void>;
  /** The topics of a map in the making, by its papers' places and words; null while there are none. */
  draftTopics(positions: Float32Array): Promise<TopicTree | null>;
  /** Reads the phrases of raw titles and texts, replacing all earlier ones. */
  readPhrases(texts: Texts): Promise<void>;
  /** How two sets of these papers differ. Throws `internal` when no phrases were read before. */
  tellApart(request: ContrastRequest): Promise<Contrast>;
  /** Matches papers by `matchPapers` and compares by `compareLayouts`; null when the maps share too few papers. */
  compare(own: ComparedMap, other: ComparedMap): Promise<LayoutComparison | null>;
  /** See `measureMap`. */
  measure(map: MeasuredMap): Promise<MapMeasures>;
  /** See `surveyDimensions`. */
  surveyDimensions(embedding: QuantizedMatrix, onDone: (done: number, total: number) => void): Promise<KeptChoice[]>;
  /** Reduces vectors by a choice that `surveyDimensions` has measured on them. */
  reduceVectors(vectors: MapVectors, choice: KeptChoice): Promise<ReducedVectors>;
}
