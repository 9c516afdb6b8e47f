import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { matrix, type QuantizedMatrix, quantizeRows } from '../model/matrix.ts';
import { joinSentences, packSentences, type SentenceVectors } from '../model/sentence-vectors.ts';
import { cosine } from './fixtures/cosine.ts';
import oracle from './fixtures/sentence-scores.json' with { type: 'json' };
import { makeSentenceScore } from './sentence-score.ts';
import { makeVectorSearch } from './vector-search.ts';

const { cols } = oracle;
const query = Float32Array.from(oracle.query);
const sentences = joinSentences(
  oracle.packed.map((bytes) => Uint8Array.from(bytes)),
  cols,
);
const embedding: QuantizedMatrix = {
  data: Int8Array.from(oracle.embedding),
  scales: new Float32Array(oracle.packed.length).fill(0.01),
  rows: oracle.packed.length,
  cols,
};

interface Case {
  readonly embedding: QuantizedMatrix;
  readonly sentences: SentenceVectors;
  readonly query: Float32Array;
  readonly rows: readonly (readonly number[])[][];
}

/** Papers of up to three sentences each, whose numbers are already integer codes. */
function makeCase(papers: number, d: number, seed: number): Case {
  const random = makeRandom(seed);
  const code = (): number => Math.floor(random() * 7) - 3;
  const rows = Array.from({ length: papers }, () =>
    // Each row holds a 3, so that packing changes nothing.
    Array.from({ length: Math.floor(random() * 4) }, () => [3, ...Array.from({ length: d - 1 }, code)]),
  );
  const floats = Float32Array.from({ length: papers * d }, () => random() - 0.5);
  return {
    embedding: quantizeRows(matrix(floats, papers, d)),
    sentences: joinSentences(
      rows.map((some) => packSentences(Float32Array.from(some.flat()), d)),
      d,
    ),
    query: Float32Array.from({ length: d }, () => random() - 0.5),
    rows,
  };
}

describe('makeSentenceScore', () => {
  it('scores as scipy’s logsumexp does', () => {
    const score = makeSentenceScore(sentences, query);
    oracle.scores.forEach((expected, paper) => {
      if (oracle.packed[paper].length === 0) expect(score(paper)).toBeNull();
      else expect(score(paper)).toBeCloseTo(expected, 6);
    });
  });

  it('lies between the mean and the largest cosine of the sentences', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 17 }), fc.nat(1000), (d, seed) => {
        const made = makeCase(12, d, seed);
        const score = makeSentenceScore(made.sentences, made.query);
        made.rows.forEach((rows, paper) => {
          const own = rows.map((row) => cosine(row, made.query));
          if (own.length === 0) {
            expect(score(paper)).toBeNull();
            return;
          }
          expect(score(paper)).toBeLessThanOrEqual(Math.max(...own) + 1e-6);
          expect(score(paper)).toBeGreaterThanOrEqual(own.reduce((sum, value) => sum + value, 0) / own.length - 1e-6);
        });
      }),
    );
  });

  it('does not count what has no direction', () => {
    // Three zeros, which our writer never leaves in, then 3, 0, 0.
    const padded = joinSentences([Uint8Array.of(0b0001_1111, 0b0001_1111)], 3);
    const plain = joinSentences([packSentences(Float32Array.of(3, 0, 0), 3)], 3);
    const axis = Float32Array.of(1, 1, 0);
    expect(makeSentenceScore(padded, axis)(0)).toBe(makeSentenceScore(plain, axis)(0));
    expect(makeSentenceScore(joinSentences([Uint8Array.of(0b0001_1111)], 3), axis)(0)).toBeNull();
  });
});

describe('nearest by sentences', () => {
  it('is in the order that numpy gives, with the same cosines', () => {
    const { indices, cosines, all } = makeVectorSearch(embedding, sentences).nearest(query, 40, null, true);
    expect([...indices]).toEqual(oracle.order);
    cosines.forEach((value, rank) => {
      expect(value).toBeCloseTo(oracle.falling[rank], 5);
      expect(all[indices[rank]]).toBe(value);
    });
  });

  it('changes the order of the 200 nearest of those admitted, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 150, max: 500 }), fc.nat(1000), fc.nat(260), fc.boolean(), (n, seed, k, half) => {
        const made = makeCase(n, 5, seed);
        const admitted = half ? Uint8Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 0 : 1)) : null;
        const plain = makeVectorSearch(made.embedding);
        const before = plain.nearest(made.query, Math.max(k, 200), admitted);
        const after = makeVectorSearch(made.embedding, made.sentences).nearest(made.query, k, admitted, true);
        const score = makeSentenceScore(made.sentences, made.query);
        const scores = new Map(
          Array.from(before.indices, (paper, rank) => {
            const own = before.cosines[rank];
            return [paper, 0.3 * own + 0.7 * (score(paper) ?? own)];
          }),
        );
        const expected = Array.from(before.indices).sort(
          (a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || a - b,
        );
        expect([...after.indices]).toEqual(expected.slice(0, k));
        const exact = plain.nearest(made.query, k, admitted);
        expect([...after.cosines]).toEqual([...exact.cosines]);
        expect([after.relevant, after.mean, after.deviation]).toEqual([exact.relevant, exact.mean, exact.deviation]);
      }),
      { numRuns: 60 },
    );
  });

  it('is by the papers’ own vectors where sentences are not asked for, or there are none', () => {
    const exact = makeVectorSearch(embedding).nearest(query, 40, null);
    expect([...makeVectorSearch(embedding, sentences).nearest(query, 40, null).indices]).toEqual([...exact.indices]);
    expect([...makeVectorSearch(embedding).nearest(query, 40, null, true).indices]).toEqual([...exact.indices]);
  });

  it('takes no sentences of other papers', () => {
    const other = joinSentences([Uint8Array.of(0b0001_1111)], 3);
    expect(() => makeVectorSearch(embedding, other)).toThrow('sentences: expected those of 40×24 vectors, got 1×3');
  });
});
