import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { topicTree } from '../model/map-file/fixtures/topic-tree.ts';
import { corpusOf, mapOf } from './fixtures/app-lab.ts';
import { wholeApp } from './fixtures/whole-app.ts';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', {});
});

/** An app whose map and the user's edits of it are kept. */
async function lab() {
  const app = wholeApp();
  const map = mapOf(corpusOf(5), topicTree(5, 1, 'maps'));
  app.show({ ...map, info: { ...map.info, name: 'Mine: one/two' } });
  app.topics.renameTopic(0, 'charts');
  app.store.set({ kept: [{ id: 1, name: 'good', hue: 2, papers: Int32Array.of(2) }] });
  await app.keptMaps.keepShownMap();
  const [kept] = await app.keptMaps.listKeptMaps();
  return { ...app, kept };
}

describe('a map that is kept in this browser', () => {
  it('is listed, and opened as it was, names and selections included', async () => {
    const { kept, said } = await lab();
    expect(kept).toMatchObject({ name: 'Mine: one/two', papers: 5 });
    expect(said().at(-1)).toBe('Kept in this browser');
    const next = wholeApp();
    await next.keptMaps.showKeptMaps();
    expect(next.store.get().keptMaps).toEqual([kept]);
    expect(await next.keptMaps.openKeptMap(kept)).toBeNull();
    expect(next.store.get()).toMatchObject({
      ...{ keptMaps: null, mapAt: '', topicEdits: { names: { 0: 'charts' } } },
      kept: [{ name: 'good', papers: Int32Array.of(2) }],
      shown: { map: { info: { name: 'Mine: one/two' } } },
    });
  });

  it('is given another name and taken off the list that is open', async () => {
    const { keptMaps, kept, store } = await lab();
    await keptMaps.renameKeptMap(kept, 'Other');
    expect(store.get().keptMaps).toMatchObject([{ id: kept.id, name: 'Other' }]);
    const restore = await keptMaps.removeKeptMap(kept);
    expect(store.get().keptMaps).toEqual([]);
    await restore?.();
    expect(store.get().keptMaps).toMatchObject([{ name: kept.name, papers: 5, saved: kept.saved }]);
  });

  it('is opened under the name that it has in the list', async () => {
    const { keptMaps, kept, store } = await lab();
    await keptMaps.renameKeptMap(kept, 'Other');
    const [renamed] = await keptMaps.listKeptMaps();
    await keptMaps.openKeptMap(renamed);
    expect(store.get().shown?.map?.info.name).toBe('Other');
  });

  it.each([
    ['reviews.csv', 'reviews', 'reviews (2)'],
    ['', '5 papers', '5 papers (2)'],
  ])('called “%s” is kept as %s, and again as %s', async (own, first, second) => {
    const { keptMaps, show } = wholeApp();
    const map = mapOf(corpusOf(5));
    show({ ...map, info: { ...map.info, name: own } });
    await keptMaps.keepShownMap();
    await keptMaps.keepShownMap();
    expect((await keptMaps.listKeptMaps()).map(({ name }) => name).sort()).toEqual([first, second]);
  });

  it('is offered as a file that any other page opens', async () => {
    const { keptMaps, kept, page, mapFiles } = await lab();
    await keptMaps.exportKeptMap(kept);
    const [{ name, blob }] = page.downloads;
    expect(name).toBe('Mine-one-two.parquet');
    expect((await mapFiles.decode(await blob.arrayBuffer())).corpus.papers).toHaveLength(5);
  });

  it('can be compared with the shown one', async () => {
    const { kept } = await lab();
    const app = wholeApp();
    app.show(mapOf(corpusOf(9)));
    expect(await app.compareMaps.withKept(kept)).toBeNull();
    expect(app.store.get().comparison?.names).toEqual(['a map', 'Mine: one/two']);
  });

  it('that is gone is said to be, and what was shown stays', async () => {
    const { keptMaps, kept, store } = await lab();
    await keptMaps.removeKeptMap(kept);
    const { shown } = store.get();
    expect(await keptMaps.openKeptMap(kept)).toMatchObject({ code: 'storage-failed' });
    expect(store.get().shown).toBe(shown);
    expect(store.get().notices.at(-1)?.kind).toBe('failure');
  });
});

describe('keeping', () => {
  it('does nothing without a map', async () => {
    const { keptMaps, said } = wholeApp();
    await keptMaps.keepShownMap();
    expect([await keptMaps.listKeptMaps(), said()]).toEqual([[], []]);
  });

  it('says so where the browser has no storage; the map stays', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const { keptMaps, store, show } = wholeApp();
    show(mapOf(corpusOf(5)));
    await keptMaps.keepShownMap();
    await keptMaps.showKeptMaps();
    expect(store.get().notices.map(({ kind, details }) => [kind, details?.split(':')[0]])).toEqual([
      ['failure', 'storage/storage-failed'],
      ['failure', 'storage/storage-failed'],
    ]);
    expect(store.get()).toMatchObject({ keptMaps: null, shown: { map: { info: { name: 'a map' } } } });
  });
});
