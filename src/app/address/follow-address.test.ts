import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { corpusOf, labPage, mapOf } from '../fixtures/app-lab.ts';
import { labRenderer } from '../fixtures/lab-renderer.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import { makeSelectors } from '../selectors.ts';
import { makeStore } from '../store.ts';
import type { Camera } from '../view/view.ts';
import { followAddress } from './follow-address.ts';

const some = (...papers: number[]) => Int32Array.from(papers);

/** A page whose maps are all the same. `settle` waits until all timers and promises have finished. */
async function lab(hash: string) {
  const store = makeStore();
  let changed = (): void => undefined;
  const page = {
    ...labPage(hash),
    onHashChange: (listener: () => void): void => {
      changed = listener;
    },
  };
  const opened: string[] = [];
  const shownCameras: Camera[] = [];
  const map = mapOf(corpusOf(10), topicTree(10, 2, 'maps'));
  const opening = {
    openMapAt(path: string) {
      opened.push(path);
      store.set({ shown: { corpus: map.corpus, positions: map.positions, map }, mapAt: path, colorBy: 'topic' });
      return Promise.resolve(null);
    },
  };
  let moved = (): void => undefined;
  let camera: Camera | null = null;
  const view = {
    followViewport: (follow: () => void) => {
      moved = follow;
      return () => undefined;
    },
    currentCamera: () => camera,
    showCamera: (to: Camera) => void shownCameras.push(to),
    goToPaper: (selected: number) => store.set({ selected }),
  };
  const search = { search: (query: string) => Promise.resolve(store.set({ query })) };
  const topics = { goToTopic: (topic: number) => store.set({ topic }) };
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(2000);
  followAddress({ store, page, selectors: makeSelectors(), search, topics, view, opening });
  await settle();
  const goTo = async (next: string): Promise<void> => {
    page.setHash(next, false);
    changed();
    await settle();
  };
  const moveTo = (to: Camera): void => {
    camera = to;
    moved();
  };
  return { store, page, opened, shownCameras, settle, goTo, moveTo };
}

describe('the address', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('opens the map that it names, the sample where it names none, and none where it says so', async () => {
    expect((await lab('')).opened).toEqual(['data/sample.parquet']);
    expect((await lab('#map=maps/mine.parquet')).opened).toEqual(['maps/mine.parquet']);
    expect((await lab('#map=none')).opened).toEqual([]);
  });

  it('shows the view that it describes, without a step to undo', async () => {
    const { store, shownCameras } = await lab(
      '#q=maps&mode=words&like=1.99&sel=3&group=1-2&color=source&theme=dark&at=0.5,0.5,4',
    );
    expect(store.get()).toMatchObject({
      query: 'maps',
      searchMode: 'words',
      selected: 3,
      colorBy: 'source',
      theme: 'dark',
    });
    expect(store.get().selection).toEqual(some(1, 2, 3));
    expect(shownCameras).toEqual([{ x: 0.5, y: 0.5, zoom: 4 }]);
    expect(store.undo()).toBe(false);
  });

  it('leaves out what the map does not have', async () => {
    const { store } = await lab('#sel=99&topic=99&like=99&group=5-z');
    expect(store.get()).toMatchObject({ selected: -1, topic: -1, like: [] });
    expect(store.get().selection).toEqual(some(5, 6, 7, 8, 9));
  });

  it('follows what is shown: what is opened is a step of its own, moving is none', async () => {
    const { store, page, settle, moveTo } = await lab('');
    moveTo({ x: 0.25, y: 0, zoom: 2 });
    await settle();
    expect(page.hash()).toBe('#v=1&at=0.25,0,2');
    expect(page.steps).toEqual([]);
    store.set({ selected: 4 });
    await settle();
    expect(page.steps).toEqual(['#v=1&at=0.25,0,2&sel=4']);
    store.set({ colorBy: 'none' });
    await settle();
    expect(page.hash()).toBe('#v=1&at=0.25,0,2&sel=4&color=none');
    expect(page.steps).toHaveLength(1);
  });

  it('is obeyed when it changes, without opening the same map again', async () => {
    const { store, opened, goTo } = await lab('#sel=1');
    await goTo('#sel=2');
    expect(store.get().selected).toBe(2);
    await goTo('');
    expect(store.get().selected).toBe(-1);
    expect(opened).toHaveLength(1);
  });

  it('says nothing of a map that it cannot name', async () => {
    const { store, page, settle } = await lab('');
    store.set({ mapAt: '', selected: 4 });
    await settle();
    expect(page.hash()).toBe('');
  });

  it('tells once what has no room in it', async () => {
    const { store, page, settle } = await lab('');
    const wide = mapOf(corpusOf(5000));
    store.set({ shown: { corpus: wide.corpus, positions: wide.positions, map: wide }, colorBy: 'none' });
    for (const start of [0, 1]) {
      store.set({ selection: Int32Array.from({ length: 2000 }, (_, i) => start + 2 * i) });
      await settle();
    }
    expect(page.hash()).toBe('');
    expect(store.get().notices.map(({ title }) => title)).toEqual(['The link leaves out the selection']);
  });
});

