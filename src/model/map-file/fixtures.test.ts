import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StageError } from '../failure.ts';
import { decodeMapFile } from './decode-map-file.ts';
import { encodeMapFile } from './encode-map-file.ts';
import { v1Map } from './fixtures/v1-map.ts';
import { defaultInfo } from './info.ts';

function fixture(name: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(readFileSync(join(import.meta.dirname, 'fixtures', name)));
}

/** The file as if another program had written it, without a checksum that the decoder would verify first. */
function withoutChecksum(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder('latin1').decode(bytes);
  const changed = bytes.slice();
  changed[text.lastIndexOf('portolan')] = 'P'.charCodeAt(0);
  return changed;
}

describe('version 1', () => {
  it('is read for ever', async () => {
    expect(await decodeMapFile(fixture('v1.parquet').buffer)).toEqual(v1Map());
  });

  it('comes back when it is written anew', async () => {
    expect(await decodeMapFile(encodeMapFile(v1Map()))).toEqual(v1Map());
  });
});

describe('a map file after a stay elsewhere', () => {
  it('is whole when Arrow has written it, which keeps the metadata', async () => {
    expect(await decodeMapFile(fixture('v1-arrow.parquet').buffer)).toEqual(v1Map());
  });

  it('keeps all but its info and the names of clashing columns when pandas has written it', async () => {
    const { corpus, ...map } = await decodeMapFile(fixture('v1-pandas.parquet').buffer);
    const { corpus: before, info, ...rest } = v1Map();
    expect(map).toEqual({ ...rest, info: { ...defaultInfo(12), other: {} } });
    expect(info.name).not.toBe(map.info.name);
    expect(corpus.papers).toEqual(before.papers);
    expect(corpus.columns.map((column) => column.name)).toEqual([
      'category',
      'citations',
      'score',
      'open',
      'x_2',
      'mixed',
    ]);
  });
});

describe('a table that pandas has written', () => {
  it('opens as a map, with its further columns', async () => {
    const map = await decodeMapFile(fixture('foreign.parquet').buffer);
    const column = (name: string) => map.corpus.columns.find((one) => one.name === name)?.values;
    expect(map.corpus.papers[3]).toEqual({
      id: '4',
      title: 'Foreign paper 3',
      text: '',
      authors: null,
      date: '2023-01-04',
      url: 'https://example.org',
      sources: [{ file: 'map file', line: 4 }],
    });
    expect(map.corpus.papers[0].url).toBeNull();
    expect(map.info).toMatchObject({ version: 1, generator: 'unknown', project: null, other: {} });
    expect(column('abstract')?.slice(1, 3)).toEqual(['Words of paper 1', null]);
    expect(column('cited')?.slice(3, 6)).toEqual([9_000_000_000, null, 15_000_000_000]);
    expect(column('when')?.[1]).toBe('2024-01-02T00:00:00.000Z');
    expect(column('tags')?.slice(0, 2)).toEqual(['["a","t0"]', null]);
    expect(column('kind')?.slice(0, 2)).toEqual(['bad', 'good']);
    expect(column('flag')?.slice(0, 2)).toEqual([true, false]);
  });

  it('is brought into map units', async () => {
    const { positions } = await decodeMapFile(fixture('foreign.parquet').buffer);
    expect(Array.from(positions.subarray(0, 2))).toEqual([-1, expect.closeTo(-10 / 55, 6)]);
    expect(positions[22]).toBe(1);
  });

  it('keeps vectors of floats, and what only looks like neighbours as a column', async () => {
    const map = await decodeMapFile(fixture('foreign.parquet').buffer);
    expect(map.embedding).toMatchObject({ rows: 12, cols: 3 });
    expect(Array.from(map.embedding?.data.subarray(6, 9) ?? [])).toEqual([127, 127, -127]);
    expect(map.neighbors).toBeNull();
    expect(map.corpus.columns.find((one) => one.name === 'neighbors')?.values[1]).toBe('{"ids":[1],"far":0.5}');
  });

  it('becomes a map file of ours and comes back', async () => {
    const map = await decodeMapFile(fixture('foreign.parquet').buffer);
    expect(await decodeMapFile(encodeMapFile(map))).toEqual(map);
  });

  it('loses no more than a column that cannot be read, and says so', async () => {
    const map = await decodeMapFile(fixture('foreign-interval.parquet').buffer);
    expect(map.corpus.columns).toEqual([{ name: 'k', values: [0, 1, 2] }]);
    expect(map.info.other).toMatchObject({ skippedColumns: ['wait: parquet interval not supported'] });
  });

  it('is refused without places, by the names of its columns', async () => {
    await expect(decodeMapFile(fixture('no-places.parquet').buffer)).rejects.toMatchObject({
      failure: { code: 'not-a-map', message: 'expected columns y, title or text, found name, x' },
    });
  });

  it('has papers whose place is not finite beside the map', async () => {
    const { positions } = await decodeMapFile(fixture('nan-places.parquet').buffer);
    expect(Array.from(positions.subarray(4, 8))).toEqual([-1, -1, 1, 1]);
    for (const row of [0, 1, 4]) expect(positions[row * 2]).toBeGreaterThan(1);
  });

  it('is no map for who takes our own alone', async () => {
    await expect(decodeMapFile(fixture('foreign.parquet').buffer, 'own')).rejects.toMatchObject({
      failure: { code: 'not-a-map' },
    });
  });

  it('is known by its footer alone', async () => {
    const bytes = fixture('foreign.parquet').buffer;
    let taken = 0;
    const slice = async (start: number, end: number): Promise<ArrayBuffer> => {
      taken += end - start;
      return bytes.slice(start, end);
    };
    const source = { byteLength: bytes.byteLength, slice };
    await expect(decodeMapFile(source, 'own')).rejects.toMatchObject({ failure: { code: 'not-a-map' } });
    expect(taken).toBeLessThan(bytes.byteLength);
    expect((await decodeMapFile(source)).corpus.papers).toHaveLength(12);
  });

  it.each(['zstd', 'gzip', 'brotli', 'lz4', 'v2'])('opens as %s', async (codec) => {
    const map = await decodeMapFile(fixture(`foreign-${codec}.parquet`).buffer);
    expect(map.corpus.papers.map((paper) => paper.title)).toEqual(['one', 'two', 'three']);
  });
});

describe('a forged file, which no checksum tells', () => {
  const files = ['v1', 'foreign', 'foreign-v2', 'foreign-zstd', 'foreign-gzip'];

  it.each(files)('ends as a map or a failure of its own: %s', async (name) => {
    const sound = withoutChecksum(fixture(`${name}.parquet`));
    const flips = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(flips, async (changes) => {
        const bytes = sound.slice();
        for (const [at, value] of changes) bytes[at] = value;
        const outcome = await decodeMapFile(bytes.buffer).catch((error: unknown) => error);
        if (!(outcome instanceof Error)) return;
        expect(outcome).toBeInstanceOf(StageError);
      }),
      { numRuns: 1000 },
    );
  });
});
