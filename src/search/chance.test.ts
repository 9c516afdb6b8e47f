import { describe, expect, it } from 'vitest';
import { matrix, quantizeRows } from '../model/matrix.ts';
import { chanceOf, floorOf, randomTexts } from './chance.ts';
import { makeSearchSession } from './search-session.ts';

describe('chance', () => {
  it('has the same random texts each time, of one to three words', () => {
    expect(randomTexts()).toEqual(randomTexts());
    expect(new Set(randomTexts()).size).toBe(39);
    expect(randomTexts().every((text) => /^[a-z]{4,9}(?: [a-z]{4,9}){0,2}$/u.test(text))).toBe(true);
  });

  it('asks more of texts with strange words, and nothing where chance is not known', () => {
    const chance = chanceOf([0.3, 0.1, 0.2]);
    expect(chance).toEqual({ middle: 0.2, highest: 0.3 });
    expect([floorOf(chance, true), floorOf(chance, false)]).toEqual([0.3, 0.2]);
    expect(chanceOf([])).toBeNull();
    expect(floorOf(null, true)).toBe(Number.NEGATIVE_INFINITY);
  });

  it('is learnt anew for each set of vectors', async () => {
    const session = makeSearchSession({ nowMs: () => 0, pause: async () => undefined });
    const rows = quantizeRows(matrix(Float32Array.of(1, 0, 0.8, 0.6), 2, 2));
    const ask = () => {
      const options = { like: [], unlike: [], isPending: false, within: null, limit: 10, mode: 'hybrid' } as const;
      return session.search(1, { ...options, query: 'zzz ', vector: Float32Array.of(0, 1) }).total;
    };
    session.begin(1);
    session.add(1, [
      { title: 'a', text: '', authors: null },
      { title: 'b', text: '', authors: null },
    ]);
    session.setVectors(1, rows, null);
    expect(ask()).toBe(2);
    await session.learnChance(1, [Float32Array.of(1, 1)]);
    expect(ask()).toBe(0);
    session.setVectors(1, rows, null);
    expect(ask()).toBe(2);
  });
});