/** A whole app at an address. Its site has one map: ten dated papers from two files, with two levels of topics. */
async function visit(hash: string) {
  const app = wholeApp({ hash });
  const { papers } = corpusOf(10, ['a.csv', 'b.csv']);
  const dated = papers.map((paper, i) => ({ ...paper, date: `20${10 + i}-05-01` }));
  const columns = [{ name: 'kind', values: [...'ababababab'] }];
  const map = mapOf({ papers: dated, columns }, topicTree(10, 2, 'maps'));
  const openMapAt = async (path: string) => {
    if (path !== 'data/sample.parquet') return { code: 'network', stage: 'map-file', message: 'not there' } as const;
    app.show(map);
    app.store.set({ mapAt: path });
    return null;
  };
  const renderer = labRenderer();
  renderer.setPositions(map.positions);
  app.view.setRenderer(renderer);
  followAddress({ ...app, opening: { openMapAt } });
  await vi.advanceTimersByTimeAsync(2000);
  return { ...app, settle: () => vi.advanceTimersByTimeAsync(2000) };
}

describe('a link', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('restores for another person what was found, filtered, coloured, selected, opened and looked at', async () => {
    const mine = await visit('');
    mine.filtering.setFilter('column:kind', { kind: 'only', keys: ['b'] });
    mine.filtering.toggleTimeline();
    mine.picking.pick(some(1, 3, 4));
    await mine.search.search('paper');
    mine.store.set({ colorBy: 'column:kind', theme: 'dark', selected: 5 });
    mine.view.showCamera({ x: 0.5, y: 0, zoom: 3 });
    mine.view.announceViewport();
    await mine.settle();
    const theirs = await visit(mine.page.hash());
    const { filters, timeline, selection, query, colorBy, theme, selected } = mine.store.get();
    expect(theirs.store.get()).toMatchObject({ filters, timeline, selection, query, colorBy, theme, selected });
    expect(timeline).toBe('date');
    expect(theirs.store.get().hits?.indices).toEqual(mine.store.get().hits?.indices);
    expect(Array.from(theirs.store.get().hits?.indices ?? []).sort()).toEqual([1, 3, 5, 7, 9]);
    expect(theirs.view.currentCamera()).toEqual({ x: 0.5, y: 0, zoom: 3 });
  });

  it.each([
    ['a paper', '#sel=7', 7, -1],
    ['a topic', '#topic=1', -1, 1],
    ['a topic that is not there', '#topic=77', -1, -1],
  ])('to %s opens it and flies there', async (_, hash, selected, topic) => {
    const { store, view } = await visit(hash);
    expect(store.get()).toMatchObject({ selected, topic });
    expect(view.currentCamera() === null).toBe(selected < 0 && topic < 0);
  });

  it('to a map that is not there changes nothing, and nothing is written over it', async () => {
    const { store, page, settle } = await visit('#map=maps/gone.parquet&sel=2');
    expect(store.get()).toMatchObject({ shown: null, selected: -1 });
    store.set({ colorBy: 'none' });
    await settle();
    expect(page.hash()).toBe('#map=maps/gone.parquet&sel=2');
  });

  it('takes a query as one step once nobody types any more', async () => {
    const { store, page, settle } = await visit('');
    for (const query of ['m', 'ma', 'map']) {
      store.set({ query });
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(page.steps).toEqual([]);
    await settle();
    expect(page.steps).toHaveLength(1);
    expect(page.hash()).toContain('q=map');
  });

  it('of the view as it opens is the plain address', async () => {
    const { page, store, settle } = await visit('');
    store.set({ selected: 3 });
    await settle();
    store.set({ selected: -1 });
    await settle();
    expect(page.hash()).not.toContain('sel=');
  });
});
