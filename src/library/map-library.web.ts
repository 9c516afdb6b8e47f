import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { StageError } from '../model/failure.ts';

/** What the library says of a map without reading it. */
export interface KeptMap {
  readonly id: string;
  readonly name: string;
  readonly papers: number;
  /** Of its file. */
  readonly bytes: number;
  /** ISO 8601. */
  readonly saved: string;
  /** {@link LIBRARY_VERSION} of the program that kept it. */
  readonly version: number;
}

/**
 * Maps kept in this browser. Each call fails with `storage-failed` when storage is denied, full, damaged or does not
 * answer for 3 s; what was kept before stays as it was.
 */
export interface MapLibrary {
  /** Newest first. O(maps). */
  list(): Promise<KeptMap[]>;
  /** Keeps a map file: its bytes and what is said of it in one transaction, so that there is both or neither. */
  keep(map: Omit<KeptMap, 'id' | 'version' | 'bytes'>, file: ArrayBuffer): Promise<KeptMap>;
  /** The file. Fails with `map-newer` when a later program has kept it. */
  read(id: string): Promise<ArrayBuffer>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Of the records below: raised when they change, with a step that brings older ones up to it. */
const LIBRARY_VERSION = 1;

interface LibraryDb extends DBSchema {
  maps: { key: string; value: KeptMap };
  files: { key: string; value: Blob };
}

const ANSWER_MS = 3000;

/** @param site the path of this site's folder: sites of one origin share its storage, and keep their maps apart */
export function makeMapLibrary(site: string): MapLibrary {
  let opened: Promise<IDBPDatabase<LibraryDb>> | null = null;
  const run = <Result>(what: string, work: (db: IDBPDatabase<LibraryDb>) => Promise<Result>): Promise<Result> => {
    const forget = (): void => {
      opened = null;
    };
    // In a promise: where storage is denied, even asking throws.
    opened ??= Promise.resolve().then(() => openLibrary(site, forget));
    return answered(what, opened.then(work)).catch((error: unknown) => {
      // The next call tries anew: the user may have made room, or closed the tab that was in the way.
      if (!(error instanceof StageError) || error.failure.code === 'storage-failed') forget();
      throw error;
    });
  };
  return {
    list: () =>
      run('list the maps', async (db) => {
        const maps = await db.getAll('maps');
        return maps.sort((a, b) => (a.saved < b.saved ? 1 : a.saved > b.saved ? -1 : 0));
      }),
    keep: (map, file) =>
      run('keep the map', async (db) => {
        const kept = { ...map, id: crypto.randomUUID(), bytes: file.byteLength, version: LIBRARY_VERSION };
        const transaction = db.transaction(['maps', 'files'], 'readwrite');
        const stored = transaction.objectStore('files').put(new Blob([file]), kept.id);
        await Promise.all([stored, transaction.objectStore('maps').put(kept, kept.id), transaction.done]);
        return kept;
      }),
    read: (id) =>
      run('read the map', async (db) => {
        const [kept, file] = await Promise.all([db.get('maps', id), db.get('files', id)]);
        if (!kept || !file) throw new Error(`there is no map ${id}`);
        if (kept.version > LIBRARY_VERSION) {
          throw new StageError('map-newer', 'storage', `${kept.name} was kept by a newer version`);
        }
        return file.arrayBuffer();
      }),
    rename: (id, name) =>
      run('rename the map', async (db) => {
        const transaction = db.transaction('maps', 'readwrite');
        const kept = await transaction.store.get(id);
        if (kept) await transaction.store.put({ ...kept, name }, id);
        await transaction.done;
      }),
    remove: (id) =>
      run('delete the map', async (db) => {
        const transaction = db.transaction(['maps', 'files'], 'readwrite');
        const gone = [transaction.objectStore('maps').delete(id), transaction.objectStore('files').delete(id)];
        await Promise.all([...gone, transaction.done]);
      }),
  };
}

function openLibrary(site: string, onEnd: () => void): Promise<IDBPDatabase<LibraryDb>> {
  if (typeof indexedDB === 'undefined') return Promise.reject(new Error('this browser has no IndexedDB'));
  return openDB<LibraryDb>(`portolan-library ${site}`, LIBRARY_VERSION, {
    upgrade(db) {
      db.createObjectStore('maps');
      db.createObjectStore('files');
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
function answered<Result>(what: string, work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), ANSWER_MS);
  });
  return Promise.race([work, late])
    .catch((cause: unknown) => {
      if (cause instanceof StageError) throw cause;
      const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
      throw new StageError('storage-failed', 'storage', `could not ${what}: ${reason}`, { cause });
    })
    .finally(() => clearTimeout(timer));
}
