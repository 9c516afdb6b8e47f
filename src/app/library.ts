import type { KeptMap } from '../library/database.web.ts';
import { toFailure } from '../model/failure.ts';
import { download, editedMap, fileName, openMapBytes } from './maps/open-map.ts';
import { mapFiles, reportFailure } from './session.ts';
import { library } from './storage.ts';
import { notify, setState } from './store.ts';

/** Keeps the shown map in this browser, and asks it, the first time, not to throw such things away. */
export async function keepShownMap(): Promise<void> {
  const map = editedMap();
  if (!map) return;
  await said(async () => {
    const file = await mapFiles.encode(map);
    const { name } = map.info;
    await library.keep({ name, papers: map.corpus.papers.length, saved: new Date().toISOString() }, file);
    // Denied, or not known: the map is kept all the same, as long as the browser likes.
    void navigator.storage?.persist?.().catch(() => false);
    notify('done', { title: 'Kept in this browser', text: '“Kept maps” in the menu opens it again.' });
  });
}

/** Opens the list of kept maps. */
export async function showKeptMaps(): Promise<void> {
  await said(async () => setState({ keptMaps: await library.list() }));
}

/** The kept maps, newest first; none where they cannot be read, which is said. */
export async function listKeptMaps(): Promise<KeptMap[]> {
  let maps: KeptMap[] = [];
  await said(async () => {
    maps = await library.list();
  });
  return maps;
}

/** A kept map's file. Rejects as `MapLibrary.read`. */
export function readKeptMap({ id }: KeptMap): Promise<ArrayBuffer> {
  return library.read(id);
}

export async function openKeptMap({ id, name }: KeptMap): Promise<void> {
  setState({ keptMaps: null });
  await openMapBytes(name, () => library.read(id));
}

export async function exportKeptMap({ id, name }: KeptMap): Promise<void> {
  await said(async () => download(`${fileName(name)}.parquet`, new Blob([await library.read(id)])));
}

export async function renameKeptMap({ id }: KeptMap, name: string): Promise<void> {
  await said(() => library.rename(id, name));
  await showKeptMaps();
}

export async function removeKeptMap({ id }: KeptMap): Promise<void> {
  await said(() => library.remove(id));
  await showKeptMaps();
}

async function said(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    reportFailure(toFailure(error, 'storage'));
  }
}
