import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Encoder } from '../../encode/encode.client.ts';
import { StageError } from '../../model/failure.ts';
import { corpus, fakeEncoder, paper, report } from '../../pipeline/fixtures/build-lab.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { type WholeApp, wholeApp } from '../fixtures/whole-app.ts';
import type { ImportPlan } from '../state.ts';

function planOf(name: string, papers = corpus.papers): ImportPlan {
  const read = { previews: [], choices: {}, isCounted: true, failure: null };
  const vectors = { vectors: [], vectorsFrom: '', places: [], placesFrom: '', vectorsModel: '' };
  return { name, corpus: { papers, columns: [] }, report: { ...report, papers: papers.length }, ...read, ...vectors };
}

/** Begins a map of forty papers and resolves when it runs. */
async function running(app: WholeApp): Promise<void> {
  app.store.set({ plan: planOf('first') });
  void app.making.makePlannedMap();
  await vi.waitUntil(() => app.store.get().job?.kind === 'building', { interval: 1 });
}

const ended = (app: WholeApp, runs: number) =>
  vi.waitUntil(() => app.store.get().runs === runs && app.store.get().job === null, { interval: 5, timeout: 20_000 });

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', {});
});

describe('papers that are read while a map is being made', () => {
  it('are added to it when it is ready', async () => {
    const app = wholeApp();
    await running(app);
    app.store.set({ plan: planOf('more', [paper('A new one', 'It is about matter 2.', 900)]) });
    app.orders.addWhenReady();
    expect(app.store.get()).toMatchObject({ plan: null, waiting: [{ kind: 'add', name: 'more' }] });
    expect(app.store.get().job?.name).toBe('first');
    await ended(app, 2);
    expect(app.store.get().shown?.corpus.papers).toHaveLength(corpus.papers.length + 1);
    expect(app.store.get().waiting).toEqual([]);
  });

  it('get a map next, and the one that was ready is kept', async () => {
    const app = wholeApp();
    await running(app);
    app.store.set({ plan: planOf('second') });
    app.orders.makeNext();
    await ended(app, 2);
    expect(app.store.get().shown?.map?.info.name).toBe('second');
    expect((await app.keptMaps.listKeptMaps()).map(({ name }) => name)).toEqual(['first']);
  });

  it('get a map instead, which ends the run, and what waits goes on waiting', async () => {
    const app = wholeApp();
    await running(app);
    app.store.set({ plan: planOf('third') });
    app.orders.makeNext();
    app.store.set({ plan: planOf('second') });
    await app.orders.makeInstead();
    expect(app.store.get()).toMatchObject({ job: { name: 'second' }, waiting: [{ name: 'third' }] });
    await ended(app, 2);
    expect(app.store.get().shown?.map?.info.name).toBe('third');
    expect((await app.keptMaps.listKeptMaps()).map(({ name }) => name)).toEqual(['second']);
  });

  it('leave the run whose place they take on offer, and it goes on after them', async () => {
    const app = wholeApp();
    await running(app);
    app.store.set({ plan: planOf('second') });
    await app.orders.makeInstead();
    const [left] = app.store.get().replaced;
    expect(left).toMatchObject({ name: 'first', papers: corpus.papers.length });
    left.goOn();
    expect(app.store.get()).toMatchObject({ replaced: [], waiting: [{ kind: 'make', name: 'first' }] });
    await ended(app, 2);
    expect(app.store.get().shown?.map?.info.name).toBe('first');
    expect((await app.keptMaps.listKeptMaps()).map(({ name }) => name)).toEqual(['second']);
  });

  it('leave an addition whose place they take on offer, to the map as it was', async () => {
    const { encode } = fakeEncoder(8, false, []);
    let isHeld = true;
    const held: Encoder['encode'] = (texts, call) =>
      texts.count > 1 || !isHeld
        ? encode(texts, call)
        : new Promise((_, reject) => {
            const gone = new StageError('cancelled', 'encode', 'not wanted any more');
            call.signal?.addEventListener('abort', () => reject(gone));
          });
    const app = wholeApp({ encode: held });
    await running(app);
    await ended(app, 1);
    app.store.set({ plan: planOf('more', [paper('A new one', 'It is about matter 2.', 900)]) });
    void app.adding.addPlannedPapers();
    await vi.waitUntil(() => app.store.get().job?.name === 'more', { interval: 1 });
    app.store.set({ plan: planOf('second') });
    await app.orders.makeInstead();
    await ended(app, 2);
    expect(app.store.get().replaced).toMatchObject([{ name: 'more', papers: 1 }]);
    isHeld = false;
    app.store.get().replaced[0].goOn();
    await ended(app, 3);
    expect(app.store.get().shown?.map?.info.name).toBe('first');
    expect(app.store.get().shown?.corpus.papers).toHaveLength(corpus.papers.length + 1);
  });

  it('are given back where the map was not made', async () => {
    const app = wholeApp();
    await running(app);
    const plan = planOf('more');
    app.store.set({ plan });
    app.orders.addWhenReady();
    app.jobs.cancel();
    await vi.waitUntil(() => app.said().includes('“more” was not added'), { interval: 5 });
    app.store.get().notices.at(-1)?.action?.run();
    expect(app.store.get().plan).toBe(plan);
  });

  it('begin at once where the run has ended while the user was deciding, and its map is kept', async () => {
    const app = wholeApp();
    await running(app);
    await ended(app, 1);
    app.store.set({ plan: planOf('second') });
    await app.orders.makeInstead();
    await ended(app, 2);
    app.store.set({ plan: planOf('third') });
    app.orders.makeNext();
    await ended(app, 3);
    expect(app.store.get().shown?.map?.info.name).toBe('third');
    expect((await app.keptMaps.listKeptMaps()).map(({ name }) => name).sort()).toEqual(['first', 'second']);
  });

  it('can be taken out of the queue', async () => {
    const app = wholeApp();
    await running(app);
    app.store.set({ plan: planOf('second') });
    app.orders.makeNext();
    app.waiting.drop(app.store.get().waiting[0].id);
    await ended(app, 1);
    expect(app.store.get().shown?.map?.info.name).toBe('first');
  });
});

