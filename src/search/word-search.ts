import { type HighlightTerm, highlightTerms } from './highlight.ts';
import { TEXT_END } from './match-text.ts';
import { makePaperStore, type PaperStore, scanPapers } from './paper-store.ts';
import { type Atom, parseQuery } from './query.ts';
import { type RankedPapers, type RankOptions, rankPapers } from './rank.ts';
import type { SearchPaper } from './search.api.ts';
import { type SharedWord, sharedWords } from './shared-words.ts';
import { makeWordIndexBuilder, type WordIndex } from './word-index.ts';

/** What a query found by words. */
export interface WordHits extends RankedPapers {
  /** What to highlight in a hit's title and text: see highlight.ts. */
  readonly terms: readonly HighlightTerm[];
  /** How many papers were searched: fewer than all while papers are still being sent. */
  readonly searched: number;
  /** Whether the index answered, which forgives typos and ranks best; otherwise a plain scan did. */
  readonly indexed: boolean;
}

/** Search by words over papers that may still be arriving: until the index is built, a plain scan answers. */
export interface WordSearch {
  readonly paperCount: number;
  /** Adds papers, which get the next indexes and can be found at once. O(characters). */
  add(papers: readonly SearchPaper[]): void;
  /** Continues building the index while `hasTime()`, asked after every paper; returns whether it is complete. */
  build(hasTime?: () => boolean): boolean;
  /** Any string is a query; an empty one finds nothing. See {@link parseQuery} and {@link rankPapers}. */
  search(query: string, options?: RankOptions): WordHits;
  /** The words that two papers' titles and texts share: see {@link sharedWords}. Null until the index is built. */
  sharedWords(a: number, b: number, limit: number): SharedWord[] | null;
}

/** A search without papers. */
export function makeWordSearch(): WordSearch {
  const store = makePaperStore();
  let builder = makeWordIndexBuilder(store);
  let index: WordIndex | null = null;
  const cached = makeScoreCache(() => `${index !== null} ${store.count}`);

  return {
    get paperCount() {
      return store.count;
    },
    add(papers) {
      store.add(papers);
      if (index === null) return;
      index = null;
      builder = makeWordIndexBuilder(store);
    },
    build(hasTime = () => true) {
      if (index !== null) return true;
      while (builder.indexed < store.count) {
        builder.addNext();
        if (!hasTime()) return false;
      }
      index = builder.finish();
      builder = makeWordIndexBuilder(store);
      return true;
    },
    search(query, options = {}) {
      const ready = index;
      const atoms = parseQuery(query);
      const searched = atoms.length === 0 ? 0 : store.count;
      const score = cached((atom, into) => (ready ? ready.score(atom, into) : scanPapers(store, atom, into)), searched);
      const ranking = rankPapers(atoms, searched, score, options);
      const told = atoms.filter((atom) => !ranking.common.has(atom));
      const terms = highlightTerms(told, (atom) => ready?.corrections(atom) ?? []);
      return { ...ranking, terms, searched: store.count, indexed: ready !== null };
    },
    sharedWords(a, b, limit) {
      if (index === null) return null;
      if (Math.max(a, b) >= store.count) return [];
      const [first, second] = [a, b].map((paper) => wholeText(store, paper));
      return sharedWords(first, second, { papers: store.count, papersWith: index.papersWith }, limit);
    },
  };
}

/** Title and text, without the joined compounds after each. */
function wholeText(store: PaperStore, paper: number): string {
  return (['title', 'text'] as const).map((field) => store.textOf(paper, field).split(TEXT_END)[0]).join('\n');
}

type Score = (atom: Atom, into: Float32Array) => void;

/**
 * Caches the scores of the newest query's atoms, since each keystroke changes only one of them. The cache is valid as
 * long as `stateOf()` stays the same.
 */
function makeScoreCache(stateOf: () => string): (score: Score, paperCount: number) => Score {
  let state = '';
  let before = new Map<string, Float32Array>();
  return (score, paperCount) => {
    if (stateOf() !== state) before.clear();
    state = stateOf();
    const known = before;
    before = new Map();
    return (atom, into) => {
      const key = JSON.stringify({ ...atom, excluded: false });
      const scores = known.get(key) ?? new Float32Array(paperCount);
      if (!known.has(key)) score(atom, scores);
      before.set(key, scores);
      for (let paper = 0; paper < paperCount; paper++) into[paper] += scores[paper];
    };
  };
}
