import { type Failure, StageError, toFailure } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import type { TakenMaps } from '../../model/map-file/decode-map-file.ts';
import type { MapBytes } from '../../pipeline/map-file.api.ts';
import type { MapFiles } from '../../pipeline/map-file.client.ts';
import { failureOf, type Jobs, type Outcome } from '../jobs.ts';
import type { Page } from '../page.ts';
import type { Store } from '../store.ts';
import type { Showing } from './showing.ts';
import type { Waiting } from './waiting.ts';

/** A file's content: a map, or another table together with the failure to report. */
export type OpenedFile =
  | { readonly kind: 'map'; readonly map: MapData }
  | { readonly kind: 'table'; readonly failure: Failure };

type Bytes = () => Promise<MapBytes>;

/** Opens map files. A failure is reported, and the previous map stays. */
export type Opening = ReturnType<typeof makeOpening>;

interface Parts {
  readonly store: Store;
  readonly page: Pick<Page, 'base'>;
  readonly jobs: Jobs;
  readonly mapFiles: Pick<MapFiles, 'decode'>;
  readonly showing: Pick<Showing, 'showMap' | 'findTopics'>;
  readonly waiting: Pick<Waiting, 'mayTakeOver'>;
}

/** Creates the {@link Opening} of one store. */
export function makeOpening({ store, page, jobs, mapFiles, showing, waiting }: Parts) {
  /**
   * Opens a file and shows it if it is a map. While a map is being made, the user is asked first.
   * @param takes whether another program's table with places is a map too
   * @param mapAt its address on this site, '' for none
   * @param called what the user calls the map; '' for its own name
   */
  async function openFile(
    name: string,
    bytes: Bytes,
    takes: TakenMaps = 'any',
    mapAt = '',
    called = '',
  ): Promise<Outcome<OpenedFile>> {
    const opened = await jobs.read({ kind: 'opening', name }, 'map-file', async (signal) =>
      decode(mapFiles, { bytes: await bytes(), takes }, signal),
    );
    if (!opened.isDone || opened.result.kind === 'table') return opened;
    if (!(await waiting.mayTakeOver(name))) {
      return { isDone: false, failure: { code: 'cancelled', stage: 'map-file', message: 'not wanted now' } };
    }
    const { map: read } = opened.result;
    const map = called === '' ? read : { ...read, info: { ...read.info, name: called } };
    showing.showMap({ corpus: map.corpus, positions: map.positions, map }, 'nothing', { mapAt });
    if (!map.topics) void showing.findTopics(map);
    saySkipped(store, map);
    return opened;
  }
  /** Opens a file that must be a map. Resolves to the failure, or to null once the map is shown. */
  const openMap = async (name: string, bytes: Bytes, mapAt = '', called = ''): Promise<Failure | null> => {
    const opened = await openFile(name, bytes, 'any', mapAt, called);
    if (!opened.isDone || opened.result.kind === 'map') return failureOf(opened);
    store.reportFailure(opened.result.failure);
    return opened.result.failure;
  };
  return {
    openFile,
    openMap,
    /** Opens a map file of this site. Other sites are refused, because a stranger may have made the link. */
    openMapAt: (path: string): Promise<Failure | null> => openMap(path, () => fetchBeside(page.base, path), path),
  };
}

async function decode(
  mapFiles: Pick<MapFiles, 'decode'>,
  { bytes, takes }: { readonly bytes: MapBytes; readonly takes: TakenMaps },
  signal: AbortSignal,
): Promise<OpenedFile> {
  try {
    return { kind: 'map', map: await mapFiles.decode(bytes, signal, takes) };
  } catch (error) {
    const failure = toFailure(error, 'map-file');
    if (failure.code !== 'not-a-map') throw error;
    return { kind: 'table', failure };
  }
}

function saySkipped(store: Store, { info }: MapData): void {
  const { skippedColumns } = info.other;
  if (!Array.isArray(skippedColumns) || skippedColumns.length === 0) return;
  store.notify('done', {
    title: 'Opened without some columns',
    text: `These could not be read: ${skippedColumns.map(String).join(', ')}.`,
  });
}

async function fetchBeside(base: string, path: string): Promise<ArrayBuffer> {
  const url = new URL(path, base);
  if (url.origin !== new URL(base).origin) {
    throw new StageError('network', 'map-file', `${url.host} is another site, and this page opens only its own maps`);
  }
  const response = await fetch(url).catch((error: unknown) => {
    throw new StageError('network', 'map-file', `${path}: ${String(error)}`);
  });
  if (!response.ok) throw new StageError('network', 'map-file', `${path}: the server answered ${response.status}`);
  return response.arrayBuffer();
}
