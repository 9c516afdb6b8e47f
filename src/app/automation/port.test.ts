import { describe, expect, it, vi } from 'vitest';
import { StageError } from '../../model/failure.ts';
import { file, MAP, portLab } from '../fixtures/port-lab.ts';
import { offerPort } from './offer-port.ts';

describe('the port', () => {
  it('opens a map and says what it is', async () => {
    const { port } = portLab();
    expect((await port.state()).map).toBeNull();
    expect(await port.open(new ArrayBuffer(0))).toMatchObject({ name: 'a map', papers: 5, columns: ['kind'] });
    expect((await port.state()).map).toMatchObject({ name: 'a map' });
  });

  it('rejects with the page’s own sentence, which the page shows too', async () => {
    const { port, store } = portLab(() =>
      Promise.reject(new StageError('map-corrupt', 'map-file', 'its end is missing')),
    );
    const refused = await port.open(new Blob()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'PortolanError', code: 'map-corrupt' });
    const [{ title, text }] = store.get().notices;
    expect(refused).toHaveProperty('message', `${title}. ${text}`);
  });

  it('reads papers, which wait until a map is made of them', async () => {
    const { port, store } = portLab();
    await expect(port.make()).rejects.toMatchObject({ code: 'bad-call' });
    const found = await port.read(file('4.csv'));
    expect(found).toMatchObject({ records: 5, papers: 4, merged: 1, skipped: [{ line: 7, reason: 'it is empty' }] });
    expect(found.sample[0]).toEqual({ id: '0', title: 'Paper 0', text: '' });
    expect((await port.state()).phase).toBe('asking');
    expect(await port.make()).toMatchObject({ papers: 5 });
    expect(store.get().plan).toBeNull();
  });

  it('makes a map by the layout it is told, as the address then has it', async () => {
    const { port, page } = portLab();
    await port.read(file('4.csv'));
    await port.make({ seed: 7, neighbors: 30 });
    expect(page.hash()).toBe('#neighbors=30&seed=7');
  });

  it('says why papers cannot be added to a map', async () => {
    const { port, show } = portLab();
    show(MAP);
    await port.read(file('4.csv'));
    await expect(port.add()).rejects.toThrow('its file holds no vectors');
  });

  it('puts papers away that wait', async () => {
    const { port } = portLab();
    await port.read(file('4.csv'));
    await port.cancel();
    expect(await port.state()).toMatchObject({ phase: 'idle', found: null });
  });

  it('searches, best hits first and as many as wanted', async () => {
    const { port, show, store } = portLab();
    show(MAP);
    store.set({ isIndexed: true });
    expect(await port.search('maps', { mode: 'words', limit: 2 })).toEqual([
      { id: '3', title: 'Paper 3', score: 3, why: 'words' },
      { id: '1', title: 'Paper 1', score: 2, why: 'meaning' },
    ]);
    expect(await port.state()).toMatchObject({ query: 'maps', hits: 3 });
  });

  it('rejects a search by meaning of a map that has none', async () => {
    const { port, show, store } = portLab();
    show(MAP);
    store.set({ isIndexed: true });
    await expect(port.search('maps', { mode: 'meaning' })).rejects.toThrow('this map file holds no vectors');
  });

  it('waits for papers to be indexed', async () => {
    const { port, show, store } = portLab();
    show(MAP);
    const asked = port.search('maps', { mode: 'words' });
    store.set({ isIndexed: true });
    expect(await asked).toHaveLength(3);
  });

  it('selects and filters, and takes no paper or facet that is not there', async () => {
    const { port, show } = portLab();
    show(MAP);
    expect(await port.select([3, 1])).toBe(2);
    expect((await port.state()).selection).toEqual([1, 3]);
    await expect(port.select([5])).rejects.toMatchObject({ code: 'bad-call' });
    await expect(port.select({ topic: 0 })).rejects.toThrow('no topic 0');
    const kind = (await port.facets()).find(({ name }) => name === 'kind');
    expect(kind?.values?.map(({ label }) => label).sort()).toEqual(['new', 'old']);
    const key = kind?.values?.find(({ label }) => label === 'new')?.key ?? '';
    expect(await port.filter(kind?.id ?? '', { kind: 'only', keys: [key] })).toBe(3);
    expect((await port.state()).papersShown).toBe(3);
    expect(await port.filter(kind?.id ?? '', null)).toBe(5);
    await expect(port.filter('mood', null)).rejects.toThrow('no facet “mood”');
  });

  it('refuses what is not of an argument’s type, and leaves the page as it was', async () => {
    const { port, show, store, page } = portLab();
    show(MAP);
    store.set({ isIndexed: true });
    await port.read(file('4.csv'));
    const before = [store.get(), page.hash()];
    const none: never = undefined as never;
    const calls = [
      port.open(new Uint8Array(3) as never),
      port.read([]),
      port.read(5 as never),
      port.make({ seed: 'abc' as never }),
      port.make({ neighbors: 9999 }),
      port.make({ sead: 7 } as never),
      port.search(none),
      port.search('maps', { mode: 'tea' as never }),
      port.search('maps', { limit: -1 }),
      port.select(none),
      port.select(5 as never),
      port.openPaper('a' as never),
      port.filter('column:kind', none),
      port.filter('column:kind', { kind: 'only', keys: ['nope'] }),
      port.filter('column:kind', { kind: 'ranges', ranges: [], keepsMissing: true }),
      port.export('doc' as never),
      port.export('png', { scale: 0 }),
      port.on('map', 5 as never),
    ];
    const codes = (await Promise.allSettled(calls)).map((call) =>
      call.status === 'rejected' ? call.reason.code : null,
    );
    expect(codes).toEqual(calls.map(() => 'bad-call'));
    expect([store.get(), page.hash()]).toEqual(before);
  });

  it('answers searches that are asked for at once each with its own hits', async () => {
    const asked: string[] = [];
    const { app, show, store } = portLab(undefined, (query) => asked.push(query));
    const port = offerPort(app);
    show(MAP);
    store.set({ isIndexed: true });
    const all = await Promise.all([port.search('a', { mode: 'words' }), port.search('b', { mode: 'words', limit: 1 })]);
    expect(all.map((hits) => hits.length)).toEqual([3, 1]);
    expect(asked).toEqual(['a', 'b']);
  });

  it('counts a paper that is selected twice once', async () => {
    const { port, show } = portLab();
    show(MAP);
    expect(await port.select([1, 1, 3])).toBe(2);
  });

  it('goes on when a listener throws', async () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const { port, show, store } = portLab();
    await port.on('map', () => {
      throw new Error('mine');
    });
    show(MAP);
    expect(store.get().shown?.map).toBe(MAP);
    expect(reported).toEqual([new Error('mine')]);
    vi.unstubAllGlobals();
  });

  it('colours by a column’s name, and names what there is otherwise', async () => {
    const { port, show } = portLab();
    show(MAP);
    await port.color('kind');
    expect((await port.state()).color).toBe('column:kind');
    await expect(port.color('mood')).rejects.toThrow(/source, none.*column:kind, got “mood”/u);
  });

  it('tells a failed export in words', async () => {
    const { port, show } = portLab();
    await expect(port.export('parquet')).rejects.toMatchObject({ code: 'bad-call' });
    show(MAP);
    await expect(port.export('parquet')).rejects.toMatchObject({ code: 'out-of-memory' });
  });

  it('tells listeners of progress, notices and maps until they end', async () => {
    const { port, store, show } = portLab();
    const told: unknown[] = [];
    const ends = [
      await port.on('progress', ({ stage, done, total }) => told.push([stage, done, total])),
      await port.on('notice', ({ kind, title }) => told.push([kind, title])),
      await port.on('map', ({ papers }) => told.push(papers)),
    ];
    const job = { kind: 'building', name: 'x', total: 5, paused: false, places: null } as const;
    store.set({ job: { ...job, progress: { stage: 'encoding', done: 1, total: 5, unit: 'papers', leftMs: null } } });
    store.notify('warning', { title: 'Slow', text: 'It takes longer.' });
    show(MAP);
    expect(told).toEqual([['encoding', 1, 5], ['warning', 'Slow'], 5]);
    for (const end of ends) end();
    store.notify('done', { title: 'Ready', text: '' });
    expect(told).toHaveLength(3);
    await expect(port.on('tea' as never, () => undefined)).rejects.toThrow('no event “tea”');
  });
});
