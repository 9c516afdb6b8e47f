import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StageError } from '../failure.ts';
import type { MapData } from '../map-data.ts';
import { matrix, quantizeRows } from '../matrix.ts';
import type { Column, ColumnValue } from '../paper.ts';
import { joinSentences, packSentences, type SentenceVectors } from '../sentence-vectors.ts';
import { decodeMapFile } from './decode-map-file.ts';
import { encodeMapFile } from './encode-map-file.ts';
import { topicTree } from './fixtures/topic-tree.ts';
import { defaultInfo } from './info.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 20 });
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const wellFormed = (value: string): string => value.replace(/\p{Surrogate}/gu, '\uFFFD');

const column = (n: number, values: fc.Arbitrary<ColumnValue>): fc.Arbitrary<readonly ColumnValue[]> =>
  fc.array(values, { minLength: n, maxLength: n });

const columnValues = (n: number): fc.Arbitrary<readonly ColumnValue[]> =>
  fc.oneof(
    column(n, fc.option(anyText)),
    column(n, fc.option(fc.boolean())),
    column(n, fc.option(fc.maxSafeInteger())),
    column(n, fc.option(fc.double())),
    column(n, fc.constant(null)),
    column(n, fc.oneof(anyText, fc.boolean(), fc.integer(), fc.constant(null))),
  );

const columnName = fc.oneof(
  anyText,
  fc.constantFrom(...['__proto__', 'constructor', 'title', 'x', 'sources.list.element', 'a.b', '', 'topic_path']),
  fc.constant('sentence_vectors'),
);

/** Sentence vectors with the given number of sentences for each paper. */
function someSentences(counts: readonly number[], cols: number): SentenceVectors {
  const rows = (count: number, i: number) => Float32Array.from({ length: count * cols }, (_, j) => Math.sin(1 + j + i));
  return joinSentences(
    counts.map((count, i) => packSentences(rows(count, i), cols)),
    cols,
  );
}

const nounForm = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }).filter((word) => word.length <= 40);

const maps: fc.Arbitrary<MapData> = fc.integer({ min: 0, max: 7 }).chain((n) =>
  fc
    .record({
      papers: fc.array(
        fc.record({
          title: anyText,
          text: anyText,
          authors: fc.option(anyText),
          date: fc.option(fc.constantFrom('2023-03-26', '2023', '--07-25')),
          url: fc.option(fc.webUrl()),
          sources: fc.array(fc.record({ file: anyText, line: fc.nat() }), { maxLength: 3 }),
        }),
        { minLength: n, maxLength: n },
      ),
      columns: fc.array(
        columnName.chain((name) => columnValues(n).map((values): Column => ({ name, values }))),
        { maxLength: 4 },
      ),
      positions: fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: n * 2, maxLength: n * 2 }),
      vectors: fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: n * 3, maxLength: n * 3 }),
      withVectors: fc.boolean(),
      sentences: fc.option(fc.array(fc.nat(3), { minLength: n, maxLength: n })),
      // JSON and UTF-8 know no lone surrogates.
      noun: fc.option(fc.record({ one: nounForm, many: nounForm })),
      withNeighbors: fc.boolean(),
      withSummaries: fc.boolean(),
      topicLevels: fc.option(fc.integer({ min: 0, max: 4 })),
      topicName: anyText,
      withPreservation: fc.boolean(),
      // JSON has no −0.
      other: fc.dictionary(fc.constantFrom('checksums', '__proto__', 'später'), fc.jsonValue().map(throughJson)),
    })
    .map((made): MapData => {
      const papers = made.papers.map((paper, i) => ({ ...paper, id: `p${i}` }));
      const k = Math.min(2, n - 1);
      const neighbors = {
        k,
        indices: Int32Array.from({ length: n * Math.max(k, 0) }, (_, e) => (Math.floor(e / k) + 1 + (e % k)) % n),
        distances: Float32Array.from({ length: n * Math.max(k, 0) }, (_, e) => (e % 5) / 5),
      };
      const sentences = made.withVectors && made.sentences?.some((count) => count > 0) ? made.sentences : null;
      return {
        ...(sentences ? { sentences: someSentences(sentences, 3) } : {}),
        corpus: { papers, columns: made.columns, ...(made.noun ? { noun: made.noun } : {}) },
        positions: Float32Array.from(made.positions),
        neighbors: made.withNeighbors && k > 0 ? neighbors : null,
        embedding: made.withVectors && n > 0 ? quantizeRows(matrix(Float32Array.from(made.vectors), n, 3)) : null,
        preservation: made.withPreservation ? Float32Array.from(papers, (_, i) => (i % 3 ? i / n : Number.NaN)) : null,
        summaries: made.withSummaries ? papers.map((paper, i) => (i % 2 ? [] : [0, paper.text.length])) : null,
        topics: made.topicLevels === null ? null : topicTree(n, made.topicLevels, made.topicName),
        info: { ...defaultInfo(n), name: 'a map', origin: 'somewhere', other: made.other },
      };
    }),
);

