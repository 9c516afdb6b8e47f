import type { KeptMap } from '../library/database.web.ts';
import type { MapLibrary } from '../library/map-library.web.ts';
import type { Failure } from '../model/failure.ts';
import type { MapFiles } from '../pipeline/map-file.client.ts';
import { fileName } from './maps/files.ts';
import type { Opening } from './maps/opening.ts';
import type { Showing } from './maps/showing.ts';
import type { Page } from './page.ts';
import type { Store } from './store.ts';

/** The maps that are kept in this browser. Failures are reported to the user. */
export type KeptMaps = ReturnType<typeof makeKeptMaps>;

interface Parts {
  readonly store: Store;
  readonly page: Pick<Page, 'download' | 'persist'>;
  readonly library: MapLibrary;
  readonly mapFiles: Pick<MapFiles, 'encode'>;
  readonly showing: Pick<Showing, 'editedMap'>;
  readonly opening: Pick<Opening, 'openMap'>;
}

/** Connects the site's library to one store. */
export function makeKeptMaps({ store, page, library, mapFiles, showing, opening }: Parts) {
  /** Whether the work succeeded; otherwise its failure was reported. */
  async function said(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      store.report(error, 'storage');
      return false;
    }
  }
  const showKeptMaps = (): Promise<boolean> => said(async () => store.set({ keptMaps: await library.list() }));
  return {
    /** Keeps the shown map, and asks the browser not to discard what is stored. Returns whether it is kept. */
    async keepShownMap(): Promise<boolean> {
      const map = showing.editedMap();
      if (!map) return false;
      return said(async () => {
        const file = await mapFiles.encode(map);
        const { name } = map.info;
        const { papers, noun } = map.corpus;
        const about = { name, papers: papers.length, ...(noun ? { noun } : {}) };
        await library.keep({ ...about, saved: new Date().toISOString() }, file);
        page.persist();
        store.notify('done', { title: 'Kept in this browser', text: '“Kept maps” in the menu opens it again.' });
      });
    },
    showKeptMaps,
    /** Newest first; empty when they cannot be read. */
    async listKeptMaps(): Promise<KeptMap[]> {
      let maps: KeptMap[] = [];
      await said(async () => {
        maps = await library.list();
      });
      return maps;
    },
    openKeptMap({ id, name }: KeptMap): Promise<Failure | null> {
      store.set({ keptMaps: null });
      return opening.openMap(name, () => library.read(id));
    },
    /** Offers a kept map's file as a download. */
    exportKeptMap: ({ id, name }: KeptMap): Promise<boolean> =>
      said(async () => page.download(`${fileName(name)}.parquet`, new Blob([await library.read(id)]))),
    async renameKeptMap({ id }: KeptMap, name: string): Promise<void> {
      await said(() => library.rename(id, name));
      await showKeptMaps();
    },
    async removeKeptMap({ id }: KeptMap): Promise<void> {
      await said(() => library.remove(id));
      await showKeptMaps();
    },
  };
}