describe('a map file that is opened while a map is being made', () => {
  const file = async (app: WholeApp): Promise<() => Promise<ArrayBuffer>> => {
    const bytes = await app.mapFiles.encode(mapOf(corpusOf(5)));
    return () => Promise.resolve(bytes);
  };
  /** Opens it and resolves when the user is asked. */
  async function asked(app: WholeApp) {
    await running(app);
    const opened = app.opening.openMap('old', await file(app));
    await vi.waitUntil(() => app.store.get().interruption !== null, { interval: 1 });
    expect(app.store.get().job?.name).toBe('first');
    return { opened, answer: (when: 'now' | 'later' | 'never') => app.store.get().interruption?.answer(when) };
  }

  it('waits for its end, and the map that was ready is kept', async () => {
    const app = wholeApp();
    const { opened, answer } = await asked(app);
    answer('later');
    expect(await opened).toBeNull();
    expect(app.store.get()).toMatchObject({ runs: 1, interruption: null, waiting: [] });
    expect(app.store.get().shown?.map?.info.name).toBe('a map');
    expect((await app.keptMaps.listKeptMaps()).map(({ name }) => name)).toEqual(['first']);
  });

  it('ends it where the user says so', async () => {
    const app = wholeApp();
    const { opened, answer } = await asked(app);
    answer('now');
    expect(await opened).toBeNull();
    expect(app.store.get()).toMatchObject({ runs: 0, job: null });
    expect(app.store.get().shown?.map?.info.name).toBe('a map');
    // The run is on offer, in the next visit too.
    expect(app.store.get().replaced).toMatchObject([{ name: 'first' }]);
    expect(await app.unfinishedRuns.find()).toMatchObject({ name: 'first' });
    app.store.get().replaced[0].goOn();
    await ended(app, 1);
    expect(app.store.get().shown?.map?.info.name).toBe('first');
    expect(await app.unfinishedRuns.find()).toBeNull();
  });

  it('is left where the user says so, and the run goes on', async () => {
    const app = wholeApp();
    const { opened, answer } = await asked(app);
    answer('never');
    expect(await opened).toMatchObject({ code: 'cancelled' });
    await ended(app, 1);
    expect(app.store.get().shown?.map?.info.name).toBe('first');
  });
});
