import type { KeptMap } from '../library/database.web.ts';
import type { MapLibrary } from '../library/map-library.web.ts';
import type { Failure } from '../model/failure.ts';
import type { MapData } from '../model/map-data.ts';
import { nounOf } from '../model/noun.ts';
import { generatedName } from '../model/topic-view.ts';
import type { MapFiles } from '../pipeline/map-file.client.ts';
import { fileName } from './maps/files.ts';
import type { Opening } from './maps/opening.ts';
import type { Showing } from './maps/showing.ts';
import { countOf } from './messages.ts';
import type { Page } from './page.ts';
import type { Store } from './store.ts';

/** Keeps a deleted map again. */
export type Restore = () => Promise<void>;

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
        // Where the list cannot be read, keeping says why.
        const name = nameToKeep(map, await library.list().catch(() => []));
        const { papers, noun } = map.corpus;
        const about = { name, papers: papers.length, ...(noun ? { noun } : {}) };
        await library.keep({ ...about, saved: new Date().toISOString() }, file);
        page.persist();
        store.notify('done', {
          title: 'Kept in this browser',
          text: `“${name}” is under “Kept maps” in the menu, where it can be renamed.`,
        });
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
      return opening.openMap(name, () => library.read(id), '', name);
    },
    /** Offers a kept map's file as a download. */
    exportKeptMap: ({ id, name }: KeptMap): Promise<boolean> =>
      said(async () => page.download(`${fileName(name)}.parquet`, new Blob([await library.read(id)]))),
    async renameKeptMap({ id }: KeptMap, name: string): Promise<void> {
      await said(() => library.rename(id, name));
      await showKeptMaps();
    },
    /** Deletes a kept map; see {@link remove}. */
    removeKeptMap: (map: KeptMap): Promise<Restore | null> => remove(library, map, said, showKeptMaps),
  };
}

/**
 * Deletes a kept map. Resolves to what keeps it again, as long as the page is open; null when it was not deleted, or its
 * file is damaged.
 */
async function remove(
  library: MapLibrary,
  { id, bytes: _, place: __, version: ___, ...about }: KeptMap,
  said: (work: () => Promise<unknown>) => Promise<boolean>,
  list: () => Promise<unknown>,
): Promise<Restore | null> {
  const file = await library.read(id).catch(() => null);
  const isGone = await said(() => library.remove(id));
  await list();
  if (!isGone || file === null) return null;
  return async () => {
    await said(() => library.keep(about, file));
    await list();
  };
}

/** Number of topics in a name. */
const NAMED_TOPICS = 3;
const ENDING = /\.(?:csv|tsv|txt|jsonl?|parquet|xlsx?|bib|ris|nbib|xml|md|zip|pdf|html?)$/iu;

/** A name for the shown map in the list: its own without a file's ending, else its topics'; none comes twice. */
function nameToKeep({ info, topics, corpus }: MapData, kept: readonly KeptMap[]): string {
  const own = info.name.trim().replace(ENDING, '');
  const tops = (topics?.topics ?? []).filter(({ parent }) => parent < 0).map(generatedName);
  const named = tops.filter((name) => name !== '').slice(0, NAMED_TOPICS);
  const name = own || named.join(', ') || countOf(corpus.papers.length, nounOf(corpus));
  const taken = new Set(kept.map((map) => map.name));
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name} (${number})`;
  return free;
}
