import type { ColumnValue } from '../model/paper.ts';
import { MAX_RECORD_LENGTH } from './limits.ts';
import type { ReadOptions, TablePreview } from './read.api.ts';

/** The beginning of a file's text, by which its format is recognised. */
export interface TextHead {
  /** The last part of the file's name, in lower case and without `.gz`: `csv` for `a/Papers.CSV.gz`; '' without one. */
  readonly extension: string;
  readonly text: string;
  /** The first 500 characters that follow blanks. */
  readonly start: string;
  /** Whether `text` is the whole file. */
  readonly whole: boolean;
}

/** A format whose files are text, which is read in pieces. To add one, write it and enter it in `detect.web.ts`. */
export interface TextFormat {
  /** As reports name it. */
  readonly name: string;
  /** Whether a file that begins so is of this format. */
  matches(head: TextHead): boolean;
  /** A parser for the whole text; `head` is only looked at, and comes again with the first piece. */
  makeParser(sink: RecordSink, options: ReadOptions, head: TextHead): TextParser;
}

/** A format whose files are no text: they are held whole. */
export interface BinaryFormat {
  readonly name: string;
  /** What to call such a file in a sentence, with its article. */
  readonly label: string;
  readonly maxBytes: number;
  /** Whether a file with these first and last bytes, four of each at most, is of this format. */
  matches(first: Uint8Array, last: Uint8Array): boolean;
  /**
   * Reads all of a file. Throws a StageError of stage `read`.
   * @param isFull asked before each record: whether no more are wanted
   */
  read(bytes: ArrayBuffer, sink: RecordSink, options: ReadOptions, isFull: () => boolean): Promise<void>;
}

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

/** A parser that is fed whole lines, without their line ends; `number` counts from 1. */
interface LineParser {
  line(text: string, number: number): void;
  /** Called in place of `line` for one over {@link MAX_RECORD_LENGTH}, whose text was never held. Default: it is skipped. */
  tooLong?(number: number): void;
  end?(): void;
}

/** Text that grows by pieces up to {@link MAX_RECORD_LENGTH}: of a longer one only the length is known. */
export interface RecordBuffer {
  readonly length: number;
  add(text: string): void;
  /** All of the text, or null when it is too long. The buffer is empty afterwards. */
  take(): string | null;
}

/** The reason that a line over {@link MAX_RECORD_LENGTH} is skipped for. */
export const TOO_LONG_LINE = `this line is longer than ${MAX_RECORD_LENGTH.toLocaleString('en')} characters`;

/** A record of a title and a text alone. */
export function plainRecord(title: string, text: string, line: number): RawRecord {
  return { title, text, authors: null, date: null, url: null, id: null, extra: [], line };
}

/** An empty buffer. */
export function makeRecordBuffer(): RecordBuffer {
  let pieces: string[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(text) {
      length += text.length;
      if (length > MAX_RECORD_LENGTH) pieces = [];
      else pieces.push(text);
    },
    take() {
      const text = length > MAX_RECORD_LENGTH ? null : pieces.join('');
      pieces = [];
      length = 0;
      return text;
    },
  };
}

/** Cuts text that arrives in pieces into lines. A last line without a line end counts, an empty one does not. */
export function makeLineFeed(sink: RecordSink, parser: LineParser): TextParser {
  const buffer = makeRecordBuffer();
  let number = 1;

  function finishLine(): void {
    const line = buffer.take();
    if (line !== null) parser.line(line, number);
    else if (parser.tooLong) parser.tooLong(number);
    else sink.skip(number, TOO_LONG_LINE);
    number++;
  }

  return {
    push(text) {
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        buffer.add(text.slice(from, at));
        finishLine();
        from = at + 1;
      }
      if (from < text.length) buffer.add(text.slice(from));
    },
    end() {
      if (buffer.length > 0) finishLine();
      parser.end?.();
    },
  };
}
