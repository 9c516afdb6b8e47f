import { StageError } from '../../model/failure.ts';
import type { GivenVectors } from '../../model/given-vectors.ts';
import { MIN_PAPERS } from '../../model/paper.ts';
import type { ReadNote } from '../../model/read-report.ts';
import type { ReadInput, ReadOptions } from '../../read/read.api.ts';
import { urlOptions } from '../address/url.ts';
import { reader, runJob } from '../session.ts';
import { getState, type ImportPlan, setState } from '../store.ts';
import type { GivenFile } from './dropped-files.ts';
import { canTakeIn } from './map-model.ts';
import { openMapBytes } from './open-map.ts';

/** No papers come as ONNX. */
const MODEL_FILE = /\.onnx$/iu;
/** A map, or a table. */
const PARQUET_FILE = /\.parquet$/iu;
const PAPER_FILE = /\.(?:txt|text|csv|tsv|tab|json|jsonl|ndjson|bib|bibtex|ris)(?:\.gz)?$|\.parquet$/iu;

interface Reading {
  readonly inputs: readonly ReadInput<Blob>[];
  /** Files that were given but not read. */
  readonly leftOut: readonly ReadNote[];
}

let last: Reading = { inputs: [], leftOut: [] };

/** Opens what the user gave: a model's folder, a map file, or any number of files of papers. */
export async function openGiven(given: readonly GivenFile[]): Promise<void> {
  if (!given.some(({ path }) => MODEL_FILE.test(path))) {
    await openFiles(given.map(({ file }) => file));
    return;
  }
  // Few need it: it is no part of the first load.
  const { takeModel } = await import('./folder-model.ts');
  await takeModel(given);
}

/** Opens what the user gave: a map file, or any number of files of papers; a Parquet file may be either. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const [first] = files;
  if (!first) return;
  if (files.length === 1 && PARQUET_FILE.test(first.name)) {
    let isTable = false;
    await openMapBytes(
      first.name,
      () => first.arrayBuffer(),
      () => {
        isTable = true;
      },
    );
    if (!isTable) return;
  }
  const read = files.length === 1 ? files : filesOfPapers(files);
  await readPapers(
    {
      inputs: read.map((file) => ({ name: file.name, blob: file })),
      leftOut: files.filter((file) => !read.includes(file)).map(({ name }) => leftOutNote(name)),
    },
    {},
  );
}

/**
 * Of several files, a folder's say, those that are papers by their names, or all when none is; a single file is always
 * tried. By name: a picker and a drop give them in an order of their own, and the papers' order follows the files'.
 */
function filesOfPapers(files: readonly File[]): File[] {
  const known = files.filter(({ name }) => PAPER_FILE.test(name));
  return [...(known.length > 0 ? known : files)].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function leftOutNote(file: string): ReadNote {
  return { file, line: 0, reason: 'not a kind of file that is read' };
}

/** Reads pasted text as if it were a file. */
export async function openPasted(pasted: string): Promise<void> {
  setState({ pasting: false });
  await readPapers({ inputs: [{ name: 'pasted text', blob: new Blob([pasted]) }], leftOut: [] }, {});
}

/** Reads the same files once more, with other columns or another delimiter. */
export async function readAgain(options: ReadOptions): Promise<void> {
  await readPapers(last, options);
}

async function readPapers(reading: Reading, options: ReadOptions): Promise<void> {
  last = reading;
  const { inputs, leftOut } = reading;
  const name = inputs.length === 1 ? inputs[0].name : `${inputs.length} files`;
  const { limit } = urlOptions();
  await runJob({ kind: 'reading', name }, 'read', async (signal, update) => {
    const result = await reader.read(inputs, limit > 0 ? { ...options, limit } : options, {
      signal,
      onProgress: (progress) => update({ progress }),
    });
    // Fewer can still join the map that is open.
    if (!canTakeIn(getState())) needEnough(result.report.papers, result.report.records, name);
    const report = { ...result.report, skipped: [...leftOut, ...result.report.skipped] };
    const { corpus, tables, vectors } = result;
    const { vectorsFrom, vectorsModel } = chosenVectors(vectors);
    setState({ plan: { name, corpus, report, tables, vectors, vectorsFrom, vectorsModel } });
  });
}

/** The column that the address names, or the first that there is. Throws `bad-format` for one that is not there. */
function chosenVectors(vectors: readonly GivenVectors[]): Pick<ImportPlan, 'vectorsFrom' | 'vectorsModel'> {
  const { vectors: wanted, model } = urlOptions();
  const found = wanted === '' ? vectors[0] : vectors.find(({ column }) => column === wanted);
  if (wanted !== '' && !found) {
    const others = vectors.map(({ column }) => `“${column}”`).join(', ') || 'none does';
    throw new StageError('bad-format', 'read', `no column “${wanted}” holds vectors of 8 numbers or more: ${others}`);
  }
  // A model in the address without a column is one that shall make the vectors.
  if (!found || (wanted === '' && model !== '')) return { vectorsFrom: '', vectorsModel: '' };
  return { vectorsFrom: found.column, vectorsModel: wanted === '' ? '' : model };
}

/** Two papers are no map; say so before anything is embedded. */
function needEnough(papers: number, records: number, name: string): void {
  if (papers >= MIN_PAPERS) return;
  const found = papers === 1 ? 'one paper' : `${papers} papers`;
  const merged = records > papers ? `, after merging ${records} records with the same title or text` : '';
  throw new StageError('too-few-papers', 'read', `${name} holds ${found}${merged}`);
}
