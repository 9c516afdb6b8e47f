import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Encoder } from '../../encode/encode.client.ts';
import { StageError } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import type { Paper } from '../../model/paper.ts';
import { corpus, N, paper, report } from '../../pipeline/fixtures/build-lab.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { type Unusual, type WholeApp, wholeApp } from '../fixtures/whole-app.ts';
import type { ImportPlan } from '../state.ts';
import { additionOffer } from './adding.ts';

const NEW = [paper('A new one', 'It is about matter 2. Nothing else.', 900), paper('Another', 'On matter 1.', 901)];
const NO_MODEL = 'its file holds no vectors';

const READ = { choices: {}, isCounted: true, failure: null };

function planOf(papers: readonly Paper[]): ImportPlan {
  const found = { ...report, records: papers.length, papers: papers.length };
  const vectors = { vectors: [], vectorsFrom: '', vectorsModel: '', places: [], placesFrom: '' };
  return { name: 'more', corpus: { papers, columns: [] }, report: found, previews: [], ...READ, ...vectors };
}

/** Produces no vectors and runs until it is cancelled. */
const untilStopped: Encoder['encode'] = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    const stop = (): void => reject(new StageError('cancelled', 'encode', 'stopped'));
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop);
  });

/** A finished map of forty papers, made once. */
let made: Promise<MapData> | null = null;
function madeMap(): Promise<MapData> {
  made ??= (async () => {
    const app = wholeApp({ hash: '#seed=7' });
    app.store.set({ plan: { ...planOf(corpus.papers), report } });
    await app.making.makePlannedMap();
    const map = app.store.get().shown?.map;
    if (!map) throw new Error('no map was made');
    return map;
  })();
  return made;
}

async function lab(unusual: Unusual = {}): Promise<WholeApp & { readonly map: MapData }> {
  const app = wholeApp(unusual);
  const map = await madeMap();
  app.show(map);
  return { ...app, map };
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', {});
});

describe('papers that are added', () => {
  it('stand behind those of the map, none of which moves, and are found', async () => {
    const { store, adding, search, map } = await lab();
    store.set({ plan: planOf([...NEW, corpus.papers[4]]), selection: Int32Array.of(2), mapAt: 'maps/x.parquet' });
    expect(await adding.addPlannedPapers()).toBeNull();
    const { shown, plan, runs, selection, mapAt } = store.get();
    expect({ plan, runs, selection, mapAt }).toEqual({ plan: null, runs: 1, selection: Int32Array.of(2), mapAt: '' });
    expect(shown?.corpus.papers.map(({ title }) => title).slice(N)).toEqual(['A new one', 'Another']);
    expect(shown?.positions.slice(0, 2 * N)).toEqual(map.positions);
    expect(shown?.positions.slice(2 * N).every(Number.isFinite)).toBe(true);
    expect(shown?.grownFrom).toBe(map.corpus);
    expect(store.get().notices.at(-1)).toMatchObject({
      title: '2 papers added',
      text: 'Nothing else moved. 1 other was there already. “Save map” keeps them.',
      stays: true,
    });
    await search.search('another');
    expect(Array.from(store.get().hits?.indices ?? [])).toContain(N + 1);
  });

  it('can be taken back: the map is what it was, where it came from included', async () => {
    const { store, adding, map } = await lab();
    store.set({ plan: planOf(NEW), mapAt: 'maps/x.parquet' });
    await adding.addPlannedPapers();
    store.set({ selection: Int32Array.of(1, N + 1) });
    store.get().notices.at(-1)?.action?.run();
    expect(store.get()).toMatchObject({ shown: { map }, mapAt: 'maps/x.parquet', selection: Int32Array.of(1) });
  });

  it('can not be taken back from under another map', async () => {
    const { store, adding, show, said } = await lab();
    store.set({ plan: planOf(NEW) });
    await adding.addPlannedPapers();
    const undo = store.get().notices.at(-1)?.action;
    const other = mapOf(corpusOf(5));
    show(other);
    undo?.run();
    expect(said().at(-1)).toBe('Too late to undo');
    expect(store.get().shown?.map).toBe(other);
  });

  it('are told of where none is new', async () => {
    const { store, adding, said } = await lab();
    store.set({ plan: planOf(corpus.papers.slice(0, 3)) });
    await adding.addPlannedPapers();
    expect(said()).toEqual(['No paper is new']);
    expect(store.get().shown?.corpus.papers).toHaveLength(N);
  });

  it('that no worker can embed stand beside the map, and are named', async () => {
    const { store, adding } = await lab({ setAside: [1] });
    store.set({ plan: planOf(NEW) });
    await adding.addPlannedPapers();
    expect(store.get().notices.map(({ title, text }) => [title, text])[0]).toEqual([
      '1 paper could not be embedded',
      '“Another”: each stopped two workers. They stand beside the map.',
    ]);
  });

  it('leave the map as it was where they are cancelled', async () => {
    const { store, adding, jobs, map, said } = await lab({ encode: untilStopped });
    store.subscribe(({ job }) => job?.total === 0 && queueMicrotask(jobs.cancel));
    store.set({ plan: planOf(NEW) });
    expect(await adding.addPlannedPapers()).toMatchObject({ code: 'cancelled' });
    expect(store.get().shown?.map).toBe(map);
    expect(said()).toEqual([]);
  });

  it('wait on where the page has not got the map’s model', async () => {
    const app = wholeApp();
    app.show(mapOf(corpusOf(5)));
    app.store.set({ plan: planOf(NEW) });
    expect(await app.adding.addPlannedPapers()).toBeNull();
    expect(app.store.get().plan?.name).toBe('more');
  });
});

