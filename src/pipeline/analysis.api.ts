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

/** What is compared of a map: its places (n×2) and what its papers are recognised by. */
export interface ComparedMap extends PaperNames {
  readonly positions: Float32Array;
}

/** The vectors of a map. */
export type MapVectors = Pick<MapData, 'sentences'> & { readonly embedding: QuantizedMatrix };

/** Vectors with fewer dimensions, and how they were made. */
export interface ReducedVectors extends MapVectors {
  readonly reduction: Reduction;
}

/** The analysis worker, as the page sees it. Between calls it holds what `findTopics` found and `readPhrases` read. */
export interface AnalysisApi {
  /** Clusters of a map and candidates for their names. @returns the phrases whose vectors would tell better names */
  findTopics(input: TopicsInput): Promise<readonly string[]>;
  /**
   * The topics of what was found last. With `vectors` (phrases × d, row-major, in the order of `findTopics`' answer)
   * those phrases are preferred that mean what the topic's papers mean. Throws `worker-died` when nothing was found
   * before: then it was another worker that did.
   */
  nameTopics(vectors: Float32Array | null): Promise<TopicTree>;
  /** Reads the phrases of raw titles and texts, in place of all before. */
  readPhrases(texts: Texts): Promise<void>;
  /** What tells two sets of these papers apart. Throws `internal` when nothing was read before. */
  tellApart(request: ContrastRequest): Promise<Contrast>;
  /** Matches papers by `matchPapers` and compares by `compareLayouts`; null when too few are shared. */
  compare(own: ComparedMap, other: ComparedMap): Promise<LayoutComparison | null>;
  /** See `measureMap`. */
  measure(map: MeasuredMap): Promise<MapMeasures>;
  /** See `surveyDimensions`. */
  surveyDimensions(embedding: QuantizedMatrix, onDone: (done: number, total: number) => void): Promise<KeptChoice[]>;
  /** The vectors by a choice that `surveyDimensions` has measured on them. */
  reduceVectors(vectors: MapVectors, choice: KeptChoice): Promise<ReducedVectors>;
}
