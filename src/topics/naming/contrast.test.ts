import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeContrastSession } from './contrast.ts';
import { logOddsScores } from './term-statistics.ts';
import type { Texts } from './token-stream.ts';

function sessionOf(texts: Texts): ReturnType<typeof makeContrastSession> {
  const session = makeContrastSession();
  session.read(texts);
  return session;
}

const counts = (terms: number) => fc.array(fc.nat(50), { minLength: terms, maxLength: terms });

describe('log-odds with a prior', () => {
  it('are what Monroe, Colaresi & Quinn write, term by term', () => {
    fc.assert(
      fc.property(counts(5), counts(5), counts(5), fc.integer({ min: 1, max: 500 }), (a, b, more, weight) => {
        const background = a.map((count, w) => count + b[w] + more[w] + 1);
        const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
        const scores = logOddsScores({ a, b, background }, weight);
        for (let w = 0; w < 5; w++) {
          const alpha = (weight * background[w]) / sum(background);
          const odds = (y: readonly number[]) => (y[w] + alpha) / (sum(y) + weight - y[w] - alpha);
          const variance = 1 / (a[w] + alpha) + 1 / (b[w] + alpha);
          expect(scores[w]).toBeCloseTo((Math.log(odds(a)) - Math.log(odds(b))) / Math.sqrt(variance), 9);
        }
      }),
    );
  });

  it('turn about when the sets change places, and are none between like sets', () => {
    fc.assert(
      fc.property(counts(4), counts(4), (a, b) => {
        const background = a.map((count, w) => count + b[w] + 1);
        const scores = logOddsScores({ a, b, background }, 20);
        expect(Array.from(logOddsScores({ a: b, b: a, background }, 20), (z) => -z || 0)).toEqual(
          Array.from(scores, (z) => z || 0),
        );
        expect(Math.max(...logOddsScores({ a, b: a, background }, 20).map(Math.abs))).toBe(0);
      }),
    );
  });

  it('draw a rare term to no difference that a plain ratio would put first', () => {
    // Terms that occur once and never; 60 and 20 times; and often in both, so that the others are a small share.
    const scores = logOddsScores({ a: [1, 60, 500], b: [0, 20, 500], background: [1, 80, 1000] }, 30);
    expect(scores[1]).toBeGreaterThan(1.96);
    expect(Math.abs(scores[0])).toBeLessThan(1);
  });

  it('are 0 for terms that nobody has, and for the only term there is', () => {
    expect(Array.from(logOddsScores({ a: [0, 4], b: [0, 2], background: [0, 6] }, 3))).toEqual([0, 0]);
    expect(Array.from(logOddsScores({ a: [], b: [], background: [] }, 3))).toEqual([]);
  });
});

describe('terms that tell two sets of papers apart', () => {
  const texts = Array.from({ length: 60 }, (_, i) =>
    i < 20
      ? `Sparse autoencoders find features. Maps of texts ${i}.`
      : i < 40
        ? `Graph embeddings, edges. Maps of texts ${i}.`
        : `Nothing but weather reports. Maps of texts ${i}.`,
  );
  const { tellApart } = sessionOf({ titles: texts.map(() => ''), texts });
  const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
  const first = range(0, 20);

  it('are those of the set, with the papers that hold them, and not what all say', () => {
    const { a } = tellApart({ a: first, b: null });
    expect(a.map(({ term }) => term)).toContain('Sparse autoencoders');
    expect(a.every(({ here, there }) => here === 20 && there === 0)).toBe(true);
    expect(a.some(({ term }) => /map|text/iu.test(term))).toBe(false);
  });

  it('name each thing once: neither its parts nor what it is a part of', () => {
    const { a } = tellApart({ a: first, b: null });
    const spelled = a.map(({ term }) => term.toLowerCase());
    expect(spelled.filter((term) => spelled.some((other) => other !== term && other.includes(term)))).toEqual([]);
  });

  it('are the same from both sides', () => {
    const second = range(20, 40);
    const there = tellApart({ a: first, b: second });
    const back = tellApart({ a: second, b: first });
    expect(back).toEqual({ a: there.b, b: there.a });
    expect(there.b.map(({ term }) => term)).toContain('Graph embeddings');
    expect([...there.a, ...there.b].some(({ term }) => /weather/u.test(term))).toBe(false);
  });

  it('compare a set with the rest as with the papers of the rest by name', () => {
    expect(tellApart({ a: first, b: range(20, 60) })).toEqual(tellApart({ a: first, b: null }));
  });

  it('are none for no papers, for all of them, and among like sets', () => {
    for (const [a, b] of [
      [Int32Array.of(), null],
      [range(0, 60), null],
      [first, first],
    ] as const) {
      expect(tellApart({ a, b })).toEqual({ a: [], b: [] });
    }
    const none = sessionOf({ titles: [], texts: [] });
    expect(none.tellApart({ a: Int32Array.of(), b: null })).toEqual({ a: [], b: [] });
  });
});
