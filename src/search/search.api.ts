import type { HighlightTerm } from './highlight-terms.ts';
import type { Ranking } from './rank.ts';

/** What search reads of a paper. The worker takes raw text and cleans it, as it is embedded: no LaTeX, no links. */
export interface SearchPaper {
  readonly title: string;
  readonly text: string;
  /** Null or '' when not known. */
  readonly authors: string | null;
}

/** What a query found. `indices`: paper indexes, best first, with their `scores`; `total` may be more than they hold. */
export interface WordHits extends Ranking {
  /** What to highlight in a hit's title and text: see highlight.ts. */
  readonly terms: readonly HighlightTerm[];
  /** How many papers were searched: fewer than all while papers are still being sent. */
  readonly searched: number;
  /** Whether the index answered, which forgives typos and ranks best; else it was a plain scan. */
  readonly indexed: boolean;
}

export interface SearchOptions {
  /** Most hits to return, best first; default all. */
  readonly limit?: number;
}

/** What the search worker offers. `run` numbers the sets of papers: a call for another one than the last begun fails. */
export interface SearchApi {
  /** Drops all papers; those of set `run` follow. */
  begin(run: number): void;
  /** Takes in the next papers, which are found from now on. */
  add(run: number, papers: readonly SearchPaper[]): void;
  /** Builds the index, in slices between which searches are answered. */
  finish(run: number): Promise<void>;
  /** Searches the papers that have arrived. */
  search(run: number, query: string, limit: number): WordHits;
}
