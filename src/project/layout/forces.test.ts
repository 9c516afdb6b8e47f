import { describe, expect, it } from 'vitest';
import learned from '../fixtures/umap.json';
import { fitCurve, forceAt, makeForceTable, TABLE_LENGTH } from './forces.ts';

const { a, b } = { a: 1.576943, b: 0.895061 };
const table = makeForceTable({ a, b });
const read = (first: number, s: number): number => forceAt(table, first, s);

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

describe('the table of forces', () => {
  it('is the formula to 1e-5', () => {
    for (let s = 2e-7; s < 1e7; s *= 1.0037) {
      const exact = Math.fround(s);
      const attraction = (-2 * a * b * exact ** (b - 1)) / (1 + a * exact ** b);
      const repulsion = (2 * b) / ((0.001 + exact) * (1 + a * exact ** b));
      expect(Math.abs(read(0, s) / attraction - 1)).toBeLessThan(1e-5);
      expect(Math.abs(read(TABLE_LENGTH, s) / repulsion - 1)).toBeLessThan(2e-5);
    }
  });

  it('stays finite beyond its ends', () => {
    for (const s of [0, 1e-38, 1e30, Number.POSITIVE_INFINITY]) {
      expect(Number.isFinite(read(0, s)) && Number.isFinite(read(TABLE_LENGTH, s))).toBe(true);
    }
  });
});
