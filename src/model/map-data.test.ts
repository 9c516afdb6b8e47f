import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUnplaced, normalizeLayout } from './map-data.ts';

describe('normalizeLayout', () => {
  it('centres the bounds and brings the longer side to −1…1', () => {
    expect(normalizeLayout(Float32Array.of(0, 10, 4, 10, 2, 11))).toEqual(
      Float32Array.of(-1, -0.25, 1, -0.25, 0, 0.25),
    );
  });

  it('puts equal places at 0 and leaves the unplaced out', () => {
    expect(normalizeLayout(Float32Array.of(7, 7, 7, 7))).toEqual(Float32Array.of(0, 0, 0, 0));
    const nan = Number.NaN;
    expect(normalizeLayout(Float32Array.of(nan, 5, 0, 0, 2, 2))).toEqual(Float32Array.of(nan, nan, -1, -1, 1, 1));
    expect(normalizeLayout(new Float32Array(0))).toEqual(new Float32Array(0));
    expect(countUnplaced(Float32Array.of(nan, 5, 0, 0, 2, Number.POSITIVE_INFINITY))).toBe(2);
  });

  it('never leaves −1…1', () => {
    const coordinates = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(coordinates, (values) => {
        const even = Float32Array.from(values.slice(0, values.length - (values.length % 2)));
        for (const value of normalizeLayout(even)) expect(Math.abs(value)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
