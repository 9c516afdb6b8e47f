import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type KeptMap, makeLibraryStore } from './database.web.ts';
import { FakeFileHandle, makePrivateFiles } from './fixtures/private-files.ts';
import { makeMapLibrary } from './map-library.web.ts';

const SITE = '/maps/';
const start = (site = SITE) => makeMapLibrary(site, makeLibraryStore(site));
const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
const textOf = (bytes: ArrayBuffer): string => new TextDecoder().decode(bytes);
const about = (name: string, saved: string) => ({ name, papers: 3, saved });

/** Gives this browser private files from now on. */
function withPrivateFiles(locks?: object) {
  const lab = makePrivateFiles();
  vi.stubGlobal('FileSystemFileHandle', FakeFileHandle);
  vi.stubGlobal('navigator', { storage: lab.storage, ...(locks ? { locks } : {}) });
  return lab;
}

/** Stores a record as another version of the program, or a crash, would have left it. */
async function leave(kept: KeptMap, file: ArrayBuffer | Blob | null): Promise<void> {
  await makeLibraryStore(SITE).run('leave a map', async (db) => {
    await db.put('maps', kept, kept.id);
    if (file) await db.put('files', file, kept.id);
    db.close();
  });
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe.each(['opfs', 'files'] as const)('maps whose bytes are in %s', (place) => {
  beforeEach(() => void (place === 'opfs' && withPrivateFiles()));

  it('are listed newest first, read, renamed and removed, also in another visit', async () => {
    const first = await start().keep(about('Old', '2026-01-01'), bytesOf('old bytes'));
    const second = await start().keep(about('New', '2026-02-01'), bytesOf('new bytes'));
    expect(first).toMatchObject({ name: 'Old', papers: 3, bytes: 9, place });
    const library = start();
    expect(await library.list()).toEqual([second, first]);
    expect(textOf(await library.read(first.id))).toBe('old bytes');
    await library.rename(first.id, 'Older');
    await library.remove(second.id);
    expect(await library.list()).toEqual([{ ...first, name: 'Older' }]);
    await expect(library.read(second.id)).rejects.toMatchObject({ failure: { code: 'storage-failed' } });
  });

  it('are larger than one piece of a file', async () => {
    const bytes = new Uint8Array(17e6).map((_, i) => i % 251);
    const { id } = await start().keep(about('Large', '2026-01-01'), bytes.buffer);
    expect(Buffer.from(await start().read(id)).equals(Buffer.from(bytes))).toBe(true);
  });
});

describe('private files', () => {
  it('leave nothing half written when the disk is full, and the database takes the map', async () => {
    const lab = withPrivateFiles();
    lab.room = 10e6;
    const kept = await start().keep(about('Large', '2026-01-01'), new ArrayBuffer(12e6));
    expect(kept.place).toBe('files');
    expect(lab.files.size).toBe(0);
    expect((await start().read(kept.id)).byteLength).toBe(12e6);
  });

  it('are cleared of what a crash has left, once, and only of that', async () => {
    const lab = withPrivateFiles();
    const { id } = await start().keep(about('Kept', '2026-01-01'), bytesOf('kept'));
    lab.files.set('crashed.parquet', new Uint8Array(3));
    const library = start();
    await library.list();
    await vi.waitFor(() => expect([...lab.files.keys()]).toEqual([`${id}.parquet`]));
    lab.files.set('being-written.parquet', new Uint8Array(3));
    await library.list();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(lab.files.size).toBe(2);
  });

  it('are left alone while another tab may be writing there', async () => {
    const asked: unknown[] = [];
    const request = async (name: string, options: { mode?: string }, work: (lock: object | null) => unknown) => {
      asked.push([name, options]);
      return work(options.mode === 'shared' ? {} : null);
    };
    const lab = withPrivateFiles({ request });
    lab.files.set('being-written.parquet', new Uint8Array(3));
    const library = start();
    await library.list();
    await library.keep(about('Mine', '2026-01-01'), bytesOf('mine'));
    expect(lab.files.size).toBe(2);
    expect(asked).toEqual([
      ['portolan library /maps/', { ifAvailable: true }],
      ['portolan library /maps/', { mode: 'shared' }],
    ]);
  });
});

describe('maps of other versions', () => {
  const kept: KeptMap = { id: 'x', name: 'X', papers: 3, bytes: 5, saved: '2026-01-01', version: 1 };

  it('are read when they are older', async () => {
    await leave(kept, new Blob(['bytes']));
    const library = start();
    expect(await library.list()).toEqual([kept]);
    expect(textOf(await library.read('x'))).toBe('bytes');
  });

  it('are listed and refused when they are newer', async () => {
    await leave({ ...kept, version: 99 }, bytesOf('bytes'));
    expect(await start().list()).toHaveLength(1);
    await expect(start().read('x')).rejects.toMatchObject({ failure: { code: 'map-newer', stage: 'storage' } });
  });

  it.each([
    ['its file', undefined, 'the file of X is gone'],
    ['its private file', 'opfs', 'this browser no longer has its private files'],
  ] as const)('say when %s is gone', async (_what, place, words) => {
    await leave({ ...kept, ...(place ? { place } : {}) }, null);
    await expect(start().read('x')).rejects.toMatchObject({ failure: { code: 'storage-failed' } });
    await expect(start().read('x')).rejects.toThrow(words);
  });
});

describe('storage', () => {
  it('is apart for each site of an origin', async () => {
    await start('/one/').keep(about('One', '2026-01-01'), bytesOf('one'));
    expect(await start('/two/').list()).toEqual([]);
  });

  it('that is denied fails each call in words, and is asked anew', async () => {
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const library = start();
    await expect(library.list()).rejects.toMatchObject({
      failure: { code: 'storage-failed', message: 'could not list the maps: SecurityError: denied' },
    });
    open.mockRestore();
    expect(await library.list()).toEqual([]);
  });

  it('that is not there at all fails too', async () => {
    vi.stubGlobal('indexedDB', undefined);
    await expect(start().list()).rejects.toThrow('this browser has no IndexedDB');
  });

  it('that is silent is given up after three seconds', async () => {
    vi.useFakeTimers();
    const silent: IDBOpenDBRequest = Object.create(IDBOpenDBRequest.prototype, {
      addEventListener: { value: () => undefined },
    });
    vi.spyOn(indexedDB, 'open').mockReturnValue(silent);
    const outcome = expect(start().list()).rejects.toThrow('could not list the maps: Error: no answer');
    await vi.advanceTimersByTimeAsync(3000);
    await outcome;
  });

  it('gives way to a newer program in another tab, and says so from then on', async () => {
    const library = start();
    await library.list();
    const upgrade = indexedDB.open(`portolan-library ${SITE}`, 99);
    await new Promise((resolve) => upgrade.addEventListener('success', resolve));
    await expect(library.list()).rejects.toMatchObject({ failure: { code: 'map-newer' } });
  });
});