describe('adding whose tab has died', () => {
  it('goes on with the map as it was then, with what a person had made of it', async () => {
    const { store, adding, unfinishedRuns } = await lab({ encode: () => new Promise(() => undefined) });
    store.set({ kept: [{ id: 1, name: 'mine', hue: 0, papers: Int32Array.of(3) }], plan: planOf(NEW) });
    void adding.addPlannedPapers();
    await vi.waitUntil(async () => (await unfinishedRuns.find()) !== null, { interval: 5 });
    const next = wholeApp();
    await next.unfinished.offerUnfinished();
    expect(next.store.get().unfinished).toMatchObject({ name: 'more', addsTo: 'more' });
    await next.unfinished.goOn();
    expect(next.store.get().shown?.corpus.papers).toHaveLength(N + 2);
    expect(next.store.get().kept).toMatchObject([{ name: 'mine', papers: Int32Array.of(3) }]);
  });
});

describe('what is offered of papers that wait', () => {
  it.each<[string, readonly Paper[], boolean, string]>([
    ['all of them are new', NEW, true, 'Or added to “more”: all of them are new to it, and nothing on it moves.'],
    [
      'one is new',
      [NEW[0], corpus.papers[0]],
      true,
      'Or added to “more”: 1 of them is new to it, and nothing on it moves.',
    ],
    [
      'none is new',
      corpus.papers.slice(0, 2),
      false,
      'No paper is new to “more”. It can only gain what it lacks of these: columns, authors, dates, sources.',
    ],
  ])('where %s', async (_, papers, isOfPapers, words) => {
    const { encoders, map } = await lab();
    const offer = additionOffer(map, encoders.modelOfMap(map), planOf(papers));
    expect(offer).toEqual({ isPossible: true, isOfPapers, words });
  });

  it('says why they cannot be added, also to a map without a name', () => {
    const map = mapOf(corpusOf(5));
    const offer = additionOffer({ ...map, info: { ...map.info, name: '' } }, NO_MODEL, planOf(NEW));
    expect(offer).toMatchObject({
      isPossible: false,
      words: 'They cannot be added to “the map that is open”: its file holds no vectors.',
    });
  });
});
