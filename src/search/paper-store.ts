import { foldText } from './fold.ts';
import { searchableText } from './match-text.ts';
import { FIELDS, type Field } from './query.ts';
import type { SearchPaper } from './search.api.ts';

/** The searchable texts (see match-text.ts) of all papers, in paper order. About one byte a character. */
export interface PaperStore {
  /** How many papers there are. */
  readonly count: number;
  add(papers: readonly SearchPaper[]): void;
  /** The searchable text of one field of paper `paper`, 0 ≤ paper < count. */
  textOf(paper: number, field: Field): string;
}

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
 * How much an occurrence in each field counts. Measured on the seeds: the keyword queries have MRR 1 with any title
 * weight from 1 to 4; a paper sought by two words of its title 0.82 with 1, 0.88 with 2, 0.89 with 2.5, 0.92 with 4.
 */
export const FIELD_WEIGHTS: Readonly<Record<Field, number>> = { title: 2.5, text: 1, authors: 1 };
