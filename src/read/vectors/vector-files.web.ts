import { StageError } from '../../model/failure.ts';
import type { FileReport, ReadNote } from '../../model/read-report.ts';
import type { OpenInput } from '../archives/expand.web.ts';
import { streamBytes } from '../bytes.web.ts';
import { decodeText, newDecodeState } from '../decode.web.ts';
import { extensionOf } from '../detect.web.ts';
import { type ExtraValue, makeLineFeed, type RawRecord } from '../format.ts';
import { MAX_ARRAY_BYTES } from '../limits.ts';
import type { CorpusBuilder, FileIntake } from '../merge.ts';
import type { FileOptions } from '../read.api.ts';
import { isNpy, type NumberRows, parseNpy } from './npy.ts';
import { dividerOf, makeNumberCollector } from './number-table.ts';
import { projectorOptions } from './projector.web.ts';
import { MIN_DIMENSIONS } from './vector-text.ts';

/** Files of numbers that belong, row by row, to the records of the files beside them. */
export interface VectorFiles {
  /** The files that hold records. */
  readonly others: readonly OpenInput[];
  readonly reports: readonly FileReport[];
  readonly skipped: readonly ReadNote[];
  /** Further options for a file of records, which the user's own precede. */
  optionsFor(input: OpenInput): Promise<FileOptions>;
  /** A builder that gives each record of the file `name` its row, as further columns. */
  join(builder: CorpusBuilder, name: string): CorpusBuilder;
  /** What could not be joined, and the names of columns that hold rows of others. Call it after all files are read. */
  end(isFull: boolean): { readonly notes: readonly ReadNote[]; readonly wrong: ReadonlySet<string> };
}

/** One file of rows, and how far they have been given to records. */
interface Block extends NumberRows {
  readonly file: string;
  /** Its name in the columns. */
  readonly column: string;
  readonly isText: boolean;
  /** The files whose records have these rows, in order. */
  readonly targets: ReadonlySet<string>;
  next: number;
}

/**
 * Takes out the files of vectors, where others hold records: NumPy arrays (also of an .npz archive), and tables of
 * numbers without names, as TensorBoard's Projector has them. A file's rows belong to the file of the same name, else
 * to those of its folder, else to all, in their order. Vectors alone stay where they are, and are refused with a sentence.
 * @param isLook whether only the beginnings of files are wanted, without vectors
 */
export async function takeVectorFiles(inputs: readonly OpenInput[], isLook: boolean): Promise<VectorFiles> {
  const kinds = inputs.length > 1 ? await Promise.all(inputs.map(kindOf)) : [];
  const others = inputs.filter((_, i) => !kinds[i]);
  if (others.length === 0 || others.length === inputs.length) return noVectorFiles(inputs);
  if (isLook) return noVectorFiles(others);
  const blocks: Block[] = [];
  const skipped: ReadNote[] = [];
  for (const [i, input] of inputs.entries()) {
    const kind = kinds[i];
    if (!kind) continue;
    try {
      const rows = await readRows(input, kind);
      const targets = targetsOf(input.name, others);
      blocks.push({
        ...rows,
        file: input.name,
        column: baseName(input.name),
        isText: kind !== 'npy',
        targets,
        next: 0,
      });
    } catch (error) {
      if (!(error instanceof StageError)) throw error;
      skipped.push({ file: input.name, line: 0, reason: error.failure.message });
    }
  }
  const reports = blocks.map(({ file, isText, rows }) => reportOf(file, isText, rows));
  return {
    others,
    reports,
    skipped,
    optionsFor: async (input) =>
      blocks.some(({ isText, targets }) => isText && targets.has(input.name)) ? projectorOptions(input) : {},
    join: (builder, name) =>
      joinRows(
        builder,
        blocks.filter(({ targets }) => targets.has(name)),
      ),
    end: (isFull) => endOf(blocks, isFull),
  };
}

function noVectorFiles(others: readonly OpenInput[]): VectorFiles {
  return {
    others,
    reports: [],
    skipped: [],
    optionsFor: () => Promise.resolve({}),
    join: (builder) => builder,
    end: () => ({ notes: [], wrong: new Set() }),
  };
}

type Kind = 'npy' | { readonly divider: string };

const SNIFFED = 65_536;

