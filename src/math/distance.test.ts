import { describe, expect, it } from 'vitest';
import { matrix } from '../model/matrix.ts';
import { distanceOfDot, dot, dotFourByTwo, unitRows } from './distance.ts';
import { makeRandom } from './random.ts';

describe('distances', () => {
  it('are the same bits by the tile as one by one', () => {
    const random = makeRandom(3);
    for (const cols of [1, 3, 64, 385]) {
      const data = Float32Array.from({ length: 6 * cols }, () => random() - 0.5);
      const out = new Float64Array(8);
      dotFourByTwo({ data, from: 0 }, { data, from: 4 * cols }, cols, out);
      for (let p = 0; p < 4; p++) {
        for (let q = 0; q < 2; q++) expect(out[p * 2 + q]).toBe(dot(data, p * cols, (4 + q) * cols, cols));
      }
    }
  });

  it('make rows of length 1, and zeros of rows without a direction', () => {
    const wrong = [Number.NaN, 1, Number.POSITIVE_INFINITY, 0, 0, 0];
    const unit = unitRows(matrix(Float32Array.of(3, 4, 1e-20, 0, ...wrong), 5, 2));
    expect(Array.from(unit.data)).toEqual([Math.fround(0.6), Math.fround(0.8), 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('stay within 0…2 for dots that rounding has brought beyond 1', () => {
    expect([1.0000001, 1, 0, -1.0000001].map(distanceOfDot)).toEqual([0, 0, 1, 2]);
  });
});
