import { describe, expect, it } from 'vitest';
import { digitVectors } from '../fixtures/vectors.ts';
import { prepareVectors } from './prepare-vectors.ts';

describe('prepared vectors', () => {
  it('are as they were, by default', () => {
    expect(prepareVectors(digitVectors, { components: null, whiten: false }, 1)).toBe(digitVectors);
  });

  it('have no mean, and falling or equal variances', () => {
    for (const whiten of [false, true]) {
      const { data, rows, cols } = prepareVectors(digitVectors, { components: 5, whiten }, 1);
      expect([rows, cols]).toEqual([300, 5]);
      const variances = Array.from({ length: 5 }, (_, c) => {
        let [sum, square] = [0, 0];
        for (let i = 0; i < rows; i++) {
          sum += data[i * 5 + c] / rows;
          square += data[i * 5 + c] ** 2 / (rows - 1);
        }
        expect(sum).toBeCloseTo(0, 5);
        return square;
      });
      for (let c = 0; c < 5; c++) {
        if (whiten) expect(variances[c]).toBeCloseTo(1, 3);
        else if (c > 0) expect(variances[c]).toBeLessThan(variances[c - 1]);
      }
    }
  });

  it('leave rows that are no vectors as they are', () => {
    const data = digitVectors.data.slice();
    data.fill(Number.NaN, 0, 64);
    const got = prepareVectors({ ...digitVectors, data }, { components: 3, whiten: true }, 1);
    expect(Array.from(got.data.subarray(0, 3)).every(Number.isNaN)).toBe(true);
    expect(got.data.subarray(3).every(Number.isFinite)).toBe(true);
  });
});
