import type { IDBPDatabase } from 'idb';
import { StageError } from '../model/failure.ts';
import { type Answer, type KeptMap, LIBRARY_VERSION, type LibraryDb, type LibraryStore } from './database.web.ts';

/**
 * Maps kept in this browser. Each call fails with `storage-failed` when storage is denied, full, damaged or does not
 * respond for 3 s; maps kept before stay unchanged.
 */
export interface MapLibrary {
  /** Newest first. O(maps). */
  list(): Promise<KeptMap[]>;
  /** Keeps a map file. Writes its bytes before its record, so that a crash leaves no incomplete map in the list. */
  keep(map: Pick<KeptMap, 'name' | 'papers' | 'saved' | 'noun'>, file: ArrayBuffer): Promise<KeptMap>;
  /** Reads the file. Fails with `map-newer` when a newer program has kept it. */
  read(id: string): Promise<ArrayBuffer>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/**
 * The library over `store`.
 * @param site as for `makeLibraryStore`
 */
export function makeMapLibrary(site: string, store: LibraryStore): MapLibrary {
  let swept = false;
  const bytesOf = (answer: Answer): Promise<MapBytes | null> => answer(openMapBytes(site, answer));
  return {
    list: () =>
      store.run('list the maps', async (db, answer) => {
        const maps = await answer(db.getAll('maps'));
        if (!swept) void sweep(site, db, () => bytesOf(answer));
        swept = true;
        return maps.sort((a, b) => (a.saved < b.saved ? 1 : a.saved > b.saved ? -1 : 0));
      }),
    keep: (map, file) =>
      store.run('keep the map', async (db, answer) => {
        const record = { ...map, id: crypto.randomUUID(), bytes: file.byteLength, version: LIBRARY_VERSION };
        return whileKeeping(site, async () => {
          const place = await tryFile(bytesOf(answer), record.id, file);
          const kept: KeptMap = { ...record, place };
          const transaction = db.transaction(['maps', 'files'], 'readwrite');
          const asked: Promise<unknown>[] = [transaction.done];
          if (place === 'files') asked.push(transaction.objectStore('files').put(file, kept.id));
          asked.push(transaction.objectStore('maps').put(kept, kept.id));
          await answer(Promise.all(asked), place === 'files' ? file.byteLength : 0);
          return kept;
        });
      }),
    read: (id) => store.run('read the map', (db, answer) => readMap(db, answer, id, bytesOf)),
    rename: (id, name) =>
      store.run('rename the map', async (db, answer) => {
        const transaction = db.transaction('maps', 'readwrite');
        const kept = await answer(transaction.store.get(id));
        if (kept) await answer(transaction.store.put({ ...kept, name }, id));
        await answer(transaction.done);
      }),
    remove: (id) =>
      store.run('delete the map', async (db, answer) => {
        const kept = await answer(db.get('maps', id));
        const transaction = db.transaction(['maps', 'files'], 'readwrite');
        const gone = [transaction.objectStore('maps').delete(id), transaction.objectStore('files').delete(id)];
        await answer(Promise.all([...gone, transaction.done]));
        // Its record is gone: if this fails, the next sweep removes the file.
        if (kept?.place === 'opfs') await bytesOf(answer).then((bytes) => bytes?.remove(id), ignore);
      }),
  };
}

async function readMap(
  db: IDBPDatabase<LibraryDb>,
  answer: Answer,
  id: string,
  bytesOf: (answer: Answer) => Promise<MapBytes | null>,
): Promise<ArrayBuffer> {
  const kept = await answer(db.get('maps', id));
  if (!kept) throw new Error(`there is no map ${id}`);
  if (kept.version > LIBRARY_VERSION) {
    throw new StageError('map-newer', 'storage', `${kept.name} was kept by a newer version`);
  }
  if (kept.place === 'opfs') {
    const bytes = await bytesOf(answer);
    if (!bytes) throw new Error('this browser no longer has its private files');
    return bytes.read(id);
  }
  const file = await answer(db.get('files', id));
  if (!file) throw new Error(`the file of ${kept.name} is gone`);
  return file instanceof Blob ? answer(file.arrayBuffer(), kept.bytes) : file;
}

/** Keeps the file in the private file system if possible, else in the database, which reports if it is full too. */
async function tryFile(opening: Promise<MapBytes | null>, id: string, file: ArrayBuffer): Promise<'opfs' | 'files'> {
  try {
    const bytes = await opening;
    if (!bytes) return 'files';
    await bytes.write(id, file);
    return 'opfs';
  } catch {
    return 'files';
  }
}

/** Removes bytes without a record, left by a crash, unless a tab is just writing some. Never fails. */
async function sweep(site: string, db: IDBPDatabase<LibraryDb>, open: () => Promise<MapBytes | null>): Promise<void> {
  const work = async (): Promise<void> => {
    const kept = new Set(await db.getAllKeys('maps'));
    const bytes = await open();
    await bytes?.sweep((id) => kept.has(id));
  };
  const { locks } = navigator as { locks?: LockManager }; // Missing in some contexts.
  const swept = locks
    ? locks.request(lockName(site), { ifAvailable: true }, (lock) => (lock ? work() : undefined))
    : work();
  await Promise.resolve(swept).catch(ignore);
}

/** Takes a lock, so that no other tab removes the bytes before they have a record. */
async function whileKeeping<Result>(site: string, work: () => Promise<Result>): Promise<Result> {
  const { locks } = navigator as { locks?: LockManager }; // Missing in some contexts.
  return locks ? locks.request(lockName(site), { mode: 'shared' }, work) : work();
}

const lockName = (site: string): string => `portolan library ${site}`;

function ignore(): void {}

/** The bytes of kept maps in the browser's private file system, which is faster than IndexedDB. */
interface MapBytes {
  /** Writes a whole file, which becomes visible only once it is complete. */
  write(id: string, bytes: ArrayBuffer): Promise<void>;
  /** Fails when there is no such file. */
  read(id: string): Promise<ArrayBuffer>;
  remove(id: string): Promise<void>;
  /** Removes files that `isKept` rejects: those left by a crash. */
  sweep(isKept: (id: string) => boolean): Promise<void>;
}

const PIECE_BYTES = 8e6;
const ENDING = '.parquet';

/**
 * The folder of this site's maps; null where there is no such file system, or the page cannot write to it.
 * @param site as for `makeLibraryStore`
 * @param answer rejects when storage does not respond
 */
async function openMapBytes(site: string, answer: Answer): Promise<MapBytes | null> {
  if (typeof FileSystemFileHandle === 'undefined' || !('createWritable' in FileSystemFileHandle.prototype)) return null;
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(`portolan ${encodeURIComponent(site)}`, { create: true });
  return {
    async write(id, bytes) {
      const file = await answer(folder.getFileHandle(id + ENDING, { create: true }));
      // Writes go to a copy, which replaces the file when it is closed.
      const writing = await answer(file.createWritable());
      try {
        for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
          await answer(writing.write(bytes.slice(at, at + PIECE_BYTES)), PIECE_BYTES);
        }
        await answer(writing.close(), bytes.byteLength);
      } catch (error) {
        await writing.abort().catch(() => undefined);
        await folder.removeEntry(id + ENDING).catch(() => undefined);
        throw error;
      }
    },
    async read(id) {
      const handle = await answer(folder.getFileHandle(id + ENDING));
      const file = await answer(handle.getFile());
      return answer(file.arrayBuffer(), file.size);
    },
    async remove(id) {
      await answer(folder.removeEntry(id + ENDING));
    },
    async sweep(isKept) {
      for await (const name of folder.keys()) {
        if (!isKept(name.slice(0, -ENDING.length))) await folder.removeEntry(name);
      }
    },
  };
}
