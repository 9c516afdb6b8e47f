import type { ColumnValue } from '../model/paper.ts';
import type { TablePreview } from './read.api.ts';

/** A further column's name and its value in one record. A list, never an object: `__proto__` is a name like any other. */
export type ExtraValue = readonly [name: string, value: ColumnValue];

/** One record as its source has it, before merging. `title` and `text` are '' when missing. */
export interface RawRecord {
  readonly title: string;
  readonly text: string;
  readonly authors: string | null;
  /** As in `Paper.date`. */
  readonly date: string | null;
  readonly url: string | null;
  /** What the source calls it; not yet known to be unique. */
  readonly id: string | null;
  readonly extra: readonly ExtraValue[];
  /** First line, counted from 1. */
  readonly line: number;
}

/** Where the parser of one file hands in what it finds. Reasons are sentences for the user. */
export interface RecordSink {
  record(record: RawRecord): void;
  /** A record that is left out. `line` 0 is the file as a whole. */
  skip(line: number, reason: string): void;
  /** Something that was mended, or kept as it is. */
  warn(line: number, reason: string): void;
  table(preview: Omit<TablePreview, 'file'>): void;
}

/**
 * A parser that is fed a file's text piece by piece, with LF line ends and no byte order mark. Both methods throw
 * nothing but a StageError of stage `read`.
 */
export interface TextParser {
  push(text: string): void;
  end(): void;
}

/** A record of a title and a text alone. */
export function plainRecord(title: string, text: string, line: number): RawRecord {
  return { title, text, authors: null, date: null, url: null, id: null, extra: [], line };
}
