import type { QuantizedMatrix } from '../model/matrix.ts';
import type { SentenceVectors } from '../model/sentence-vectors.ts';
import type { HighlightTerm } from './highlight.ts';
import type { SharedWord } from './shared-words.ts';

/** What search reads of a paper: raw text, which the worker cleans as for embedding (no LaTeX, no links). */
export interface SearchPaper {
  readonly title: string;
  readonly text: string;
  /** Null or '' when not known. */
  readonly authors: string | null;
}

/** How papers are found: by words, by meaning (their vectors), or by both fused. */
export type SearchMode = 'hybrid' | 'words' | 'meaning';

/** What a search takes besides its text. */
export interface SearchOptions {
  /** Most hits to return, best first; default all. */
  readonly limit?: number;
  /** Default hybrid. */
  readonly mode?: SearchMode;
  /** The unit vector of the query's text (see {@link meaningText}); null, the default, when there is none (yet). */
  readonly vector?: Float32Array | null;
  /** Paper indexes: hits should resemble these and not those of `unlike`. None of them is a hit. */
  readonly like?: readonly number[];
  readonly unlike?: readonly number[];
  /** Whether `vector` is still to come, so that weak hits by words alone wait for it. */
  readonly isPending?: boolean;
  /** For each paper 0 to leave it out of the search; null, the default, leaves none out. */
  readonly within?: Uint8Array | null;
}

/** The text and all {@link SearchOptions}, as they cross to the worker. */
export interface SearchRequest extends Required<SearchOptions> {
  readonly query: string;
}

/** What a query found. */
export interface SearchHits {
  /** Paper indexes, best first. */
  readonly indices: Int32Array;
  /** BM25 by words alone, the cosine by meaning alone (see `NearestPapers.cosines`), otherwise fused (see fuse.ts). */
  readonly scores: Float32Array;
  /** For each hit the bits BY_WORDS and BY_MEANING of fuse.ts. */
  readonly why: Uint8Array;
  /** How many papers are hits, which may be more than `indices` holds. */
  readonly total: number;
  /** Whether no paper has all the words, so that the hits by words have only some. */
  readonly relaxed: boolean;
  /** What to highlight in a hit's title and text: see highlight.ts. */
  readonly terms: readonly HighlightTerm[];
  /** How many papers were searched: fewer than all while papers are still being sent. */
  readonly searched: number;
  /** Whether the index answered, which forgives typos and ranks best; otherwise a plain scan did. */
  readonly indexed: boolean;
  /** Whether the hits by meaning end where random texts come as near to papers. */
  readonly endsAtChance: boolean;
  /**
   * Up to ten papers nearest to the query's vector, with their cosines, and nearer than chance; null when meaning was
   * not used.
   */
  readonly nearest: { readonly indices: Int32Array; readonly cosines: Float32Array } | null;
}

/** The search worker's calls. `run` numbers the sets of papers: a call for any set but the last begun fails. */
export interface SearchApi {
  /** Drops all papers; those of set `run` follow. */
  begin(run: number): void;
  /** Adds the next papers, which can be found from now on. */
  add(run: number, papers: readonly SearchPaper[]): void;
  /** Sets the vectors of the papers, a row each, and of their sentences, which need the former; null for none. */
  setVectors(run: number, embedding: QuantizedMatrix | null, sentences: SentenceVectors | null): void;
  /**
   * Learns by the vectors of texts without sense how near the papers are to anything; until then hits by meaning have no
   * floor, and none after `setVectors`. In slices, between which searches are answered.
   */
  learnChance(run: number, vectors: readonly Float32Array[]): Promise<void>;
  /** Builds the index, in slices between which searches are answered. */
  finish(run: number): Promise<void>;
  /** Searches the papers that have arrived. */
  search(run: number, request: SearchRequest): SearchHits;
  /** The words that two papers share, heaviest first; null while the index is being built. */
  sharedWords(run: number, a: number, b: number, limit: number): SharedWord[] | null;
}