/** Whether a file holds vectors alone. */
async function kindOf(input: OpenInput): Promise<Kind | null> {
  const extension = extensionOf(input.name);
  if (!['npy', 'tsv', 'tab', 'csv', 'txt', 'dat', 'bytes'].includes(extension)) return null;
  // Many files of texts are not opened twice.
  if (extension === 'txt' && !/vec|emb|feat/iu.test(baseName(input.name))) return null;
  try {
    const blob = await input.open();
    const first = new Uint8Array(await blob.slice(0, 16).arrayBuffer());
    if (isNpy(first)) return 'npy';
    const bytes = streamBytes(blob, { onTaken: () => undefined, onBroken: () => undefined });
    let text = '';
    let whole = true;
    for await (const piece of decodeText(bytes, newDecodeState())) {
      text += piece;
      whole = text.length < SNIFFED;
      if (!whole) break;
    }
    const divider = dividerOf({ text: text.slice(0, SNIFFED), whole });
    return divider === null ? null : { divider };
  } catch {
    // The reader of records will report the error.
    return null;
  }
}

async function readRows(input: OpenInput, kind: Kind): Promise<NumberRows> {
  const blob = await input.open();
  if (kind === 'npy') {
    if (blob.size <= MAX_ARRAY_BYTES) return parseNpy(await blob.arrayBuffer());
    const limit = `${Math.floor(MAX_ARRAY_BYTES / 1024 ** 2)} MB`;
    throw new StageError('too-large', 'read', `a NumPy array is held whole: at most ${limit} can be read`);
  }
  const collector = makeNumberCollector(kind.divider);
  const tooLong = (line: number): void => collector.line('a line that is too long', line);
  const feed = makeLineFeed(
    { skip: tooLong, record: nothing, warn: nothing, table: nothing, parts: nothing },
    collector,
  );
  const bytes = streamBytes(blob, { onTaken: nothing, onBroken: nothing });
  for await (const text of decodeText(bytes, newDecodeState())) feed.push(text);
  feed.end();
  return collector.end();
}

function nothing(): void {}

function targetsOf(name: string, others: readonly OpenInput[]): ReadonlySet<string> {
  const same = (key: (path: string) => string): OpenInput[] => others.filter((each) => key(each.name) === key(name));
  const stem = (path: string): string => path.replace(/(?:\.[a-z0-9]{1,8}){1,2}$/iu, '').toLowerCase();
  const folder = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const found = [same(stem), same(folder), others].find((files) => files.length > 0) ?? [];
  return new Set(found.map((each) => each.name));
}

function reportOf(name: string, isText: boolean, records: number): FileReport {
  return { name, format: isText ? 'vectors' : 'npy', encoding: '', records, replacedBytes: 0 };
}

/** What is said of a record that is left out counts as a row too, since its row is there. */
function joinRows(builder: CorpusBuilder, blocks: readonly Block[]): CorpusBuilder {
  if (blocks.length === 0) return builder;
  const step = (): void => {
    for (const block of blocks) block.next++;
  };
  return {
    ...builder,
    openFile(name) {
      const intake = builder.openFile(name);
      const joined: FileIntake = {
        ...intake,
        record(record) {
          intake.record(withRows(record, blocks));
          step();
        },
        skip(line, reason) {
          intake.skip(line, reason);
          if (line > 0) step();
        },
      };
      return joined;
    },
  };
}

function withRows(record: RawRecord, blocks: readonly Block[]): RawRecord {
  const extra = blocks.flatMap(({ rows, cols, data, next, column }): ExtraValue[] => {
    if (next >= rows) return [];
    const row = data.subarray(next * cols, (next + 1) * cols);
    if (cols >= MIN_DIMENSIONS) return [[column, row]];
    return columnsOf(column, cols).map((name, i) => [name, Number.isFinite(row[i]) ? row[i] : null]);
  });
  return { ...record, extra: [...record.extra, ...extra] };
}

/** Two numbers are a place, fewer or more are columns. */
function columnsOf(column: string, cols: number): string[] {
  if (cols === 1) return [column];
  const suffixes = cols === 2 ? ['place x', 'place y'] : Array.from({ length: cols }, (_, i) => String(i + 1));
  return suffixes.map((suffix) => `${column} ${suffix}`);
}

function endOf(blocks: readonly Block[], isFull: boolean): ReturnType<VectorFiles['end']> {
  const wrong = new Set<string>();
  const notes: ReadNote[] = [];
  for (const { file, column, rows, cols, next } of blocks) {
    // With a limit on the papers, the rows of the first ones are right all the same.
    if (next === rows || (isFull && next < rows)) continue;
    for (const name of cols >= MIN_DIMENSIONS ? [column] : columnsOf(column, cols)) wrong.add(name);
    const reason = `it has ${rows} rows, and there are ${next} records: which belong together cannot be told, so it is not used. Next step: give both with the same rows in the same order`;
    notes.push({ file, line: 0, reason });
  }
  return { notes, wrong };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
