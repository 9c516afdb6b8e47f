import type { Noun } from './noun.ts';

/** Where a record was read: the file's name (or `pasted text`) and its first line, counted from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
}

/**
 * One paper. Title and text are the source's own characters, never a cleaned copy. Papers are referred to by index in
 * the corpus; `id` is the source's name for it, unique within the corpus.
 */
export interface Paper {
  readonly id: string;
  /** '' when the source has no titles. */
  readonly title: string;
  /** '' when the source has only a title. */
  readonly text: string;
  /** As the source writes them: names, or a count such as `10 authors`. */
  readonly authors: string | null;
  /** ISO 8601 as far as known: `2023-03-26`, `2023-03`, `2023`, or `--07-25` when the year is unknown. */
  readonly date: string | null;
  /** An http(s) address, or null. */
  readonly url: string | null;
  /** Every place where this paper was read, in reading order; never empty. */
  readonly sources: readonly Source[];
}

/** One cell of a column; null for none. */
export type ColumnValue = string | number | boolean | null;

/** A further column of the source: one value for each paper, in the papers' order. */
export interface Column {
  readonly name: string;
  readonly values: readonly ColumnValue[];
  /** Whether each value is a list, its items joined as `list-values.ts` says. */
  readonly isList?: true;
}

/** Papers in index order. They are never reordered after reading. */
export interface Corpus {
  readonly papers: readonly Paper[];
  readonly columns: readonly Column[];
  /** What the texts are called; absent in map files written before 0.2: papers. */
  readonly noun?: Noun;
}

/** A map needs at least this many papers: the positions of two would say nothing. */
export const MIN_PAPERS = 3;

/** The year of an ISO 8601 date, null when it has none. */
export function yearOf(date: string | null): number | null {
  const match = /^\d{4}/u.exec(date ?? '');
  return match ? Number(match[0]) : null;
}
