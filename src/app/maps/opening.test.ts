import { describe, expect, it } from 'vitest';
import { StageError } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import { corpusOf, labPage, mapOf } from '../fixtures/app-lab.ts';
import { makeJobs } from '../jobs.ts';
import { FRESH_VIEW } from '../state.ts';
import { makeStore } from '../store.ts';
import { MAX_FILES } from './files.ts';
import { makeImporting } from './importing.ts';
import { makeOpening } from './opening.ts';
import { makeWaiting } from './waiting.ts';

const EMPTY = new ArrayBuffer(0);

/** Opens and reads files: `decode` reads maps; a file's name says how many papers it holds. */
function lab(decode: () => Promise<MapData>, hash = '') {
  const store = makeStore();
  const page = labPage(hash);
  const read: string[][] = [];
  const jobs = makeJobs(store, { pause: () => Promise.resolve(), resume: () => Promise.resolve() });
  const showing = {
    showMap: (shown: { readonly map: MapData | null }) => store.set({ ...FRESH_VIEW, shown: shown as never }),
    restore: () => undefined,
    editedMap: () => null,
    findTopics: () => Promise.resolve(),
  };
  const waiting = makeWaiting({ store, jobs, keepMap: () => Promise.resolve(true) });
  const opening = makeOpening({ store, page, jobs, mapFiles: { decode }, showing, waiting });
  const reader = {
    read(inputs: readonly { readonly name: string }[]) {
      read.push(inputs.map(({ name }) => name));
      const papers = inputs.reduce((sum, { name }) => sum + (Number.parseInt(name, 10) || 1), 0);
      const report = { records: papers, papers, merged: 0, groups: [], skipped: [], warnings: [], files: [] };
      return Promise.resolve({
        corpus: corpusOf(papers),
        report,
        previews: [],
        vectors: [],
        places: [],
        failure: null,
      });
    },
  };
  const encoders = { modelOfMap: () => 'no model' };
  return { store, opening, read, importing: makeImporting({ store, page, jobs, reader, encoders, opening }) };
}

const file = (name: string): File => new File(['x'], name);
const isMap = () => Promise.resolve(mapOf(corpusOf(5)));
const isTable = () => Promise.reject(new StageError('not-a-map', 'map-file', 'it has no column x'));

describe('a map file', () => {
  it('is shown, from where it came', async () => {
    const { store, opening } = lab(isMap);
    expect(await opening.openMap('mine', () => Promise.resolve(EMPTY))).toBeNull();
    expect(store.get()).toMatchObject({ shown: { map: { info: { name: 'a map' } } }, mapAt: '', job: null });
  });

  it('is never fetched from another site', async () => {
    const { store, opening } = lab(isMap);
    const failure = await opening.openMapAt('https://elsewhere.example/map.parquet');
    expect(failure).toMatchObject({ code: 'network' });
    expect(store.get()).toMatchObject({ shown: null, mapAt: '', notices: [{ kind: 'failure' }] });
  });

  it('says which of its columns could not be read', async () => {
    const map = mapOf(corpusOf(5));
    const { store, opening } = lab(() =>
      Promise.resolve({ ...map, info: { ...map.info, other: { skippedColumns: ['deep', 'odd'] } } }),
    );
    await opening.openMap('mine', () => Promise.resolve(EMPTY));
    expect(store.get().notices[0].text).toBe('These could not be read: deep, odd.');
  });

  it('that is a table is told apart from one that is damaged', async () => {
    const { store, opening } = lab(isTable);
    const opened = await opening.openFile('table', () => Promise.resolve(EMPTY));
    expect(opened).toMatchObject({ isDone: true, result: { kind: 'table', failure: { code: 'not-a-map' } } });
    expect(store.get().notices).toEqual([]);
    expect(await opening.openMap('table', () => Promise.resolve(EMPTY))).toMatchObject({ code: 'not-a-map' });
    expect(store.get().notices[0].title).toBe('This is a table, not a map');
  });
});

describe('files that are given', () => {
  it('are read as papers where they are no map, and wait for the user', async () => {
    const { store, importing, read } = lab(isTable);
    expect(await importing.openFiles([file('7.parquet')])).toBeNull();
    expect(read).toEqual([['7.parquet']]);
    expect(store.get().plan).toMatchObject({ name: '7.parquet', report: { papers: 7 }, vectorsFrom: '' });
  });

  it('are not read as papers where they are a map, or damaged', async () => {
    const damaged = () => Promise.reject(new StageError('map-corrupt', 'map-file', 'no footer'));
    for (const [decode, code] of [
      [isMap, undefined],
      [damaged, 'map-corrupt'],
    ] as const) {
      const { store, importing, read } = lab(decode);
      expect((await importing.openFiles([file('7.parquet')]))?.code).toBe(code);
      expect([read, store.get().plan]).toEqual([[], null]);
    }
  });

  it('are all read, in the order of their paths, but for hidden ones', async () => {
    const { store, importing, read } = lab(isTable);
    const paths = ['3.csv', '.git/HEAD', 'photo.png', '2.txt', '__MACOSX/._2.txt', 'sub/1.md', '.DS_Store'];
    await importing.openGiven(paths.map((path) => ({ path: `notes/${path}`, file: file(path) })));
    expect(read).toEqual([['notes/2.txt', 'notes/3.csv', 'notes/photo.png', 'notes/sub/1.md']]);
    expect(store.get().plan?.report.skipped).toEqual([]);
  });

  it('beyond the maximum are told of', async () => {
    const { store, importing, read } = lab(isTable);
    const one = file('1.txt');
    await importing.openGiven(Array.from({ length: MAX_FILES + 1 }, (_, i) => ({ path: `n${i}.txt`, file: one })));
    expect(read[0]).toHaveLength(MAX_FILES);
    expect(store.get().plan?.report.skipped).toEqual([
      expect.objectContaining({ line: 0, reason: expect.stringContaining('only the first 10000 files') }),
    ]);
  });

  it('must hold enough for a map, and what the address asks for', async () => {
    const few = lab(isTable);
    expect(await few.importing.openFiles([file('2.csv')])).toMatchObject({ code: 'too-few-papers' });
    expect(few.store.get()).toMatchObject({ plan: { failure: { code: 'too-few-papers' } }, notices: [] });
    const wanting = lab(isTable, '#vectors=v');
    expect(await wanting.importing.openFiles([file('9.csv')])).toMatchObject({ code: 'bad-format' });
  });
});
