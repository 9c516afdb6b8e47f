import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMapFile } from '../model/map-file/encode-map-file.ts';
import { defaultInfo } from '../model/map-file/info.ts';
import { readAll } from './fixtures/collect.ts';
import type { ReadOptions, ReadResult } from './read.api.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const fixture = (name: string): Bytes => new Uint8Array(readFileSync(join(import.meta.dirname, 'fixtures', name)));
const read = (files: Record<string, Bytes | string>, options?: ReadOptions): Promise<ReadResult> =>
  readAll(
    Object.entries(files).map(([name, bytes]) => ({ name, blob: new Blob([bytes]) })),
    options,
  );
const TABLE = fixture('vectors.parquet');

function mapFile(): Bytes {
  const papers = ['a', 'b', 'c'].map((id) => ({
    id,
    title: `Paper ${id}`,
    text: '',
    authors: null,
    date: null,
    url: null,
    sources: [],
  }));
  const none = { neighbors: null, embedding: null, preservation: null, summaries: null, topics: null };
  const positions = Float32Array.of(-1, 0, 0, 1, 1, -1);
  return new Uint8Array(encodeMapFile({ corpus: { papers, columns: [] }, positions, ...none, info: defaultInfo(3) }));
}

describe('a Parquet table', () => {
  it('is read as papers, row by row, with its columns', async () => {
    const { corpus, report, previews } = await read({ 'v.parquet': TABLE });
    expect(report).toMatchObject({ records: 23, papers: 23, merged: 0 });
    expect(report.files).toEqual([
      { name: 'v.parquet', format: 'parquet', encoding: 'utf-8', records: 23, replacedBytes: 0 },
    ]);
    expect(report.skipped).toEqual([{ file: 'v.parquet', line: 24, reason: 'neither a title nor a text' }]);
    expect(corpus.papers[2]).toEqual({
      id: expect.any(String),
      title: 'Embeddings of music, part 2',
      text: 'We learn vectors of music and search them, case 2.',
      authors: 'A. One; B. Two 2',
      date: '2020-03-03',
      url: null,
      sources: [{ file: 'v.parquet', line: 3 }],
    });
    const [cited, tags] = ['cited', 'tags'].map((name) => corpus.columns.find((column) => column.name === name));
    expect(cited?.values.slice(0, 4)).toEqual([0, 3, null, 9]);
    expect(tags?.values[0]).toBe('1, 2');
    expect(corpus.columns.map(({ name }) => name)).toEqual(['cited', 'tags']);
    expect(previews[0].table?.roles).toMatchObject({
      title: 'title',
      text: 'abstract',
      authors: 'authors',
      date: 'published',
    });
  });

  it('brings vectors of float, double and fixed-size lists, and says which cannot be used', async () => {
    const { vectors, report } = await read({ 'v.parquet': TABLE });
    expect(vectors.map(({ column, dimensions, without }) => ({ column, dimensions, without }))).toEqual([
      { column: 'vector', dimensions: 8, without: [3, 4, 5, 6, 7] },
      { column: 'other', dimensions: 8, without: [3, 4, 5, 6, 7, 8] },
      { column: 'fixed', dimensions: 40, without: [] },
    ]);
    const own = report.warnings.filter(({ reason }) => reason.startsWith('column “vector”'));
    expect(own.map(({ line, reason }) => `${line} ${reason.slice('column “vector”: '.length)}`)).toEqual([
      '4 no vector',
      '5 7 numbers, not 8',
      '6 a vector without a direction',
      '7 not all of its values are finite numbers',
      '8 no vector',
    ]);
    expect(report.warnings.at(-1)).toEqual({
      file: 'v.parquet',
      line: 9,
      reason: 'column “other”: not all of its values are finite numbers',
    });
    const numbers = Array.from({ length: 8 }, (_, j) => Math.fround(((7 + j * 3) % 11) / 10 - 0.45));
    const norm = Math.hypot(...numbers);
    const row = Array.from(vectors[0].rows.slice(8, 16));
    row.forEach((value, j) => {
      expect(value).toBe(Math.fround(numbers[j] / norm));
    });
  });

  it('needs no vectors, and may be packed in any common way', async () => {
    const { corpus, vectors } = await read({ 'plain.parquet': fixture('plain.parquet') });
    expect(vectors).toEqual([]);
    expect(corpus.papers).toHaveLength(5);
    expect(corpus.papers.map(({ date }) => date)).toEqual(['2020', '2021', '2022', null, '2024']);
  });

  it('is one file among others, under the same limit and the same choice of columns', async () => {
    const csv = 'title,text\nOne of a table,Its text.\n';
    const { corpus, report } = await read({ 'v.parquet': TABLE, 'a.csv': csv });
    expect(report.files.map(({ format }) => format)).toEqual(['parquet', 'csv']);
    expect(corpus.papers).toHaveLength(24);
    expect((await read({ 'v.parquet': TABLE }, { limit: 4 })).corpus.papers).toHaveLength(4);
    const chosen = await read({ 'v.parquet': TABLE }, { all: { roles: { text: null } } });
    expect(chosen.corpus.papers[0].text).toBe('');
  });
});

describe('a Parquet file that is not right', () => {
  it('is told by words: a map, a damaged one, one cut short', async () => {
    const failing = async (bytes: Bytes): Promise<unknown> =>
      read({ 'v.parquet': bytes }).catch((error: unknown) => error);
    expect(await failing(mapFile())).toMatchObject({
      failure: { code: 'bad-format', message: 'a map is opened by itself, not among papers' },
    });
    expect(await failing(TABLE.slice(0, 2000))).toMatchObject({ failure: { code: 'not-text' } });
    const broken = TABLE.slice();
    broken.fill(255, broken.length - 300, broken.length - 8);
    expect(await failing(broken)).toMatchObject({ failure: { code: 'bad-format', stage: 'read' } });
  });

  it('costs itself alone among others', async () => {
    const { corpus, report } = await read({ 'map.parquet': mapFile(), 'v.parquet': TABLE });
    expect(corpus.papers).toHaveLength(23);
    expect(report.skipped[0]).toEqual({
      file: 'map.parquet',
      line: 0,
      reason: 'a map is opened by itself, not among papers',
    });
  });

  it('never ends in anything but papers or a sentence, wherever a byte is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(TABLE.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = TABLE.slice();
        bytes[at] ^= flip;
        const result = await read({ 'v.parquet': bytes }).catch((error: unknown) => error);
        const isTold = result instanceof Error ? 'failure' in result : true;
        expect(isTold).toBe(true);
        if (result instanceof Error) expect(result).not.toMatchObject({ failure: { code: 'internal' } });
      }),
      { numRuns: 60 },
    );
  });
});
