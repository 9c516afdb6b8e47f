import type { Failure } from '../../model/failure.ts';
import type { TakenMaps } from '../../model/map-file/decode-map-file.ts';
import { isHidden } from '../../read/beside.ts';
import type { ReadOptions } from '../../read/read.api.ts';
import { failureOf } from '../jobs.ts';
import { chosenFiles, type GivenFile, MAX_FILES } from './files.ts';
import type { Opening } from './opening.ts';
import { makeReadingPlan, type PlanParts, type Reading } from './reading-plan.ts';

/** ONNX files contain a model, never papers. */
const MODEL_FILE = /\.onnx$/iu;
/** Parquet files contain a map or a table. */
const PARQUET_FILE = /\.parquet$/iu;

/**
 * Reads papers. Methods resolve to null when the papers wait in the store's `plan`, or to why no map can be made of
 * them, which the plan says too, or a message where there is nothing to decide.
 */
export type Importing = ReturnType<typeof makeImporting>;

interface Parts extends PlanParts {
  readonly opening: Pick<Opening, 'openFile'>;
}

/** Creates the {@link Importing} of one store. */
export function makeImporting(parts: Parts) {
  const { store, opening } = parts;
  const { start, ...deciding } = makeReadingPlan(parts);

  /**
   * Opens a map file or any number of files of papers; a Parquet file may be either.
   * @param takes whether another program's table with places is a map, or papers
   */
  async function openPapers(
    given: readonly GivenFile[],
    choices: ReadOptions,
    takes: TakenMaps = 'own',
  ): Promise<Failure | null> {
    const [first] = given;
    if (!first) return null;
    if (given.length === 1 && PARQUET_FILE.test(first.path)) {
      const opened = await opening.openFile(first.path, () => Promise.resolve(first.file), takes);
      if (!opened.isDone || opened.result.kind === 'map') return failureOf(opened);
    }
    return start(readingOf(given), choices);
  }

  /** Reads files by options that hold until the user changes them. */
  const openFiles = (files: readonly File[], choices: ReadOptions = {}): Promise<Failure | null> =>
    openPapers(chosenFiles(files), choices);

  return {
    ...deciding,
    /** Opens the user's files: a model's folder, a map file, or any number of files of papers. */
    async openGiven(given: readonly GivenFile[]): Promise<Failure | null> {
      if (!given.some(({ path }) => MODEL_FILE.test(path))) return openPapers(given, {});
      // Kept out of the first load, since few users need it.
      const { takeModel } = await import('./folder-model.ts');
      return takeModel(store, given);
    },
    openFiles,
    /** Opens a file that is meant to be a map: also another program's, if it has places. */
    openMapGiven: (given: readonly GivenFile[]): Promise<Failure | null> => openPapers(given, {}, 'any'),
    /** Reads pasted text as if it were a file. */
    async openPasted(pasted: string, choices: ReadOptions = {}): Promise<Failure | null> {
      store.set({ pasting: false });
      return start({ inputs: [{ name: 'pasted text', blob: new Blob([pasted]) }], leftOut: [] }, choices);
    },
  };
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
