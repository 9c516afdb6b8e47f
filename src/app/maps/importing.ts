import { type Failure, StageError } from '../../model/failure.ts';
import { MIN_PAPERS } from '../../model/paper.ts';
import type { GivenVectors, ReadNote } from '../../model/read-report.ts';
import type { ReadInput, ReadOptions } from '../../read/read.api.ts';
import type { Reader } from '../../read/read.client.ts';
import { type UrlOptions, urlOptions } from '../address/url.ts';
import type { Encoders } from '../encoders.ts';
import { failureOf, type Jobs } from '../jobs.ts';
import type { Page } from '../page.ts';
import type { ImportPlan, State } from '../state.ts';
import type { Store } from '../store.ts';
import { chosenFiles, type GivenFile, isHidden, MAX_FILES } from './files.ts';
import type { Opening } from './opening.ts';

/** ONNX files contain a model, never papers. */
const MODEL_FILE = /\.onnx$/iu;
/** Parquet files contain a map or a table. */
const PARQUET_FILE = /\.parquet$/iu;

interface Reading {
  readonly inputs: readonly ReadInput<Blob>[];
  /** Given files that were not read. */
  readonly leftOut: readonly ReadNote[];
}

/** Reads papers. Methods resolve when the papers wait in the store's `plan`, or when a reported failure prevents it. */
export type Importing = ReturnType<typeof makeImporting>;

interface Parts {
  readonly store: Store;
  readonly page: Pick<Page, 'hash'>;
  readonly jobs: Jobs;
  readonly reader: Pick<Reader, 'read'>;
  readonly encoders: Pick<Encoders, 'modelOfMap'>;
  readonly opening: Pick<Opening, 'openFile'>;
}

/** Creates the {@link Importing} of one store. */
export function makeImporting({ store, page, jobs, reader, encoders, opening }: Parts) {
  let last: Reading = { inputs: [], leftOut: [] };

  async function readPapers(reading: Reading, options: ReadOptions): Promise<Failure | null> {
    last = reading;
    const { inputs, leftOut } = reading;
    const name = inputs.length === 1 ? inputs[0].name : `${inputs.length} files`;
    const url = urlOptions(page.hash());
    const outcome = await jobs.run({ kind: 'reading', name }, 'read', async (signal, update) => {
      const { corpus, previews, vectors, failure, ...read } = await reader.read(
        inputs,
        url.limit > 0 ? { ...options, limit: url.limit } : options,
        { signal, onProgress: (progress) => update({ progress }) },
      );
      if (failure) throw new StageError(failure.code, failure.stage, failure.message);
      // Too few papers for a map of their own can still be added to the open map.
      if (!canTakeIn(store.get(), encoders)) needEnough(read.report.papers, read.report.records, name);
      const report = { ...read.report, skipped: [...leftOut, ...read.report.skipped] };
      store.set({ plan: { name, corpus, report, previews, vectors, ...chosenVectors(vectors, url) } });
    });
    return failureOf(outcome);
  }

  /** Opens a map file or any number of files of papers; a Parquet file may be either. */
  async function openPapers(given: readonly GivenFile[]): Promise<Failure | null> {
    const [first] = given;
    if (!first) return null;
    if (given.length === 1 && PARQUET_FILE.test(first.path)) {
      const opened = await opening.openFile(first.path, () => first.file.arrayBuffer());
      if (!opened.isDone || opened.result.kind === 'map') return failureOf(opened);
    }
    return readPapers(readingOf(given), {});
  }

  const openFiles = (files: readonly File[]): Promise<Failure | null> => openPapers(chosenFiles(files));

  return {
    /** Opens the user's files: a model's folder, a map file, or any number of files of papers. */
    async openGiven(given: readonly GivenFile[]): Promise<Failure | null> {
      if (!given.some(({ path }) => MODEL_FILE.test(path))) return openPapers(given);
      // Kept out of the first load, since few users need it.
      const { takeModel } = await import('./folder-model.ts');
      return takeModel(store, given);
    },
    openFiles,
    /** Reads pasted text as if it were a file. */
    async openPasted(pasted: string): Promise<Failure | null> {
      store.set({ pasting: false });
      return readPapers({ inputs: [{ name: 'pasted text', blob: new Blob([pasted]) }], leftOut: [] }, {});
    },
    /** Reads the same files again with other columns or another delimiter. */
    readAgain: (options: ReadOptions): Promise<Failure | null> => readPapers(last, options),
  };
}

/** Whether papers can be added to the shown map. */
function canTakeIn({ shown }: State, { modelOfMap }: Pick<Encoders, 'modelOfMap'>): boolean {
  return shown?.map != null && typeof modelOfMap(shown.map) !== 'string';
}

/**
 * All files but hidden ones: the reader decides by content which hold papers. Sorted by path, because pickers and drops
 * use orders of their own and the papers' order follows the files'.
 */
function readingOf(given: readonly GivenFile[]): Reading {
  const shown = given.filter(({ path }) => !isHidden(path));
  // A hidden file that is given by itself is meant.
  const sorted = [...(shown.length > 0 ? shown : given)].sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0,
  );
  const read = sorted.slice(0, MAX_FILES);
  const reason = `only the first ${read.length} files are read, the maximum: put their texts into one table or archive`;
  return {
    inputs: read.map(({ path, file }) => ({ name: path, blob: file })),
    leftOut: sorted.length > read.length ? [{ file: sorted[read.length].path, line: 0, reason }] : [],
  };
}

/** The column that the address names, or the first one. Throws `bad-format` if the named one is missing. */
function chosenVectors(
  vectors: readonly GivenVectors[],
  { vectors: wanted, model }: UrlOptions,
): Pick<ImportPlan, 'vectorsFrom' | 'vectorsModel'> {
  const found = wanted === '' ? vectors[0] : vectors.find(({ column }) => column === wanted);
  if (wanted !== '' && !found) {
    const others = vectors.map(({ column }) => `“${column}”`).join(', ') || 'none does';
    throw new StageError('bad-format', 'read', `no column “${wanted}” holds vectors of 8 numbers or more: ${others}`);
  }
  // A model in the address without a column means that this model should make the vectors.
  if (!found || (wanted === '' && model !== '')) return { vectorsFrom: '', vectorsModel: '' };
  return { vectorsFrom: found.column, vectorsModel: wanted === '' ? '' : model };
}

/** Rejects too few papers before anything is embedded. */
function needEnough(papers: number, records: number, name: string): void {
  if (papers >= MIN_PAPERS) return;
  const found = papers === 1 ? 'one paper' : `${papers} papers`;
  const merged = records > papers ? `, after merging ${records} records with the same title or text` : '';
  throw new StageError('too-few-papers', 'read', `${name} holds ${found}${merged}`);
}
