import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { StageError } from '../model/failure.ts';
import type { Corpus } from '../model/paper.ts';
import type { ReadReport } from '../model/read-report.ts';

/**
 * Of the records below: raised when they change, with a step in `openLibrary` that brings older ones up to it.
 * 1: maps, whose bytes are all in `files`. 2: bytes may be in the private file system; unfinished runs. 3: bytes here are no
 * Blob, which WebKit refuses in private windows; a run may add to a map, whose bytes are in `files` too.
 */
export const LIBRARY_VERSION = 3;

/** What the library says of a map without reading it. */
export interface KeptMap {
  readonly id: string;
  readonly name: string;
  readonly papers: number;
  /** Of its file. */
  readonly bytes: number;
  /** ISO 8601. */
  readonly saved: string;
  /** `LIBRARY_VERSION` of the program that kept it. */
  readonly version: number;
  /** Where its bytes are: in the private file system, or (also when absent, as in version 1) in the database. */
  readonly place?: 'opfs' | 'files';
}

/** A run that has begun, and whose end nobody has seen yet: what it takes to make the same map. */
export interface UnfinishedRun {
  readonly id: string;
  /** Of the map. */
  readonly name: string;
  readonly papers: number;
  /** How many of them had a vector when this was last written. */
  readonly embedded: number;
  readonly parts: number;
  readonly report: ReadReport;
  readonly origin: string | null;
  /** ISO 8601 time of its beginning. */
  readonly created: string;
  /** The options of the run, as an address has them after `#`. */
  readonly choices: string;
  /** Name of the map that the papers are added to; absent where they become a map of their own. */
  readonly addsTo?: string;
}

/** Some of the papers in order, and the values of all columns of these. */
export interface RunPart {
  readonly papers: Corpus['papers'];
  readonly columns: Corpus['columns'];
}

/** What IndexedDB holds of a site. */
export interface LibraryDb extends DBSchema {
  maps: { key: string; value: KeptMap };
  files: { key: string; value: ArrayBuffer | Blob };
  /** One at most, under {@link RUN_KEY}. */
  runs: { key: string; value: UnfinishedRun };
  /** The papers of that run, by number. */
  parts: { key: number; value: RunPart };
}

/** Storage that is opened when it is needed, and anew after it has failed. */
export interface LibraryStore {
  /**
   * Runs `work` on the database. Fails with `storage-failed`, saying `what` could not be done, when storage is denied,
   * full, damaged or silent, and with `map-newer` when a later program has it.
   */
  run<Result>(what: string, work: StoreWork<Result>): Promise<Result>;
}

/** What is done on the open database. Every answer of the storage is awaited through `answer`. */
export type StoreWork<Result> = (db: IDBPDatabase<LibraryDb>, answer: Answer) => Promise<Result>;

/** The same promise, but rejecting when storage is silent for 3 s; `bytes` on their way give it more time. */
export type Answer = <Result>(asked: Promise<Result>, bytes?: number) => Promise<Result>;

const ANSWER_MS = 3000;
/** The slowest disk that is waited for. */
const BYTES_PER_MS = 4000;

/**
 * A store that is opened with the first call.
 * @param site the path of this site's folder: sites of one origin share its storage, and keep their maps apart
 */
export function makeLibraryStore(site: string): LibraryStore {
  let opened: Promise<IDBPDatabase<LibraryDb>> | null = null;
  const forget = (): void => {
    opened = null;
  };
  return {
    async run(what, work) {
      try {
        // In a promise: where storage is denied, even asking throws.
        opened ??= Promise.resolve().then(() => openLibrary(site, forget));
        return await work(await answered(opened), answered);
      } catch (error) {
        const failure = storageFailure(what, error);
        // The next call tries anew: the user may have made room, or closed the tab that was in the way.
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
      // Another tab brings a newer schema: let it, and open anew when asked.
      (event.target as IDBDatabase).close(); // The event of an open database has it as its target.
      onEnd();
    },
    terminated: onEnd,
  });
}

/** Storage that is blocked by another tab, or damaged, may never answer at all. */
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
