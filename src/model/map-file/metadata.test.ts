import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StageError } from '../failure.ts';
import { FIRST_FORMAT_VERSION, MAP_FORMAT_VERSION, type MapData } from '../map-data.ts';
import { matrix, quantizeRows } from '../matrix.ts';
import type { Reduction } from '../reduction.ts';
import { decodeMapFile } from './decode-map-file.ts';
import { encodeMapFile } from './encode-map-file.ts';
import { topicTree } from './fixtures/topic-tree.ts';
import { defaultInfo } from './info.ts';
import { reductionOf, reductionToJson, selectionsOf, selectionsToJson, topicsOf, topicsToJson } from './metadata.ts';

const columnsOf = (tree: ReturnType<typeof topicTree>) => [
  Array.from(tree.nearest, (_, i) => Array.from(tree.paths.subarray(i * tree.levels, (i + 1) * tree.levels))),
  Array.from(tree.confidence),
  Array.from(tree.nearest),
];
const tree = topicTree(10, 2, 'maps');
const topicsJson = () => structuredClone(topicsToJson(tree));

describe('the topics of a map file', () => {
  it('come back from their JSON and columns', () => {
    expect(topicsOf(JSON.parse(JSON.stringify(topicsJson())), columnsOf(tree))).toEqual(tree);
  });

  it('carry the name that is shown, for readers that know nothing of edits', () => {
    expect(topicsJson().topics.map(({ name }) => name)).toEqual(['Maps', 'renamed', 'Maps a', 'Maps b']);
  });

  it.each([
    ['no list of topics', { ...topicsJson(), topics: 3 }],
    [
      'a topic that lacks its size',
      { ...topicsJson(), topics: topicsJson().topics.map(({ size, ...rest }) => ({ ...rest, was: size })) },
    ],
    [
      'a parent that stands behind',
      { ...topicsJson(), topics: topicsJson().topics.map((topic) => ({ ...topic, parent: 3 })) },
    ],
    [
      'an exemplar that is no paper',
      { ...topicsJson(), topics: topicsJson().topics.map((topic) => ({ ...topic, exemplars: [10] })) },
    ],
    ['an edit of no topic', { ...topicsJson(), edits: { names: { 9: 'nobody' } } }],
    ['more levels than the paths have', { ...topicsJson(), levels: 3 }],
  ])('refuse %s', (_, stored) => {
    expect(() => topicsOf(stored, columnsOf(tree))).toThrow(RangeError);
  });

  it('refuse a path that leads to a part of another topic', () => {
    const [paths, ...others] = columnsOf(tree);
    const wrong = paths.map((path, i) => (i === 3 ? [1, 2] : path));
    expect(() => topicsOf(topicsJson(), [wrong, ...others])).toThrow('topic 2 is no part of 1');
  });
});

const KEPT = [
  { id: 3, name: 'Terra incognita', hue: 9, papers: Int32Array.of(0, 2, 4) },
  { id: 0, name: '', hue: 0, papers: Int32Array.of() },
];
const selectionsJson = () => structuredClone(selectionsToJson(KEPT));

function mapOf(n: number) {
  return {
    corpus: {
      papers: Array.from({ length: n }, (_, i) => ({
        id: `p${i}`,
        title: `Paper ${i}`,
        text: '',
        authors: null,
        date: null,
        url: null,
        sources: [{ file: 'list.txt', line: i + 1 }],
      })),
      columns: [],
    },
    positions: Float32Array.from({ length: 2 * n }, (_, i) => i / (2 * n)),
    neighbors: null,
    embedding: quantizeRows(matrix(new Float32Array(n).fill(1), n, 1)),
    preservation: null,
    summaries: null,
    topics: null,
    info: defaultInfo(n),
  };
}

