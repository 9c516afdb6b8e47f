import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { StageError } from '../model/failure.ts';
import type { Noun } from '../model/noun.ts';
import type { Corpus } from '../model/paper.ts';
import type { ReadReport } from '../model/read-report.ts';

/**
 * Version of the records below. When raising it, add a step to `openLibrary` that upgrades older records. 1: maps,
 * whose bytes are all in `files`. 2: bytes may be in the private file system; unfinished runs. 3: bytes here are not a
 * Blob, which WebKit refuses in private windows; a run may add to a map, whose bytes are in `files` too.
 */
export const LIBRARY_VERSION = 3;

/** A kept map's data, available without reading its file. */
export interface KeptMap {
  readonly id: string;
  readonly name: string;
  readonly papers: number;
  /** What they are called; absent for papers. */
  readonly noun?: Noun;
  /** Size of its file. */
  readonly bytes: number;
  /** ISO 8601. */
  readonly saved: string;
  /** `LIBRARY_VERSION` of the program that kept it. */
  readonly version: number;
  /** Where its bytes are: in the private file system, or (also when absent, as in version 1) in the database. */
  readonly place?: 'opfs' | 'files';
}

/** A run that began but has not ended, with everything needed to make the same map. */
export interface UnfinishedRun {
  readonly id: string;
  /** Name of the map. */
  readonly name: string;
  readonly papers: number;
  /** How many papers had a vector when this was last written. */
  readonly embedded: number;
  readonly parts: number;
  readonly report: ReadReport;
  readonly origin: string | null;
  /** ISO 8601 time of its beginning. */
  readonly created: string;
  /** The run's options, as in the fragment of an address. */
  readonly choices: string;
  /** Name of the map to which the papers are added; absent for a new map. */
  readonly addsTo?: string;
  /** What the texts are called; absent for papers. */
  readonly noun?: Noun;
}

/** Consecutive papers, and the values of all columns for them. */
export interface RunPart {
  readonly papers: Corpus['papers'];
  readonly columns: Corpus['columns'];
}

/** The records of one site in IndexedDB. */
export interface LibraryDb extends DBSchema {
  maps: { key: string; value: KeptMap };
  files: { key: string; value: ArrayBuffer | Blob };
  /** At most one, under {@link RUN_KEY}. */
  runs: { key: string; value: UnfinishedRun };
  /** The papers of that run, by part number. */
  parts: { key: number; value: RunPart };
}

/** Storage that is opened on demand, and again after a failure. */
export interface LibraryStore {
  /**
   * Runs `work` on the database. Fails with `storage-failed`, naming `what` could not be done, when storage is denied,
   * full, damaged or not responding, and with `map-newer` when a newer program has upgraded it.
   */
  run<Result>(what: string, work: StoreWork<Result>): Promise<Result>;
}

/** Work on the open database. It awaits every response of the storage through `answer`. */
export type StoreWork<Result> = (db: IDBPDatabase<LibraryDb>, answer: Answer) => Promise<Result>;

/** The same promise, but rejecting when storage does not respond for 3 s; `bytes` in transit allow more time. */
export type Answer = <Result>(asked: Promise<Result>, bytes?: number) => Promise<Result>;

const ANSWER_MS = 3000;
/** Speed of the slowest supported disk. */
const BYTES_PER_MS = 4000;

/**
 * A store that is opened with the first call.
 * @param site path of this site's folder: sites of one origin share storage, and must keep their maps apart
 */
export function makeLibraryStore(site: string): LibraryStore {
  let opened: Promise<IDBPDatabase<LibraryDb>> | null = null;
  const forget = (): void => {
    opened = null;
  };
  return {
    async run(what, work) {
      try {
        // In a promise because even asking throws where storage is denied.
        opened ??= Promise.resolve().then(() => openLibrary(site, forget));
        return await work(await answered(opened), answered);
      } catch (error) {
        const failure = storageFailure(what, error);
        // The next call tries again: the user may have freed space, or closed the tab that blocked it.
        if (failure.failure.code !== 'map-newer') forget();
        throw failure;
      }
    },
  };
}

function openLibrary(site: string, onEnd: () => void): Promise<IDBPDatabase<LibraryDb>> {
  if (typeof indexedDB === 'undefined') return Promise.reject(new Error('this browser has no IndexedDB'));
  return openDB<LibraryDb>(`portolan-library ${site}`, LIBRARY_VERSION, {
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore('maps');
        db.createObjectStore('files');
      }
      if (from < 2) {
        db.createObjectStore('runs');
        db.createObjectStore('parts');
      }
    },
    blocking(_current, _next, event) {
      // Another tab needs a newer schema: close, and open again when asked.
      (event.target as IDBDatabase).close(); // The event's target is the open database.
      onEnd();
    },
    terminated: onEnd,
  });
}

/** Storage that is damaged, or blocked by another tab, may never respond. */
function answered<Result>(asked: Promise<Result>, bytes = 0): Promise<Result> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), ANSWER_MS + bytes / BYTES_PER_MS);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

function storageFailure(what: string, cause: unknown): StageError {
  if (cause instanceof StageError) return cause;
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const isNewer = cause instanceof DOMException && cause.name === 'VersionError';
  const code = isNewer ? 'map-newer' : 'storage-failed';
  return new StageError(code, 'storage', `could not ${what}: ${reason}`, { cause });
}
