import { StageError, toFailure } from '../model/failure.ts';
import type { FileReport } from '../model/read-report.ts';
import type { OpenInput } from './archives/expand.web.ts';
import { type Beside, whyLeftOut } from './beside.ts';
import { headOfBlob, streamBytes } from './bytes.web.ts';
import { type DecodeState, decodeText, decodingNotes, newDecodeState } from './decode.web.ts';
import { detectBinary, extensionOf, HEAD_LENGTH, headOf, rankFormats, textFormatNames } from './detect.web.ts';
import type { BinaryFormat, RecordSink, SeekableFormat, TextParser } from './format.ts';
import type { CorpusBuilder, FileIntake } from './merge.ts';
import type { FileOptions, FilePreview, ReadInput } from './read.api.ts';

interface FileTask {
  readonly options: FileOptions;
  readonly builder: CorpusBuilder;
  readonly beside: Beside;
  /** Whether a preview is enough. */
  readonly isLook: boolean;
  readonly onTaken: (bytes: number) => void;
}

/** What became of one file. */
interface FileResult {
  readonly intake: FileIntake;
  /** Null when nothing of it was read. */
  readonly report: FileReport | null;
  readonly preview: FilePreview;
  readonly failure: StageError | null;
}

/** Reads one file into the builder. Never throws: a file that cannot be read has a failure and one skipped note. */
export async function readFile(input: OpenInput, task: FileTask): Promise<FileResult> {
  const intake = task.builder.openFile(input.name);
  const state = newDecodeState();
  const feed = makeFeed(input.name, task, intake);
  let failure: StageError | null = null;
  let binary: BinaryFormat | SeekableFormat | null = null;
  try {
    needItsOwn(input.name, task);
    const blob = await input.open();
    binary = await detectBlob(input.name, blob);
    if (binary) await readBinary(binary, { name: input.name, blob }, task, intake);
    else await readText(blob, { task, intake, state, feed });
  } catch (error) {
    failure = error instanceof StageError ? error : internal(error);
    intake.skip(0, failure.failure.message);
  }
  const format = binary?.name ?? feed.found().format;
  const { encoding, replacedBytes } = state;
  for (const note of decodingNotes(state)) intake.warn(0, note);
  // A map among files of papers is skipped, and is not reported as one of their files.
  const isRead = format !== null && !(binary && intake.count() === 0);
  const report = { name: input.name, format: format ?? '', encoding, records: intake.count(), replacedBytes };
  const { lines, formats } = feed.found();
  const preview: FilePreview = {
    ...intake.preview(),
    file: input.name,
    format,
    formats: binary ? [binary.name] : formats,
    otherFormats: binary ? [] : textFormatNames().filter((each) => !formats.includes(each)),
    encoding: binary ? null : encoding,
    lines,
    skipLines: task.options.skipLines ?? 0,
    problem: failure?.failure.message ?? null,
  };
  return { intake, report: isRead ? report : null, preview, failure };
}

/** Throws the reason for leaving a file out because of those beside it, unless the user chose how to read it. */
function needItsOwn(name: string, { options, beside }: FileTask): void {
  const reason = options.format === undefined ? whyLeftOut(name, extensionOf(name), beside) : null;
  if (reason !== null) throw new StageError('bad-format', 'read', reason);
}

async function detectBlob(name: string, blob: Blob): Promise<BinaryFormat | SeekableFormat | null> {
  try {
    return detectBinary(await headOfBlob(extensionOf(name), blob));
  } catch {
    // The reader that consumes the rest will report the error.
    return null;
  }
}

async function readBinary(
  format: BinaryFormat | SeekableFormat,
  { name, blob }: ReadInput<Blob>,
  task: FileTask,
  intake: FileIntake,
): Promise<void> {
  const isFull = (): boolean => isEnough(task, intake);
  if ('readParts' in format) {
    const slice = (start: number, end: number): Promise<ArrayBuffer> => blob.slice(start, end).arrayBuffer();
    const watch = { isFull, onTaken: task.onTaken };
    await format.readParts({ byteLength: blob.size, slice }, intake, task.options, watch);
    return;
  }
  if (blob.size > format.maxBytes) {
    const limit = `${Math.floor(format.maxBytes / 1024 ** 2)} MB`;
    throw new StageError('too-large', 'read', `${format.label} is held whole: at most ${limit} can be read`);
  }
  await format.read(await blob.arrayBuffer(), intake, task.options, isFull, name);
}