describe('the map file', () => {
  it('comes back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(maps, async (map) => {
        const read = await decodeMapFile(encodeMapFile(map));
        expect(read).toEqual(map);
      }),
      { numRuns: 1000 },
    );
  }, 120_000);

  it('turns lone surrogates of texts into U+FFFD and keeps lengths', async () => {
    const texts = fc.string({ unit: 'binary', maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(texts, texts, async (title, name) => {
        const map = smallMap(2, { title: `\ud800${title}`, columns: [{ name, values: [title, null] }] });
        const { corpus } = await decodeMapFile(encodeMapFile(map));
        expect(corpus.papers[0].title).toBe(wellFormed(`\ud800${title}`));
        expect(corpus.columns).toEqual([{ name, values: [wellFormed(title), null] }]);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps several row groups in order', async () => {
    const map = smallMap(20_001, {});
    const read = await decodeMapFile(encodeMapFile(map));
    expect(read.corpus.papers.map((paper) => paper.id)).toEqual(map.corpus.papers.map((paper) => paper.id));
    expect(read.positions).toEqual(map.positions);
    expect(read.embedding).toEqual(map.embedding);
    expect(read.sentences).toEqual(map.sentences);
  });

  it('keeps entries of the metadata that are not ours', async () => {
    const map = smallMap(2, {});
    const other = { fileKeys: { somebody: 'wrote this' }, later: [1, { deep: true }] };
    const read = await decodeMapFile(encodeMapFile({ ...map, info: { ...map.info, other } }));
    expect(read.info.other).toEqual(other);
  });

  it('refuses to write a paper without a place', () => {
    const map = smallMap(3, {});
    map.positions[2] = Number.NaN;
    expect(() => encodeMapFile(map)).toThrow('1 of 3 papers have no finite place');
  });
});

describe('a map file that is not right', () => {
  it('never fails but with a failure of its own, whatever bytes change', async () => {
    const sound = new Uint8Array(encodeMapFile(smallMap(5, {})));
    const flips = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(flips, fc.option(fc.nat(sound.length)), async (changes, cut) => {
        const bytes = sound.slice(0, cut ?? sound.length);
        for (const [at, mask] of changes) if (at < bytes.length) bytes[at] ^= mask;
        await expectMapOrFailure(bytes.buffer);
      }),
      { numRuns: 1000 },
    );
  });

  it('tells every flipped byte of its data', async () => {
    const sound = new Uint8Array(encodeMapFile(smallMap(5, {})));
    const footer = new DataView(sound.buffer).getUint32(sound.length - 8, true);
    for (let at = 4; at < sound.length - footer - 8; at += 7) {
      const bytes = sound.slice();
      bytes[at] ^= 1;
      await expect(decodeMapFile(bytes.buffer)).rejects.toMatchObject({ failure: { code: 'map-corrupt' } });
    }
  });

  it('says so of any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (garbage, magic) => {
        const bytes = magic ? Uint8Array.from([...garbage, 0x10, 0, 0, 0, 0x50, 0x41, 0x52, 0x31]) : garbage;
        const failure = await failureOf(bytes.slice().buffer);
        expect(failure.failure.code).toBe('map-corrupt');
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['no JSON', '{', 'map-invalid'],
    ['no object', '[]', 'map-invalid'],
    ['a version of later', '{"version":3}', 'map-newer'],
    ['no version', '{"version":"one"}', 'map-invalid'],
    ['counts of text', '{"counts":{"records":"many"}}', 'map-invalid'],
    ['quality without figures', '{"quality":{"k":15}}', 'map-invalid'],
    ['a noun of nothing', '{"noun":{"one":"","many":"x"}}', 'map-invalid'],
    ['columns of nothing', '{"columns":[null]}', 'map-invalid'],
  ])('refuses metadata with %s', async (_, json, code) => {
    const { info } = smallMap(2, {});
    const bytes = encodeWithInfo(json, info);
    expect((await failureOf(bytes)).failure.code).toBe(code);
  });

  it('refuses neighbours out of range, and a paper that is its own', async () => {
    for (const wrong of [3, -1, 0]) {
      const map = smallMap(3, {});
      map.neighbors?.indices.set([wrong], 0);
      const { failure } = await failureOf(encodeMapFile(map));
      expect(failure).toMatchObject({
        code: 'map-invalid',
        message: `neighbors of row 0: expected another row of 0…2, got ${wrong}`,
      });
    }
  });

  it('refuses a summary outside of its text', async () => {
    const map = { ...smallMap(2, {}), summaries: [[0, 9999], []] };
    expect((await failureOf(encodeMapFile(map))).failure.code).toBe('map-invalid');
  });

  it('lets no address but http reach a link', async () => {
    const map = smallMap(2, { url: 'javascript:alert(1)' });
    expect((await decodeMapFile(encodeMapFile(map))).corpus.papers[0].url).toBeNull();
  });
});

