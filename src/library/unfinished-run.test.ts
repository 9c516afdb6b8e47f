import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Corpus } from '../model/paper.ts';
import { makeLibraryStore } from './database.web.ts';
import { type BegunRun, makeUnfinishedRuns } from './unfinished-run.web.ts';

const start = () => makeUnfinishedRuns(makeLibraryStore('/maps/'));

const corpusOf = (count: number): Corpus => ({
  papers: Array.from({ length: count }, (_, i) => ({
    ...{ id: `${i}`, title: `Paper ${i}`, text: 'Text.', authors: null, date: null, url: null },
    sources: [{ file: 'f', line: i }],
  })),
  columns: [
    { name: 'cites', values: Array.from({ length: count }, (_, i) => i) },
    { name: 'tags', values: Array.from({ length: count }, (_, i) => `a; b${i}`), isList: true },
  ],
});

const orderOf = (name: string, count = 3): BegunRun => ({
  ...{ name, corpus: corpusOf(count), origin: null, created: '2026-01-01', choices: 'seed=7' },
  report: { records: count, papers: count, merged: 0, skipped: [], groups: [], warnings: [], files: [] },
});

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('an unfinished run', () => {
  it('is found by the next visit, with all its papers and columns', async () => {
    const runs = start();
    runs.begin(orderOf('Mine', 2500));
    await runs.find();
    const found = await start().find();
    expect(found).toMatchObject({ name: 'Mine', papers: 2500, parts: 3, embedded: 0, choices: 'seed=7', origin: null });
    expect(found && (await start().corpusOf(found))).toEqual(corpusOf(2500));
    expect(await start().base()).toBeNull();
  });

  it('keeps of an order what it needs, whatever else callers have in it', async () => {
    const runs = start();
    runs.begin({ ...orderOf('Mine'), given: () => 'not storable' } as BegunRun); // As a caller's own order has more.
    expect(await runs.find()).toMatchObject({ name: 'Mine' });
    expect(await runs.find()).not.toHaveProperty('addsTo');
  });

  it('keeps the map that papers are added to', async () => {
    const runs = start();
    runs.begin({ ...orderOf('More'), addsTo: 'Mine', base: async () => new Uint8Array([1, 2, 3]).buffer });
    expect(await runs.find()).toMatchObject({ addsTo: 'Mine' });
    expect(new Uint8Array((await start().base()) ?? new ArrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('says how many papers have a vector, once a second at most, also when it is gone on with', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(10_000);
    const runs = start();
    runs.begin(orderOf('Mine'));
    runs.embedded(1);
    runs.embedded(2);
    expect(await runs.find()).toMatchObject({ embedded: 1 });
    const again = start();
    const found = await again.find();
    if (found) again.resume(found);
    clock.mockReturnValue(11_001);
    again.embedded(3);
    expect(await again.find()).toMatchObject({ name: 'Mine', embedded: 3 });
  });

  it('is gone when it has ended, and says nothing more', async () => {
    const runs = start();
    runs.begin({ ...orderOf('Mine'), addsTo: 'Other', base: async () => new ArrayBuffer(3) });
    await runs.find();
    await runs.end();
    runs.embedded(3);
    expect([await runs.find(), await runs.base()]).toEqual([null, null]);
  });

  it('leaves nothing when it ends before it is kept, and gives way to the next one', async () => {
    const runs = start();
    runs.begin(orderOf('First', 5000));
    await runs.end();
    expect(await runs.find()).toBeNull();
    runs.begin(orderOf('Second', 5000));
    runs.begin(orderOf('Third', 2));
    const found = await runs.find();
    expect(found).toMatchObject({ name: 'Third', parts: 1 });
    expect(found && (await runs.corpusOf(found))).toEqual(corpusOf(2));
  });

  it('has no papers when some of them are gone', async () => {
    const runs = start();
    runs.begin(orderOf('Mine', 1500));
    const found = await runs.find();
    await makeLibraryStore('/maps/').run('lose a part', (db) => db.delete('parts', 1));
    expect(found && (await runs.corpusOf(found))).toBeNull();
  });

  it('costs nothing but itself where storage is denied', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const runs = start();
    runs.begin(orderOf('Mine'));
    runs.embedded(1);
    expect(await runs.find()).toBeNull();
    await runs.end();
  });
});
