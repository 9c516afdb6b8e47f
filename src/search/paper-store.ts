import { foldText } from './fold.ts';
import { makeCounter, searchableText } from './match-text.ts';
import { type Atom, FIELDS, type Field } from './query.ts';
import type { SearchPaper } from './search.api.ts';

/** The searchable texts (see match-text.ts) of all papers, in paper order. About one byte per character. */
export interface PaperStore {
  /** Number of papers. */
  readonly count: number;
  add(papers: readonly SearchPaper[]): void;
  /** The searchable text of one field of paper `paper`, 0 ≤ paper < count. */
  textOf(paper: number, field: Field): string;
}

/**
 * Weight of an occurrence in each field. Measured on the seeds: the keyword queries have MRR 1 with any title weight
 * from 1 to 4; queries for a paper by two words of its title have 0.82 with 1, 0.88 with 2, 0.89 with 2.5, 0.92 with 4.
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
 * Adds to `into[paper]` how strongly each paper of the store matches `atom`, by reading all texts. Used until the index
 * is ready; finds the same papers, except by corrected typos. O(characters): 10,000 papers take some 10 ms.
 */
export function scanPapers(store: PaperStore, atom: Atom, into: Float32Array): void {
  const count = makeCounter(atom, MAX_COUNT);
  for (const field of FIELDS) {
    if (atom.field !== null && atom.field !== field) continue;
    for (let paper = 0; paper < store.count; paper++) {
      const text = store.textOf(paper, field);
      const found = count(text);
      // Longer texts count less, as in BM25, relative to an assumed mean length: the true one is not known yet.
      if (found > 0) into[paper] += (FIELD_WEIGHTS[field] * found) / (0.3 + text.length / USUAL_LENGTH[field]);
    }
  }
}

/** Counting stops at this number of occurrences: speed matters more, since the index will soon rank better. */
const MAX_COUNT = 1;
/** Mean characters of a field in the seeds, divided by 0.7. */
const USUAL_LENGTH = { title: 110, text: 1700, authors: 60 } as const;
