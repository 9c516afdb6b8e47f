import { describe, expect, it } from 'vitest';
import learned from '../fixtures/umap.json';
import { fitCurve } from './curve.ts';

describe('the curve', () => {
  it.each(learned.curves)('at minDist %d and spread %d is that of scipy', (minDist, spread, a, b) => {
    const got = fitCurve(minDist, spread);
    expect(Math.abs(got.a / a - 1)).toBeLessThan(1e-4);
    expect(Math.abs(got.b / b - 1)).toBeLessThan(1e-4);
  });

  it('at the defaults is the well-known one', () => {
    const { a, b } = fitCurve(0.1, 1);
    expect(a).toBeCloseTo(1.576943, 5);
    expect(b).toBeCloseTo(0.895061, 5);
  });
});