interface TextTask {
  readonly task: FileTask;
  readonly intake: FileIntake;
  readonly state: DecodeState;
  readonly feed: Feed;
}

async function readText(blob: Blob, { task, intake, state, feed }: TextTask): Promise<void> {
  const onBroken = (reason: string): void => intake.warn(0, reason);
  const bytes = streamBytes(blob, { onTaken: task.onTaken, onBroken });
  let length = 0;
  for await (const text of decodeText(bytes, state, task.options.encoding)) {
    const piece = task.isLook ? text.slice(0, LOOK_LENGTH - length) : text;
    await feed.push(piece);
    length += piece.length;
    if (isEnough(task, intake) || (task.isLook && length >= LOOK_LENGTH)) break;
  }
  await feed.end();
}

/** Records and UTF-16 units read of a file for a preview; about the sample by which a table's columns are chosen. */
const LOOK_RECORDS = 200;
const LOOK_LENGTH = 524_288;

function isEnough({ builder, isLook }: FileTask, intake: FileIntake): boolean {
  return builder.isFull() || (isLook && intake.count() >= LOOK_RECORDS);
}

/** A text parser that may have to be loaded first. */
interface Feed {
  push(text: string): Promise<void>;
  end(): Promise<void>;
  /** The beginning of the text, and what it was detected to be. */
  found(): { readonly format: string | null; readonly formats: readonly string[]; readonly lines: readonly string[] };
}

/** Lines shown in the import dialog, and UTF-16 units of each. */
const PREVIEW_LINES = 20;
const PREVIEW_LINE = 500;

/** Holds a text back until its format can be detected, then passes it to the format's parser. */
function makeFeed(name: string, task: FileTask, intake: FileIntake): Feed {
  const { options, beside } = task;
  let head = '';
  let format: string | null = null;
  let formats: readonly string[] = [];
  let lines: readonly string[] = [];
  let parser: TextParser | null = null;
  let toSkip = options.skipLines ?? 0;

  async function start(whole: boolean): Promise<TextParser> {
    if (whole && head.trim() === '') throw new StageError('empty-input', 'read', 'this file is empty');
    lines = head.split('\n', PREVIEW_LINES).map((line) => line.slice(0, PREVIEW_LINE));
    const shape = headOf({ name, text: head, whole, ...beside });
    const ranked = rankFormats(shape, options.format);
    if (ranked.length === 0) throw new StageError('bad-format', 'read', 'this is no text that can be read');
    format = ranked[0].name;
    formats = ranked.map((each) => each.name);
    const makeParser = 'load' in ranked[0] ? await ranked[0].load() : ranked[0].makeParser;
    const made = makeParser(belowSkipped(intake, options.skipLines ?? 0), options, shape);
    made.push(head);
    head = '';
    return made;
  }

  /** `text` without the lines that are to be skipped at the beginning of the file. */
  function afterSkipped(text: string): string {
    let from = 0;
    while (toSkip > 0) {
      const end = text.indexOf('\n', from);
      if (end < 0) return '';
      from = end + 1;
      toSkip--;
    }
    return text.slice(from);
  }

  return {
    async push(text) {
      const rest = afterSkipped(text);
      if (parser) {
        parser.push(rest);
        return;
      }
      head += rest;
      if (head.length >= HEAD_LENGTH) parser = await start(false);
    },
    async end() {
      parser ??= await start(true);
      parser.end();
    },
    found: () => ({ format, formats, lines }),
  };
}

/** Lines are those of the file, although some at its beginning were not read. */
function belowSkipped(sink: RecordSink, skipped: number): RecordSink {
  if (skipped === 0) return sink;
  const below = (line: number): number => (line > 0 ? line + skipped : 0);
  return {
    ...sink,
    record: (record) => sink.record({ ...record, line: below(record.line) }),
    skip: (line, reason) => sink.skip(below(line), reason),
    warn: (line, reason) => sink.warn(below(line), reason),
  };
}

function internal(error: unknown): StageError {
  const { code, stage, message } = toFailure(error, 'read');
  return new StageError(code, stage, message, { cause: error });
}
