import type { QuantizedMatrix } from '../model/matrix.ts';
import type { SentenceVectors } from '../model/sentence-vectors.ts';
import type { HighlightTerm } from './highlight.ts';
import type { SharedWord } from './shared-words.ts';

/** What search reads of a paper. The worker takes raw text and cleans it, as it is embedded: no LaTeX, no links. */
export interface SearchPaper {
  readonly title: string;
  readonly text: string;
  /** Null or '' when not known. */
  readonly authors: string | null;
}

/** Which halves answer: words, the vectors' meaning, or both fused. */
export type SearchMode = 'hybrid' | 'words' | 'meaning';

/** What is asked besides the text. */
export interface SearchOptions {
  /** Most hits to return, best first; default all. */
  readonly limit?: number;
  /** Default hybrid. */
  readonly mode?: SearchMode;
  /** The unit vector of the query's text (see {@link meaningText}); null, the default, while or where there is none. */
  readonly vector?: Float32Array | null;
  /** Paper indexes: more like these, less like those. They are no hits themselves. */
  readonly like?: readonly number[];
  readonly unlike?: readonly number[];
  /** For each paper 0 to leave it out before anything is searched; null, the default, for none. */
  readonly within?: Uint8Array | null;
}

/** {@link SearchOptions} and the text, with nothing left out: as they cross to the worker. */
export interface SearchRequest extends Required<SearchOptions> {
  readonly query: string;
}

/** What a query found. */
export interface SearchHits {
  /** Paper indexes, best first. */
  readonly indices: Int32Array;
  /** BM25 when words alone answered, the cosine when meaning alone did (see `NearestPapers.cosines`), else the fused score: see fuse.ts. */
  readonly scores: Float32Array;
  /** For each hit the bits BY_WORDS and BY_MEANING of fuse.ts. */
  readonly why: Uint8Array;
  /** How many papers are hits, which may be more than `indices` holds. */
  readonly total: number;
  /** No paper has all the words, so the hits by words have some. */
  readonly relaxed: boolean;
  /** What to highlight in a hit's title and text: see highlight.ts. */
  readonly terms: readonly HighlightTerm[];
  /** How many papers were searched: fewer than all while papers are still being sent. */
  readonly searched: number;
  /** Whether the index answered, which forgives typos and ranks best; else it was a plain scan. */
  readonly indexed: boolean;
  /** Up to ten papers nearest to the query's vector, with their cosines; null when meaning had no part in the answer. */
  readonly nearest: { readonly indices: Int32Array; readonly cosines: Float32Array } | null;
}

/** What the search worker offers. `run` numbers the sets of papers: a call for another one than the last begun fails. */
export interface SearchApi {
  /** Drops all papers; those of set `run` follow. */
  begin(run: number): void;
  /** Takes in the next papers, which are found from now on. */
  add(run: number, papers: readonly SearchPaper[]): void;
  /** Sets the papers' vectors, a row each, and their sentences', which need those; null for none. */
  setVectors(run: number, embedding: QuantizedMatrix | null, sentences: SentenceVectors | null): void;
  /** Builds the index, in slices between which searches are answered. */
  finish(run: number): Promise<void>;
  /** Searches the papers that have arrived. */
  search(run: number, request: SearchRequest): SearchHits;
  /** The words that two papers share, heaviest first; null while the index is being built. */
  sharedWords(run: number, a: number, b: number, limit: number): SharedWord[] | null;
}
