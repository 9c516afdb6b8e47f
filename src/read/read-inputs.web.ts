import { StageError, toFailure } from '../model/failure.ts';
import type { OnProgress } from '../model/progress.ts';
import type { FileReport, ReadNote, ReadReport } from '../model/read-report.ts';
import { streamBytes } from './bytes.web.ts';
import { settleDates, splitVectors } from './columns.ts';
import { takeParts } from './corpus-parts.ts';
import { type DecodeState, decodeText } from './decode.web.ts';
import { detectBinary, HEAD_LENGTH, makeParser } from './detect.web.ts';
import type { BinaryFormat, TextParser } from './format.ts';
import { MAX_NOTES } from './limits.ts';
import { type CorpusBuilder, type FileIntake, type MergeResult, makeCorpusBuilder } from './merge.ts';
import type { ReadApi, ReadInput, ReadOptions, TablePreview } from './read.api.ts';

/** What reading has found in all files so far. */
interface Findings {
  readonly skipped: ReadNote[];
  readonly warnings: ReadNote[];
  readonly files: FileReport[];
  readonly tables: TablePreview[];
  readonly failures: StageError[];
}

/**
 * The work of the read worker: reads all `inputs` in the order given into one corpus, and hands it over in parts,
 * freeing each. Files are streamed: besides the papers, only one piece of one file is in memory (except for a JSON file
 * whose top is not a list). A file that fails becomes one skipped note of line 0; the others are kept. Throws a
 * StageError only when there is no paper at all: the file's own error if there is one file, `empty-input` if there are
 * none or all are empty, otherwise `no-papers`. May return fewer papers than a map needs.
 */
export const readInputs: ReadApi<Blob>['read'] = async (inputs, options, receive, onProgress) => {
  const { mergeTitles, limit } = options;
  const builder = makeCorpusBuilder({
    ...(mergeTitles === undefined ? {} : { mergeTitles }),
    ...(limit === undefined ? {} : { limit }),
  });
  const findings: Findings = { skipped: [], warnings: [], files: [], tables: [], failures: [] };
  const report = makeReporter(inputs, onProgress);
  let before = 0;
  for (const input of inputs) {
    if (builder.isFull()) break;
    const start = before;
    await readFile(input, { options, builder, findings, onTaken: (bytes) => report(start + bytes) });
    before += input.blob.size;
    report(before);
  }
  const full = builder.isFull();
  const merged = builder.finish();
  const { records, corpus } = merged;
  if (full) findings.warnings.push({ file: '', line: 0, reason: `reading stopped at ${records} records, the maximum` });
  if (corpus.papers.length === 0) throw whyNothing(inputs, findings);
  const { columns, vectors, warnings } = splitVectors(corpus);
  findings.warnings.push(...warnings.slice(0, MAX_NOTES));
  const papers = [...corpus.papers];
  const readReport = makeReport(merged, findings);
  const tables = settleDates(papers, columns, findings.tables, options.dayOrder);
  for (const part of takeParts(papers, columns)) await receive(part);
  return { report: readReport, tables, vectors };
};

interface FileTask {
  readonly options: ReadOptions;
  readonly builder: CorpusBuilder;
  readonly findings: Findings;
  readonly onTaken: (bytes: number) => void;
}

async function readFile(input: ReadInput<Blob>, task: FileTask): Promise<void> {
  const { builder, findings } = task;
  const intake = builder.openFile(input.name);
  const state: DecodeState = { encoding: 'utf-8', replacedBytes: 0 };
  const binary = await detectBlob(input.blob);
  let format = binary?.name ?? null;
  try {
    if (binary) {
      await readBinary(binary, input.blob, task, intake);
    } else {
      const feed = makeFeed(input.name, task.options, intake);
      const onBroken = (reason: string): void => intake.warn(0, reason);
      const bytes = streamBytes(input.blob, { onTaken: task.onTaken, onBroken });
      for await (const text of decodeText(bytes, state)) {
        feed.push(text);
        format = feed.format();
        if (builder.isFull()) break;
      }
      feed.end();
      format = feed.format();
    }
  } catch (error) {
    const failure = error instanceof StageError ? error : internal(error);
    findings.failures.push(failure);
    intake.skip(0, failure.failure.message);
  }
  if (state.replacedBytes > 0) intake.warn(0, `${state.replacedBytes} bytes are no ${state.encoding}: each shows as �`);
  const { skipped, warnings } = intake.notes();
  findings.skipped.push(...skipped);
  findings.warnings.push(...warnings);
  findings.tables.push(...intake.tables);
  // A map among files of papers is skipped, and is not reported as one of their files.
  if (format === null || (binary && intake.count() === 0)) return;
  const { encoding, replacedBytes } = state;
  findings.files.push({ name: input.name, format, encoding, records: intake.count(), replacedBytes });
}

