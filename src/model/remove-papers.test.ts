import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMapData, type MapData } from './map-data.ts';
import { decodeMapFile } from './map-file/decode-map-file.ts';
import { encodeMapFile } from './map-file/encode-map-file.ts';
import { topicTree } from './map-file/fixtures/topic-tree.ts';
import { defaultInfo } from './map-file/info.ts';
import { matrix, quantizeRows } from './matrix.ts';
import { removePapers } from './remove-papers.ts';
import { selectionOf } from './selection.ts';
import { topicView } from './topic-view.ts';

const COLS = 4;

/** A map of n papers on a line; the neighbours are those by cosine, by brute force. */
function lineMap(n: number, k: number): MapData {
  const vectors = Float32Array.from({ length: n * COLS }, (_, at) =>
    Math.cos(Math.floor(at / COLS) * 0.2 * ((at % COLS) + 1)),
  );
  const embedding = quantizeRows(matrix(vectors, n, COLS));
  const indices = new Int32Array(n * k);
  const distances = new Float32Array(n * k);
  for (let i = 0; i < n; i++) {
    const near = nearestOf(embedding, i, (other) => other !== i).slice(0, k);
    near.forEach(({ index, distance }, r) => {
      indices[i * k + r] = index;
      distances[i * k + r] = distance;
    });
  }
  return checkMapData({
    corpus: {
      papers: Array.from({ length: n }, (_, i) => ({
        id: `p${i}`,
        title: `Title ${i}`,
        text: '',
        authors: null,
        date: null,
        url: null,
        sources: [{ file: 'a', line: i + 1 }],
      })),
      columns: [{ name: 'number', values: Array.from({ length: n }, (_, i) => i) }],
    },
    positions: Float32Array.from({ length: 2 * n }, (_, at) => (at % 2 === 0 ? (at / 2 / n) * 2 - 1 : 0)),
    neighbors: { k, indices, distances },
    embedding,
    preservation: null,
    summaries: null,
    topics: topicTree(n, 3, 'maps'),
    info: { ...defaultInfo(n), name: 'Line' },
  });
}

function nearestOf(
  { data, cols, rows }: NonNullable<MapData['embedding']>,
  i: number,
  isMeant: (other: number) => boolean,
) {
  const all = [];
  for (let other = 0; other < rows; other++) {
    if (!isMeant(other)) continue;
    let [dot, a, b] = [0, 0, 0];
    for (let j = 0; j < cols; j++) {
      dot += data[i * cols + j] * data[other * cols + j];
      a += data[i * cols + j] ** 2;
      b += data[other * cols + j] ** 2;
    }
    all.push({ index: other, distance: Math.max(0, 1 - dot / Math.sqrt(a * b)) });
  }
  return all.sort((a, b) => a.distance - b.distance || a.index - b.index);
}

describe('a map without some of its papers', () => {
  it('keeps places, columns, neighbours and topics of the others', () => {
    const map = lineMap(20, 5);
    const { map: thinned, newIndex } = removePapers(map, selectionOf([0, 3, 7]));
    expect(thinned.corpus.papers.map(({ id }) => id)).not.toContain('p3');
    expect(thinned.corpus.columns[0].values).toHaveLength(17);
    expect([newIndex[0], newIndex[1], newIndex[19]]).toEqual([-1, 0, 16]);
    expect(thinned.positions[2 * newIndex[19]]).toBe(map.positions[38]);
    expect(thinned.neighbors?.k).toBe(5);
    expect(thinned.info.counts.papers).toBe(17);
    const view = thinned.topics && topicView(thinned.topics);
    expect(view?.nodes.get(0)?.name).toBe('Maps');
  });

  it('fills lost neighbours with the nearest papers that are left', () => {
    const map = lineMap(30, 6);
    const { map: thinned } = removePapers(map, selectionOf([10, 11]));
    const { neighbors, embedding } = thinned;
    if (!neighbors || !embedding) throw new Error('no neighbours');
    let same = 0;
    for (let i = 0; i < 28; i++) {
      const truth = new Set(
        nearestOf(embedding, i, (other) => other !== i)
          .slice(0, 6)
          .map(({ index }) => index),
      );
      for (let r = 0; r < 6; r++) if (truth.has(neighbors.indices[i * 6 + r])) same++;
    }
    expect(same / (28 * 6)).toBeGreaterThan(0.97);
  });

  it('is a whole map, in a file too, whatever is removed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: 20 }), fc.array(fc.nat(19)), async (n, some) => {
        const removed = selectionOf(some.filter((paper) => paper < n).slice(0, n - 3));
        const { map } = removePapers(lineMap(n, 3), removed);
        const again = await decodeMapFile(encodeMapFile(map));
        expect(again.corpus.papers).toEqual(map.corpus.papers);
        expect(again.topics?.topics.length).toBe(map.topics?.topics.length);
        for (const { size } of topicView(map.topics ?? topicTree(n, 3, '')).nodes.values())
          expect(size).toBeGreaterThan(0);
        expect(Array.from(map.neighbors?.indices ?? [])).not.toContain(-1);
      }),
      { numRuns: 60 },
    );
  });
});