/** Replaces the metadata's JSON with `json`, padded with blanks to the same length so that every offset stays right. */
function encodeWithInfo(json: string, info: MapData['info']): ArrayBuffer {
  const bytes = new Uint8Array(encodeMapFile({ ...smallMap(2, {}), info: { ...info, name: 'n'.repeat(200) } }));
  const text = new TextDecoder('latin1').decode(bytes);
  const start = text.indexOf('{"version":1');
  const end = text.indexOf('"}}', start) + 3;
  bytes.set(new TextEncoder().encode(json.padEnd(end - start)), start);
  return bytes.buffer;
}

async function failureOf(bytes: ArrayBuffer): Promise<StageError> {
  try {
    await decodeMapFile(bytes);
  } catch (error) {
    if (error instanceof StageError) return error;
    throw error;
  }
  throw new Error('it was read');
}

async function expectMapOrFailure(bytes: ArrayBuffer): Promise<void> {
  try {
    await decodeMapFile(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(StageError);
    if (!(error instanceof StageError)) return;
    expect(error.failure.stage).toBe('map-file');
    expect(['map-corrupt', 'map-invalid', 'map-newer']).toContain(error.failure.code);
  }
}

interface SmallOptions {
  readonly title?: string;
  readonly url?: string;
  readonly columns?: readonly Column[];
}

function smallMap(n: number, { title = 'Title', url, columns = [] }: SmallOptions): MapData {
  const papers = Array.from({ length: n }, (_, i) => ({
    id: `p${i}`,
    title,
    text: `the text of paper ${i} `.repeat(3),
    authors: i % 2 ? null : 'A. Author',
    date: null,
    url: url ?? null,
    sources: [{ file: 'a.txt', line: i + 1 }],
  }));
  return {
    corpus: { papers, columns },
    positions: Float32Array.from({ length: n * 2 }, (_, i) => Math.sin(i)),
    neighbors: {
      k: 1,
      indices: Int32Array.from({ length: n }, (_, i) => (i + 1) % n),
      distances: new Float32Array(n).fill(0.5),
    },
    embedding: quantizeRows(
      matrix(
        Float32Array.from({ length: n * 4 }, (_, i) => Math.cos(i)),
        n,
        4,
      ),
    ),
    sentences: someSentences(
      papers.map((_, i) => (i + 1) % 3),
      4,
    ),
    preservation: new Float32Array(n).fill(0.25),
    summaries: papers.map(() => [0, 8]),
    topics: n < 5 ? null : topicTree(n, 2, 'small'),
    info: { ...defaultInfo(n), name: 'small' },
  };
}
