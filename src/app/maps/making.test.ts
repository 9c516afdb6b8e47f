import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StageError } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import { decodeMapFile } from '../../model/map-file/decode-map-file.ts';
import { encodeMapFile } from '../../model/map-file/encode-map-file.ts';
import { corpus, N, report } from '../../pipeline/fixtures/build-lab.ts';
import { findPlaces } from '../../read/places/find-places.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { type WholeApp, wholeApp } from '../fixtures/whole-app.ts';
import type { ImportPlan } from '../state.ts';
import { MAKING } from '../tabs.ts';

const PLAN: ImportPlan = {
  name: 'texts',
  corpus,
  report,
  previews: [],
  choices: {},
  isCounted: true,
  failure: null,
  vectors: [],
  vectorsFrom: '',
  vectorsModel: '',
  places: [],
  placesFrom: '',
};

/** Pearson's, over the rows that have both. */
function correlation(a: ArrayLike<number>, b: readonly (number | null)[]): number {
  const rows = b.flatMap((value, i) => (value === null ? [] : [[a[i], value] as const]));
  const mean = (at: 0 | 1) => rows.reduce((sum, row) => sum + row[at], 0) / rows.length;
  const [u, v] = [mean(0), mean(1)];
  const sum = (of: (x: number, y: number) => number) => rows.reduce((all, [x, y]) => all + of(x - u, y - v), 0);
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
}

/** Starts the map of the waiting papers. Resolves with its pending outcome as soon as `has` holds. */
async function begun(app: WholeApp, has: () => boolean) {
  app.store.set({ plan: PLAN });
  const made = app.making.makePlannedMap();
  await vi.waitUntil(has, { interval: 1 });
  return made;
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', {});
});

