import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BY_MEANING, BY_WORDS, fuse } from './fuse.ts';
import type { Ranking } from './rank.ts';
import type { NearestPapers } from './vector-search.ts';

function ranking(hits: readonly (readonly [paper: number, share: number])[]): Ranking {
  return {
    indices: Int32Array.from(hits, ([paper]) => paper),
    scores: Float32Array.from(hits, (_, rank) => hits.length - rank),
    shares: Float32Array.from(hits, ([, share]) => share),
    total: hits.length,
    relaxed: hits.some(([, share]) => share < 1),
  };
}

function nearest(papers: readonly number[], relevant = papers.length): NearestPapers {
  const all = new Float32Array(50);
  papers.forEach((paper, rank) => {
    all[paper] = 1 / (rank + 2);
  });
  const cosines = Float32Array.from(papers, (paper) => all[paper]);
  return { indices: Int32Array.from(papers), cosines, relevant, isCut: false, mean: 0.02, deviation: 0.1, all };
}

const NOTHING = ranking([]);

describe('fuse', () => {
  it('puts papers with all the words first, then those near by meaning', () => {
    const fused = fuse(
      ranking([
        [4, 1],
        [2, 1],
      ]),
      nearest([7, 4, 5]),
      10,
    );
    expect([...fused.indices]).toEqual([4, 2, 7, 5]);
    expect([...fused.why]).toEqual([BY_WORDS | BY_MEANING, BY_WORDS, BY_MEANING, BY_MEANING]);
    expect(fused.total).toBe(4);
  });

  it('orders by meaning alone, and shows no paper for its words, where these cover half of the query or less', () => {
    const fused = fuse(
      ranking([
        [1, 0.5],
        [2, 0.4],
        [9, 0.1],
      ]),
      nearest([3, 2, 8]),
      10,
    );
    expect([...fused.indices]).toEqual([3, 2, 8]);
    expect([...fused.why]).toEqual([BY_MEANING, BY_MEANING, BY_MEANING]);
  });

  it('lets both speak in between', () => {
    const hits = ranking([
      [1, 0.8],
      [2, 0.8],
      [3, 0.6],
    ]);
    const words = { ...hits, scores: Float32Array.of(18, 12, 6) };
    const { indices, why } = fuse(words, nearest([3, 2, 6]), 10);
    expect(indices[0]).toBe(2);
    expect([...indices].sort()).toEqual([1, 2, 3, 6]);
    expect(why[[...indices].indexOf(1)]).toBe(BY_WORDS);
  });

  it('lets a paper with most of the words pass a nearer one, and one with a third of them not', () => {
    const words = (share: number): Ranking => ({ ...ranking([[6, share]]), scores: Float32Array.of(10) });
    expect([...fuse(words(0.9), nearest([3, 2, 6]), 10).indices]).toEqual([6, 3, 2]);
    expect([...fuse(words(0.33), nearest([3, 2, 6]), 10).indices]).toEqual([3, 2, 6]);
  });

  it('adds standard deviations and weighed scores where no paper has all the words', () => {
    const words: Ranking = { ...ranking([[6, 0.5]]), scores: Float32Array.of(8) };
    const { indices, scores } = fuse(words, nearest([3, 6]), 10);
    expect([...indices]).toEqual([3, 6]);
    expect(scores[0]).toBeCloseTo((1 / 2 - 0.02) / 0.1, 5);
    expect(scores[1]).toBeCloseTo((1 / 3 - 0.02) / 0.1 + 0.4 * 8 * 0.5 ** 3, 5);
  });

  it('is ruled by the words where all cosines are the same', () => {
    const same: NearestPapers = { ...nearest([3, 2, 6]), all: new Float32Array(50).fill(0.3), mean: 0.3, deviation: 0 };
    const words = ranking([
      [6, 0.8],
      [2, 0.7],
    ]);
    expect([...fuse(words, same, 10).indices]).toEqual([6, 2, 3]);
  });

  it('lists no paper that is not relevant by its cosine, but takes it to order hits by words', () => {
    const fused = fuse(ranking([[1, 1]]), nearest([5, 1, 6], 1), 10);
    expect([...fused.indices]).toEqual([1, 5]);
    expect([...fused.why]).toEqual([BY_WORDS, BY_MEANING]);
    const alone = fuse(ranking([[1, 1]]), nearest([]), 10);
    expect(fused.scores[0]).toBeGreaterThan(alone.scores[0]);
  });

  it('is the better half when the other has nothing', () => {
    const papers = fc.uniqueArray(fc.nat(49), { maxLength: 30 });
    fc.assert(
      fc.property(papers, (order) => {
        expect([...fuse(ranking(order.map((paper) => [paper, 1])), nearest([]), 50).indices]).toEqual(order);
        expect([...fuse(NOTHING, nearest(order), 50).indices]).toEqual(order);
      }),
    );
  });

  it('keeps what agrees in order: a paper that is ahead in both halves is ahead', () => {
    const hit = fc.record({ paper: fc.nat(39), share: fc.double({ min: 0, max: 1, noNaN: true }) });
    const words = fc.uniqueArray(hit, { selector: ({ paper }) => paper, maxLength: 30 });
    fc.assert(
      fc.property(words, fc.uniqueArray(fc.nat(39), { maxLength: 30 }), fc.nat(30), (found, near, limit) => {
        const byShare = [...found].sort((a, b) => b.share - a.share);
        const whole = fuse(ranking(byShare.map(({ paper, share }) => [paper, share])), nearest(near), 40);
        const cut = fuse(ranking(byShare.map(({ paper, share }) => [paper, share])), nearest(near), 40, limit);
        expect([...cut.indices]).toEqual([...whole.indices.slice(0, limit)]);
        expect(cut.total).toBe(whole.indices.length);
        const rankOf = (list: readonly number[], paper: number): number =>
          list.includes(paper) ? list.indexOf(paper) : Number.POSITIVE_INFINITY;
        const wordOrder = byShare.map(({ paper }) => paper);
        const order = [...whole.indices];
        for (const a of order) {
          for (const b of order) {
            const ahead = rankOf(wordOrder, a) < rankOf(wordOrder, b) && rankOf(near, a) < rankOf(near, b);
            if (ahead) expect(order.indexOf(a)).toBeLessThan(order.indexOf(b));
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
