import type { ByteSource } from '../model/map-file/table/footer.ts';
import type { ColumnValue } from '../model/paper.ts';
import { MAX_RECORD_LENGTH } from './limits.ts';
import type { FileOptions, FilePreview, TablePreview } from './read.api.ts';

/** The beginning of a file's text, by which its format is recognised. */
export interface TextHead {
  /** The file's name with its folders, as in `ReadInput`. */
  readonly name: string;
  /** The file's extension in lower case, ignoring `.gz`: `csv` for `a/Papers.CSV.gz`; '' without one. */
  readonly extension: string;
  readonly text: string;
  /** The first 500 characters after leading blanks. */
  readonly start: string;
  /** Whether `text` is the whole file. */
  readonly whole: boolean;
  /** How many other files with this extension were given together with this one. */
  readonly companions: number;
  /** How many other files given together with this one are of a kind that holds one text a file, as `.md` and `.pdf`. */
  readonly documents: number;
}

/** The beginning and end of a file's bytes, by which a binary format is recognised. */
export interface BinaryHead {
  /** As in {@link TextHead}. */
  readonly extension: string;
  /** Up to 4 kB. */
  readonly first: Uint8Array;
  /** Up to 64 kB: the table of contents of most ZIP files. */
  readonly last: Uint8Array;
}

/**
 * How sure a format is that a file is its own, 0…1: 1 for a signature that nothing else has, .9 for a shape that hardly
 * anything else has, .6 for a likely shape, .5 for the file's extension alone, .1 for what anything could be, 0 for no.
 */
export type Score = number;

/** Makes a parser for a whole text. It may inspect `head` but must not consume it: the first piece contains it again. */
export type ParserMaker = (sink: RecordSink, options: FileOptions, head: TextHead) => TextParser;

/** How a text format is recognised. */
interface TextSignature {
  /** The name in reports. */
  readonly name: string;
  /** How surely a file that begins with `head` has this format. */
  score(head: TextHead): Score;
}

/** A text format, read in pieces. To add one, write it and list it in `detect.web.ts`. */
export interface TextFormat extends TextSignature {
  readonly makeParser: ParserMaker;
}

/** A text format whose parser is large, so that it is loaded only when a file needs it. */
export interface LazyTextFormat extends TextSignature {
  /** Imports the parser. */
  load(): Promise<ParserMaker>;
}

/** A binary format, whose files are held in memory whole. */
export interface BinaryFormat {
  readonly name: string;
  /** The name of such a file in a sentence, with its article. */
  readonly label: string;
  readonly maxBytes: number;
  /** Whether a file has this format. */
  matches(head: BinaryHead): boolean;
  /**
   * Reads a whole file. Throws a StageError of stage `read`.
   * @param isFull asked before each record; true when no more are wanted
   * @param name as in `ReadInput`
   */
  read(bytes: ArrayBuffer, sink: RecordSink, options: FileOptions, isFull: () => boolean, name: string): Promise<void>;
}

/** Asked and told while a file is read in parts. */
export interface ReadWatch {
  /** Whether no more records are wanted; asked before each. */
  isFull(): boolean;
  /** Tells how many bytes have been read so far. */
  onTaken(bytes: number): void;
}

/** A binary format of which only parts are held, so that a file may be larger than the memory. */
export interface SeekableFormat extends Omit<BinaryFormat, 'maxBytes' | 'read'> {
  /** Reads a file from its beginning to its end. Throws a StageError of stage `read`. */
  readParts(source: ByteSource, sink: RecordSink, options: FileOptions, watch: ReadWatch): Promise<void>;
}

/** One value of a row as a reader finds it: a list of words stays a list, a vector stays numbers. */
export type Cell = ColumnValue | readonly string[] | Float32Array | Float64Array;

/** A further column's name and value in one record. A tuple, so that `__proto__` is a name like any other. */
export type ExtraValue = readonly [name: string, value: Cell];

/** One record of the source before merging. `title` and `text` are '' when missing. */
export interface RawRecord {
  readonly title: string;
  readonly text: string;
  readonly authors: string | null;
  /** As in `Paper.date`. */
  readonly date: string | null;
  readonly url: string | null;
  /** The source's own id, not yet known to be unique. */
  readonly id: string | null;
  readonly extra: readonly ExtraValue[];
  /** First line, counted from 1. */
  readonly line: number;
}

/** Receives what the parser of one file finds. Reasons are sentences for the user. */
export interface RecordSink {
  record(record: RawRecord): void;
  /** Reports a record that is left out. `line` 0 means the whole file. */
  skip(line: number, reason: string): void;
  /** Reports something that was mended, or kept as it is. */
  warn(line: number, reason: string): void;
  /** Tells how the columns of this file are used; at most once for each file. */
  table(preview: TablePreview): void;
  /** Tells which parts of the file could be read, and which one is. */
  parts(found: Partial<Pick<FilePreview, 'sheets' | 'lists' | 'part'>>): void;
}

/**
 * A parser that takes a file's text in pieces, with LF line ends and no byte order mark. Both methods throw only
 * StageErrors of stage `read`.
 */
export interface TextParser {
  push(text: string): void;
  end(): void;
}

/** A parser that takes whole lines without their line ends; `number` counts from 1. */
interface LineParser {
  line(text: string, number: number): void;
  /** Called instead of `line` for a line over {@link MAX_RECORD_LENGTH}, which is not held. Default: skips it. */
  tooLong?(number: number): void;
  end?(): void;
}

/** Text that grows by pieces up to {@link MAX_RECORD_LENGTH}; beyond that, only its length is kept. */
export interface RecordBuffer {
  readonly length: number;
  add(text: string): void;
  /** Returns the text, or null when it is too long, and empties the buffer. */
  take(): string | null;
}

/** Why a line over {@link MAX_RECORD_LENGTH} is skipped. */
export const TOO_LONG_LINE = `this line is longer than ${MAX_RECORD_LENGTH.toLocaleString('en')} characters`;

/** A record that has only a title and a text. */
export function plainRecord(title: string, text: string, line: number): RawRecord {
  return { title, text, authors: null, date: null, url: null, id: null, extra: [], line };
}

/** Makes an empty buffer. */
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

/** Splits text that arrives in pieces into lines. The last line may lack a line end; an empty last line is ignored. */
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