describe('a map that is made', () => {
  it('is shown with its places, vectors and topics, and is told of', async () => {
    const app = wholeApp({ hash: '#seed=7&name=Mine&origin=a%20site' });
    app.store.set({ plan: PLAN });
    expect(await app.making.makePlannedMap()).toBeNull();
    const { shown, job, plan, runs } = app.store.get();
    expect({ job, plan, runs }).toEqual({ job: null, plan: null, runs: 1 });
    expect(shown?.map).toMatchObject({
      corpus,
      embedding: { rows: N },
      info: { name: 'Mine', origin: 'a site', project: { seed: 7 }, counts: { papers: N } },
    });
    expect(shown?.positions.every(Number.isFinite)).toBe(true);
    expect(app.store.get().notices.at(-1)).toMatchObject({ kind: 'done', title: 'The map is ready' });
    expect(app.store.get().notices.at(-1)?.text).toMatch(/^40 papers in .* s\. “Save map” keeps it as a file\.$/u);
  });

  it('can be added to later: it says which model made its vectors', async () => {
    const app = wholeApp();
    app.store.set({ plan: PLAN });
    await app.making.makePlannedMap();
    const map = app.store.get().shown?.map;
    expect(map && app.encoders.modelOfMap(map)).toMatchObject({ id: 'all-MiniLM-L6-v2' });
  });

  it('shows pictures of itself on the way, in which one can search', async () => {
    const app = wholeApp();
    app.store.set({ plan: PLAN });
    const pictures: (string | undefined)[] = [];
    app.store.subscribe(({ shown, job }, before) => {
      if (shown !== before.shown && !shown?.map) pictures.push(job?.name);
    });
    await app.making.makePlannedMap();
    expect(pictures.length).toBeGreaterThan(1);
    expect(new Set(pictures)).toEqual(new Set(['texts']));
    await app.search.search('matter');
    expect(app.store.get().hits?.total).toBe(N);
  });

  it('is made once at a time in all tabs', async () => {
    const locks = {
      query: () => Promise.resolve({ held: [] }),
      request: (_: string, __: unknown, work: (lock: null) => unknown) => Promise.resolve().then(() => work(null)),
    };
    const app = wholeApp({ locks: locks as unknown as LockManager });
    app.store.set({ plan: PLAN });
    expect(await app.making.makePlannedMap()).toMatchObject({ code: 'busy' });
    expect(app.store.get()).toMatchObject({ shown: null, job: null, notices: [{ kind: 'failure' }] });
  });

  it('sets papers aside that no worker can embed, and names the first three', async () => {
    const app = wholeApp({ setAside: [3, 5, 7, 9] });
    app.store.set({ plan: PLAN });
    await app.making.makePlannedMap();
    expect(app.store.get().notices.find(({ kind }) => kind === 'warning')).toMatchObject({
      title: '4 papers could not be embedded',
      text: '“Paper 3”, “Paper 5”, “Paper 7” and 1 more: each stopped two workers. They stand beside the map.',
    });
    expect(app.store.get().shown?.positions.every(Number.isFinite)).toBe(true);
  });

  it('can be made of the vectors that came with the papers, by no model', async () => {
    const rows = Float32Array.from({ length: N * 2 }, (_, i) => (i % 2 === 0 ? Math.cos(i) : Math.sin(i - 1)));
    rows.fill(0, 16, 18);
    const vectors = [{ column: 'v', dimensions: 2, rows, without: [8] }];
    const app = wholeApp({ encode: () => Promise.reject(new Error('no model was asked for')) });
    app.store.set({ plan: { ...PLAN, vectors, vectorsFrom: 'v', vectorsModel: 'theirs' } });
    expect(await app.making.makePlannedMap()).toBeNull();
    expect(app.store.get().shown?.map).toMatchObject({ embedding: { cols: 2 }, info: { encode: { model: 'theirs' } } });
    expect(app.store.get().notices.find(({ kind }) => kind === 'warning')).toMatchObject({
      title: '1 paper without a usable vector',
      text: '“Paper 8”. They stand beside the map.',
    });
  });

  it('keeps the places that the file brings, and says who has none', async () => {
    const values = (axis: number) =>
      Array.from({ length: N }, (_, i) => (i === 5 ? null : Math.sin(i * i + axis) * 1e-9 + 7e3));
    const columns = [
      { name: 'umap_x', values: values(0) },
      { name: 'umap_y', values: values(1) },
    ];
    const app = wholeApp({ hash: '#start=spectral', setAside: [3] });
    const places = findPlaces(columns);
    app.store.set({ plan: { ...PLAN, corpus: { ...corpus, columns }, places, placesFrom: 'umap_x,umap_y' } });
    expect(await app.making.makePlannedMap()).toBeNull();
    const map = app.store.get().shown?.map;
    for (const axis of [0, 1]) {
      const made = map?.positions.filter((_, at) => at % 2 === axis) ?? new Float32Array();
      expect(correlation(made, values(axis))).toBeGreaterThan(0.999_99);
    }
    expect(map?.positions[10]).toBeGreaterThan(1);
    expect(map).toMatchObject({ embedding: { rows: N }, info: { project: { engine: 'given' } } });
    expect(app.store.get().notices.map(({ title, text }) => `${title}: ${text}`)).toEqual(
      expect.arrayContaining([
        '1 paper without a place: “Paper 5”. They stand beside the map.',
        '1 paper could not be embedded: “Paper 3”: each stopped two workers. They stay where they are.',
      ]),
    );
    const again = await decodeMapFile(encodeMapFile(map as MapData)); // It is there: the map is made.
    expect(again.positions).toEqual(map?.positions);
  });

  it('is nothing where no papers wait and no map is shown', async () => {
    const app = wholeApp();
    expect([await app.making.makePlannedMap(), await app.making.makeShownMapAgain()]).toEqual([null, null]);
    expect(app.store.get()).toMatchObject({ shown: null, runs: 0, notices: [] });
  });
});

