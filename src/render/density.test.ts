import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { makeDensity } from './density.ts';
import { boundsOf } from './viewport.ts';

describe('density', () => {
  const random = makeRandom(5);
  const positions = Float32Array.from({ length: 40_000 }, () => random() + random() - 1);
  const density = makeDensity(positions, boundsOf(positions));

  it('counts everything exactly and nothing as nothing', () => {
    expect(density.total).toBe(20_000);
    expect(density.countWithin({ minX: -9, minY: -9, maxX: 9, maxY: 9 })).toBe(20_000);
    expect(density.countWithin({ minX: 5, minY: 5, maxX: 9, maxY: 9 })).toBe(0);
  });

  it('agrees with counting one by one', () => {
    for (let round = 0; round < 50; round++) {
      const view = { minX: -random(), minY: -random(), maxX: random(), maxY: random() };
      let exact = 0;
      for (let i = 0; i < positions.length; i += 2) {
        const [x, y] = [positions[i], positions[i + 1]];
        if (x >= view.minX && x <= view.maxX && y >= view.minY && y <= view.maxY) exact++;
      }
      expect(Math.abs(density.countWithin(view) - exact)).toBeLessThan(60);
    }
  });

  it('tells clumped papers from spread ones', () => {
    const even = Float32Array.from({ length: 40_000 }, () => random() * 2 - 1);
    expect(makeDensity(even, boundsOf(even)).clumping).toBeCloseTo(1, 0);
    const quarter = even.map((value) => Math.abs(value));
    expect(makeDensity(quarter, { minX: -1, minY: -1, maxX: 1, maxY: 1 }).clumping).toBeCloseTo(4, 0);
    expect(makeDensity(Float32Array.of(0, 0), boundsOf(Float32Array.of(0, 0))).clumping).toBe(1);
  });

  it('takes papers at one point, papers not placed, and none', () => {
    const all = { minX: -2, minY: -2, maxX: 2, maxY: 2 };
    const same = Float32Array.of(0.5, 0.5, NaN, NaN, 0.5, 0.5);
    expect(makeDensity(same, boundsOf(same)).total).toBe(2);
    const none = new Float32Array(0);
    expect(makeDensity(none, boundsOf(none)).countWithin(all)).toBe(0);
  });
});
