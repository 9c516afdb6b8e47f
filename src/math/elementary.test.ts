import { describe, expect, it } from 'vitest';
import { expOf, logOf, powerOf } from './elementary.ts';

describe('elementary functions', () => {
  it('are those of Math to 1e-15', () => {
    for (let x = -700; x < 700; x += 0.37) {
      expect(Math.abs(expOf(x) / Math.exp(x) - 1)).toBeLessThan(1e-14);
    }
    for (let x = -20; x < 2; x += 0.013) expect(Math.abs(expOf(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
    for (let x = 1e-30; x < 1e30; x *= 1.7) {
      const expected = Math.log(x);
      expect(Math.abs(logOf(x) - expected)).toBeLessThan(1e-15 * Math.max(1, Math.abs(expected)));
    }
  });

  it('reach the ends', () => {
    expect([expOf(0), expOf(-800), expOf(800), logOf(1), powerOf(0, 0.5)]).toEqual([
      1,
      0,
      Number.POSITIVE_INFINITY,
      0,
      0,
    ]);
    expect(powerOf(2, 10)).toBeCloseTo(1024, 9);
    expect(powerOf(3.7, -0.1) / 3.7 ** -0.1).toBeCloseTo(1, 13);
  });
});
