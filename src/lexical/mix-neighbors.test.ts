import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom, shuffledIndices } from '../math/random.ts';
import { randomMatrix } from '../project/fixtures/vectors.ts';
import { keepOthers } from '../project/layout/apart.ts';
import { makeExactNeighbors } from '../project/neighbors/exact-search.ts';
import { mixNeighbors } from './mix-neighbors.ts';

function neighborsOf(rows: ReturnType<typeof randomMatrix>, k: number) {
  const search = makeExactNeighbors(rows, k);
  while (search.step());
  return search.result();
}

/** 40 papers with words and vectors; the vectors of `count` have arrived. */
function mixed(count: number, meaningK: number, seed: number) {
  const [texts, vectors] = [randomMatrix(40, 8, seed), randomMatrix(40, 16, seed + 1)];
  const order = shuffledIndices(40, makeRandom(seed));
  const arrived = order.slice(0, count).sort();
  const missing = order.slice(count).sort();
  const words = neighborsOf(texts, 6);
  const meaning = neighborsOf(keepOthers(vectors, missing), meaningK);
  return { words, meaning, arrived, vectors, out: mixNeighbors({ words, meaning, arrived }) };
}

describe('mixNeighbors', () => {
  it('gives each paper k others, each once, nearest first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 6 }), fc.nat(99), (count, k, seed) => {
        const { out } = mixed(count, Math.min(k, count - 1), seed);
        for (let i = 0; i < 40; i++) {
          const row = Array.from(out.indices.subarray(i * 6, i * 6 + 6));
          expect(new Set(row).size).toBe(6);
          expect(row).not.toContain(i);
          const distances = Array.from(out.distances.subarray(i * 6, i * 6 + 6));
          expect(distances).toEqual(distances.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('keeps the nearest by meaning of a paper with a vector, and fills up by words with papers that have none', () => {
    const { out, meaning, arrived, words } = mixed(20, 3, 5);
    arrived.forEach((paper, r) => {
      const row = Array.from(out.indices.subarray(paper * 6, paper * 6 + 6));
      const byMeaning = Array.from(meaning.indices.subarray(r * 3, r * 3 + 3), (j) => arrived[j]);
      expect(row).toEqual(expect.arrayContaining(byMeaning));
      const byWords = Array.from(words.indices.subarray(paper * 6, paper * 6 + 6));
      const free = byWords.filter((other) => !arrived.includes(other));
      expect(row).toEqual(expect.arrayContaining(free.slice(0, 3)));
    });
    const without = Array.from({ length: 40 }, (_, i) => i).filter((i) => !arrived.includes(i));
    for (const i of without) {
      expect(out.indices.subarray(i * 6, i * 6 + 6)).toEqual(words.indices.subarray(i * 6, i * 6 + 6));
    }
  });

  it('is the neighbours by meaning when all have arrived', () => {
    const { out, meaning } = mixed(40, 6, 7);
    expect(out.indices).toEqual(meaning.indices);
  });
});
