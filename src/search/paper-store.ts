import { foldText } from './fold.ts';
import { makeCounter, searchableText } from './match-text.ts';
import { type Atom, FIELDS, type Field } from './query.ts';
import type { SearchPaper } from './search.api.ts';

/** The searchable texts (see match-text.ts) of all papers, in paper order. About one byte a character. */
export interface PaperStore {
  /** How many papers there are. */
  readonly count: number;
  add(papers: readonly SearchPaper[]): void;
  /** The searchable text of one field of paper `paper`, 0 ≤ paper < count. */
  textOf(paper: number, field: Field): string;
}

/**
 * How much an occurrence in each field counts. Measured on the seeds: the keyword queries have MRR 1 with any title
 * weight from 1 to 4; a paper sought by two words of its title 0.82 with 1, 0.88 with 2, 0.89 with 2.5, 0.92 with 4.
 */
export const FIELD_WEIGHTS: Readonly<Record<Field, number>> = { title: 2.5, text: 1, authors: 1 };

/** An empty store. */
export function makePaperStore(): PaperStore {
  const texts: Record<Field, string[]> = { title: [], text: [], authors: [] };
  return {
    get count() {
      return texts.title.length;
    },
    add(papers) {
      for (const paper of papers) {
        for (const field of FIELDS) texts[field].push(searchableText(foldText(paper[field] ?? '')));
      }
    },
    textOf: (paper, field) => texts[field][paper],
  };
}

/**
 * Adds to `into[paper]` how strongly each paper of the store matches `atom`, by reading all texts: the same papers as
 * the index finds, but for typos. For the time until the index is ready. O(characters): 10,000 papers take some 10 ms.
 */
export function scanPapers(store: PaperStore, atom: Atom, into: Float32Array): void {
  const count = makeCounter(atom, MAX_COUNT);
  for (const field of FIELDS) {
    if (atom.field !== null && atom.field !== field) continue;
    for (let paper = 0; paper < store.count; paper++) {
      const text = store.textOf(paper, field);
      const found = count(text);
      // Longer texts count less, as in BM25, relative to an assumed average: the true one is not known while papers arrive.
      if (found > 0) into[paper] += (FIELD_WEIGHTS[field] * found) / (0.3 + text.length / USUAL_LENGTH[field]);
    }
  }
}

/** Occurrences after which counting stops: the index will soon rank better, now speed counts. */
const MAX_COUNT = 1;
/** Characters, times 1 / 0.7: titles and abstracts as the seeds have them. */
const USUAL_LENGTH = { title: 110, text: 1700, authors: 60 } as const;
