import { StageError } from '../model/failure.ts';
import { MIN_PAPERS } from '../pipeline/build-map.ts';
import type { ReadInput, ReadOptions } from '../read/read.api.ts';
import { openMapBytes } from './open-map.ts';
import { reader, runJob } from './session.ts';
import { setState } from './store.ts';
import { urlOptions } from './url.ts';

const MAP_FILE = /\.parquet$/iu;
let lastInputs: readonly ReadInput<Blob>[] = [];

/** Opens what the user gave: one map file, or any number of files of papers. */
export async function openFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const map = files.find((file) => MAP_FILE.test(file.name));
  if (map) {
    await openMapBytes(map.name, () => map.arrayBuffer());
    return;
  }
  // By name: a picker and a drop give them in an order of their own, and the papers' order follows the files'.
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  await readPapers(
    sorted.map((file) => ({ name: file.name, blob: file })),
    {},
  );
}

/** Reads pasted text as if it were a file. */
export async function openPasted(pasted: string): Promise<void> {
  setState({ pasting: false });
  await readPapers([{ name: 'pasted text', blob: new Blob([pasted]) }], {});
}

/** Reads the same files once more, with other columns or another delimiter. */
export async function readAgain(options: ReadOptions): Promise<void> {
  await readPapers(lastInputs, options);
}

async function readPapers(inputs: readonly ReadInput<Blob>[], options: ReadOptions): Promise<void> {
  lastInputs = inputs;
  const name = inputs.length === 1 ? inputs[0].name : `${inputs.length} files`;
  const { limit } = urlOptions();
  await runJob({ kind: 'reading', name }, 'read', async (signal, update) => {
    const result = await reader.read(inputs, limit > 0 ? { ...options, limit } : options, {
      signal,
      onProgress: (progress) => update({ progress }),
    });
    needEnough(result.report.papers, result.report.records, name);
    setState({ plan: { name, corpus: result.corpus, report: result.report, tables: result.tables } });
  });
}

/** Two papers are no map; say so before anything is embedded. */
function needEnough(papers: number, records: number, name: string): void {
  if (papers >= MIN_PAPERS) return;
  const found = papers === 1 ? 'one paper' : `${papers} papers`;
  const merged = records > papers ? `, after merging ${records} records with the same title or text` : '';
  throw new StageError('too-few-papers', 'read', `${name} holds ${found}${merged}`);
}
