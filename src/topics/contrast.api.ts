import type { Selection } from '../model/selection.ts';
import type { Contrast } from './naming/contrast-terms.ts';
import type { Texts } from './naming/token-stream.ts';

/** Two sets of papers to tell apart. */
export interface ContrastRequest {
  readonly a: Selection;
  /** Null: all papers that are not in `a`. */
  readonly b: Selection | null;
}

/** The contrast worker, as the page sees it. It holds the phrases of one corpus. */
export interface ContrastApi {
  /** Reads the phrases of raw titles and texts, in place of all before. */
  read(texts: Texts): Promise<void>;
  /** What tells two sets of these papers apart. Throws `internal` when nothing was read before. */
  tellApart(request: ContrastRequest): Promise<Contrast>;
}