describe('the kept selections of a map file', () => {
  it('come back with the map, and a map without any says nothing of them', async () => {
    const map = { ...mapOf(5), selections: KEPT };
    expect(await decodeMapFile(encodeMapFile(map))).toEqual(map);
    expect(await decodeMapFile(encodeMapFile({ ...map, selections: [] }))).toEqual(mapOf(5));
  });

  it('are no part of a map that has fewer papers: such a file is refused', async () => {
    await expect(decodeMapFile(encodeMapFile({ ...mapOf(4), selections: KEPT }))).rejects.toMatchObject({
      failure: { code: 'map-invalid', message: expect.stringContaining('selection 0.papers') },
    });
  });

  it.each([
    ['no list', { id: 1 }],
    ['an entry that is no object', [7]],
    ['no name', selectionsJson().map(({ name, ...rest }) => ({ ...rest, was: name }))],
    ['a hue that the palette lacks', selectionsJson().map((one) => ({ ...one, hue: 24 }))],
    ['one id for two', selectionsJson().map((one) => ({ ...one, id: 1 }))],
    ['papers out of order', selectionsJson().map((one) => ({ ...one, papers: [2, 1] }))],
    ['a paper twice', selectionsJson().map((one) => ({ ...one, papers: [2, 2] }))],
    ['half a paper', selectionsJson().map((one) => ({ ...one, papers: [0.5] }))],
  ])('refuse %s', (_, stored) => {
    expect(() => selectionsOf(stored, 5)).toThrow(RangeError);
  });

  it('are whole or refused, whatever stands there', () => {
    const paper = fc.integer({ min: -1, max: 6 });
    const near = fc.record(
      { id: fc.nat(3), name: fc.string(), hue: fc.integer({ min: -1, max: 11 }), papers: fc.array(paper) },
      { requiredKeys: ['id', 'name'] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(near, { maxLength: 3 })), (stored) => {
        let kept: ReturnType<typeof selectionsOf>;
        try {
          kept = selectionsOf(stored, 5);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(selectionsOf(structuredClone(selectionsToJson(kept)), 5)).toEqual(kept);
        for (const { papers } of kept)
          expect(papers.every((index, i) => index < 5 && index > (papers[i - 1] ?? -1))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

const agreement = { k: 15, share: 0.9375, sampled: 3 };
const PREFIX: Reduction = { kind: 'prefix', from: 5, kept: 2, agreement, axes: null };
const PCA: Reduction = {
  kind: 'pca',
  from: 5,
  kept: 2,
  agreement,
  axes: quantizeRows(matrix(Float32Array.of(0.1, -0.2, 0.3, 0.4, 0, 0.9, 0.1, -0.8, 0.3, 0.2), 2, 5)),
};

function mapReducedBy(reduction: Reduction | null): MapData {
  const papers = ['a', 'b', 'c'].map((id) => ({
    id,
    title: id,
    text: '',
    authors: null,
    date: null,
    url: null,
    sources: [],
  }));
  return {
    corpus: { papers, columns: [] },
    positions: Float32Array.of(-1, 0, 0, 1, 1, -1),
    neighbors: null,
    embedding: quantizeRows(matrix(Float32Array.of(1, 0, 0, 1, 0.6, 0.8), 3, 2)),
    preservation: null,
    summaries: null,
    topics: null,
    ...(reduction ? { reduction } : {}),
    info: defaultInfo(3),
  };
}

const readReduction = (value: unknown): Reduction => reductionOf(JSON.parse(JSON.stringify(value)), 2);

describe('the reduction in a map file', () => {
  it('comes back as it was, by both kinds, and only then the file asks for a newer reader', async () => {
    for (const reduction of [PREFIX, PCA, { ...PCA, agreement: null }]) {
      const map = await decodeMapFile(encodeMapFile(mapReducedBy(reduction)));
      expect(map.reduction).toEqual(reduction);
      expect(map.info.version).toBe(MAP_FORMAT_VERSION);
      expect(map.info.other).toEqual({});
    }
    const plain = await decodeMapFile(encodeMapFile(mapReducedBy(null)));
    expect(plain).not.toHaveProperty('reduction');
    expect(plain.info.version).toBe(FIRST_FORMAT_VERSION);
  });

  it('survives JSON for any directions', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 }), (numbers) => {
        const reduction = { ...PCA, axes: quantizeRows(matrix(Float32Array.from(numbers), 2, 5)) };
        expect(readReduction(reductionToJson(reduction))).toEqual(reduction);
      }),
    );
  });

  it('is refused by words when its kind is not known', () => {
    expect(() => readReduction({ ...reductionToJson(PREFIX), kind: 'autoencoder' })).toThrow(
      'its vectors were made shorter in a way that this program does not know: "autoencoder"',
    );
    try {
      readReduction({ kind: 'autoencoder' });
    } catch (error) {
      // The line above has shown that it throws.
      expect((error as StageError).failure.code).toBe('map-newer');
    }
  });

  it('is refused when it does not fit', async () => {
    const stored = reductionToJson(PCA);
    for (const wrong of [
      null,
      7,
      { ...stored, kept: 3 },
      { ...stored, from: 2 },
      { ...stored, from: 2.5 },
      { ...stored, axes: undefined },
      { ...stored, axes: 'AAAA' },
      { ...stored, axes: '?' },
      { ...stored, scales: [1] },
      { ...stored, scales: [1, null] },
      { ...stored, agreement: { k: 15, share: 2, sampled: 3 } },
      { ...stored, agreement: 'good' },
    ]) {
      expect(() => reductionOf(wrong, 2), JSON.stringify(wrong)).toThrow(RangeError);
    }
    expect(() => encodeMapFile(mapReducedBy({ ...PREFIX, kept: 3 }))).toThrow(RangeError);
  });
});
