import { describe, expect, it } from 'vitest';
import { GREATEST_BITS, KNOT_SHIFT, LEAST_BITS, makeForceTable, TABLE_LENGTH } from './force-table.ts';

const { a, b } = { a: 1.576943, b: 0.895061 };
const table = makeForceTable({ a, b });
const float = new Float32Array(1);
const word = new Int32Array(float.buffer);

function read(first: number, s: number): number {
  float[0] = s;
  const bits = Math.min(GREATEST_BITS, Math.max(LEAST_BITS, word[0])) - LEAST_BITS;
  const at = first + (bits >> KNOT_SHIFT);
  const share = (bits & ((1 << KNOT_SHIFT) - 1)) / (1 << KNOT_SHIFT);
  return table[at] + (table[at + 1] - table[at]) * share;
}

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