describe('what was shown before', () => {
  const old = mapOf(corpusOf(5));

  it('comes back, selection and all, where the run is cancelled, and nothing is said', async () => {
    const app = wholeApp();
    app.show(old);
    app.store.set({ selection: Int32Array.of(1, 3), mapAt: 'maps/old.parquet' });
    let isCancelled = false;
    app.store.subscribe(({ shown }) => {
      if (isCancelled || shown?.corpus !== corpus) return;
      isCancelled = true;
      app.jobs.cancel();
    });
    expect(await begun(app, () => app.store.get().job !== null)).toMatchObject({ code: 'cancelled' });
    expect(app.store.get()).toMatchObject({
      ...{ shown: { map: old }, selection: Int32Array.of(1, 3), mapAt: 'maps/old.parquet', job: null, runs: 0 },
      notices: [],
    });
  });

  it('comes back where the run fails, which is said in words', async () => {
    const encode = () => Promise.reject(new StageError('model-missing', 'encode', 'there is no such file'));
    const app = wholeApp({ encode });
    app.show(old);
    app.store.set({ plan: PLAN });
    expect(await app.making.makePlannedMap()).toMatchObject({ code: 'model-missing' });
    expect(app.store.get()).toMatchObject({ shown: { map: old }, notices: [{ kind: 'failure' }] });
    expect(app.store.get().notices[0].details).toBe('encode/model-missing: there is no such file');
  });

  it('is left out of a comparison first', async () => {
    const app = wholeApp();
    app.show(old);
    await app.compareMaps.withFile(new File([await app.mapFiles.encode(mapOf(corpusOf(5)))], 'other.parquet'));
    expect(app.store.get().comparison).not.toBeNull();
    app.store.set({ plan: PLAN });
    await app.making.makePlannedMap();
    expect(app.store.get()).toMatchObject({ comparison: null, colorBy: expect.not.stringMatching('drift') });
  });
});

describe('the shown map made again', () => {
  it('has its papers, its name and its counts, by the options of the address', async () => {
    const app = wholeApp({ hash: '#seed=11' });
    const map = mapOf(corpus);
    app.show({ ...map, info: { ...map.info, counts: { records: 50, papers: N, merged: 4, skipped: 6 } } });
    expect(await app.making.makeShownMapAgain()).toBeNull();
    expect(app.store.get().shown?.map?.info).toMatchObject({
      name: 'a map',
      project: { seed: 11 },
      counts: { records: 50, papers: N, merged: 4, skipped: 6 },
    });
  });
});

describe('a run whose tab dies', () => {
  /** The state after a tab was closed during embedding: its run never ends. */
  async function dead() {
    const app = wholeApp({ encode: () => new Promise(() => undefined) });
    app.store.set({ plan: PLAN });
    void app.making.makePlannedMap();
    await vi.waitUntil(async () => (await app.unfinishedRuns.find()) !== null, { interval: 5 });
  }

  it('is offered in the next visit and goes on to the same map', async () => {
    await dead();
    const app = wholeApp({ hash: '#seed=99' });
    await app.unfinished.offerUnfinished();
    expect(app.store.get().unfinished).toMatchObject({ name: 'texts', papers: N });
    await app.unfinished.goOn();
    expect(app.store.get()).toMatchObject({ unfinished: null, runs: 1, shown: { map: { info: { name: 'texts' } } } });
    // The options come from the run, not from the current address.
    expect(app.store.get().shown?.map?.info.project?.seed).not.toBe(99);
    await app.unfinished.offerUnfinished();
    expect(app.store.get().unfinished).toBeNull();
  });

  it('is not offered again once it was given up', async () => {
    await dead();
    const app = wholeApp();
    await app.unfinished.offerUnfinished();
    await app.unfinished.discardUnfinished();
    expect(app.store.get().unfinished).toBeNull();
    const next = wholeApp();
    await next.unfinished.offerUnfinished();
    expect(next.store.get().unfinished).toBeNull();
  });

  it('is not offered while another tab is at it, nor to who makes another map already', async () => {
    await dead();
    const held = [{ name: `portolan ${MAKING} /here/` }];
    const busy = wholeApp({ locks: { query: () => Promise.resolve({ held }) } as unknown as LockManager });
    await busy.unfinished.offerUnfinished();
    expect(busy.store.get().unfinished).toBeNull();
    const making = wholeApp();
    making.store.set({ job: { kind: 'building', name: 'x', progress: null, total: 0, paused: false, places: null } });
    await making.unfinished.offerUnfinished();
    expect(making.store.get().unfinished).toBeNull();
  });

  it('says so where another tab has finished it meanwhile', async () => {
    await dead();
    const app = wholeApp();
    await app.unfinished.offerUnfinished();
    await wholeApp().unfinishedRuns.end();
    await app.unfinished.goOn();
    expect(app.said()).toEqual(['Nothing to go on with']);
    expect(app.store.get()).toMatchObject({ unfinished: null, shown: null });
  });
});
