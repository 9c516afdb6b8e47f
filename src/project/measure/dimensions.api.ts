import type { QuantizedMatrix } from '../../model/matrix.ts';
import type { Reduction } from '../../model/reduction.ts';
import type { SentenceVectors } from '../../model/sentence-vectors.ts';
import type { KeptChoice } from './kept-dimensions.ts';

/** What a map has of vectors. */
export interface VectorsOfMap {
  readonly embedding: QuantizedMatrix;
  readonly sentences?: SentenceVectors;
}

/** Vectors that were made shorter, and how. */
export interface ReducedVectors extends VectorsOfMap {
  readonly reduction: Reduction;
}

/** What the worker that shortens vectors offers. It holds nothing between calls. */
export interface DimensionsApi {
  /** See `surveyDimensions`. */
  survey(embedding: QuantizedMatrix, onDone: (done: number, total: number) => void): Promise<KeptChoice[]>;
  /** By a choice that was measured on these vectors. */
  reduce(vectors: VectorsOfMap, choice: KeptChoice): Promise<ReducedVectors>;
}