async function detectBlob(blob: Blob): Promise<BinaryFormat | null> {
  const bytesOf = async (part: Blob): Promise<Uint8Array> => new Uint8Array(await part.arrayBuffer());
  try {
    return detectBinary(await bytesOf(blob.slice(0, 4)), await bytesOf(blob.slice(-4)));
  } catch {
    // The reader that consumes the rest will report the error.
    return null;
  }
}

async function readBinary(format: BinaryFormat, blob: Blob, task: FileTask, intake: FileIntake): Promise<void> {
  if (blob.size > format.maxBytes) {
    const limit = `${format.maxBytes / 1024 ** 3} GB`;
    throw new StageError('too-large', 'read', `${format.label} is held whole: at most ${limit} can be read`);
  }
  await format.read(await blob.arrayBuffer(), intake, task.options, task.builder.isFull);
}

interface Feed extends TextParser {
  /** Null until enough text has arrived to detect it. */
  format(): string | null;
}

/** Holds a text back until its format can be detected, then passes it to the format's parser. */
function makeFeed(name: string, options: ReadOptions, intake: FileIntake): Feed {
  let head = '';
  let format: string | null = null;
  let parser: TextParser | null = null;

  function start(whole: boolean): TextParser {
    if (whole && head.trim() === '') throw new StageError('empty-input', 'read', 'this file is empty');
    const made = makeParser({ name, text: head, whole }, options, intake);
    format = made.format;
    made.parser.push(head);
    head = '';
    return made.parser;
  }

  return {
    push(text) {
      if (parser) {
        parser.push(text);
        return;
      }
      head += text;
      if (head.length >= HEAD_LENGTH) parser = start(false);
    },
    end() {
      parser ??= start(true);
      parser.end();
    },
    format: () => format,
  };
}

/** Reports progress in bytes of all files, in at most a hundred steps at least 256 kB apart. */
function makeReporter(inputs: readonly ReadInput<Blob>[], onProgress: OnProgress): (done: number) => void {
  const total = inputs.reduce((sum, input) => sum + input.blob.size, 0);
  const step = Math.max(total / 100, 256 * 1024);
  let next = 0;
  return (done) => {
    if (done < next && done < total) return;
    next = done + step;
    onProgress({ stage: 'reading', done, total, unit: 'bytes', leftMs: null });
  };
}

function makeReport({ corpus, records, groups, warnings }: MergeResult, findings: Findings): ReadReport {
  const papers = corpus.papers.length;
  return {
    records,
    papers,
    merged: records - papers,
    groups,
    skipped: findings.skipped,
    warnings: [...findings.warnings, ...warnings],
    files: findings.files,
  };
}

function whyNothing(inputs: readonly ReadInput<Blob>[], findings: Findings): StageError {
  if (inputs.length === 0) return new StageError('empty-input', 'read', 'there is no file and no text to read');
  const [failure] = findings.failures;
  if (failure && inputs.length === 1) return failure;
  if (
    findings.failures.length === inputs.length &&
    findings.failures.every((each) => each.failure.code === 'empty-input')
  ) {
    return new StageError('empty-input', 'read', `all ${inputs.length} files are empty`);
  }
  const [first] = findings.skipped;
  const where = first && first.line > 0 ? `, line ${first.line}` : '';
  const reason = first ? `${first.file}${where}: ${first.reason}` : 'only headers were found';
  const what = inputs.length === 1 ? 'this file holds no text' : `none of the ${inputs.length} files holds a text`;
  return new StageError('no-papers', 'read', `${what} that can be read: ${reason}`);
}

function internal(error: unknown): StageError {
  const { code, stage, message } = toFailure(error, 'read');
  return new StageError(code, stage, message, { cause: error });
}
