import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrix } from '../../model/matrix.ts';
import { settleBorders } from './leaves.ts';
import { placeRows } from './paper-rows.ts';

const line = (...values: number[]): ReturnType<typeof placeRows> =>
  placeRows(matrix(Float32Array.from(values), values.length, 1));

/** The nearest papers on either side, for papers in a row on the map. */
function inARow(n: number, reach: number): { k: number; indices: Int32Array } {
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => j)
      .filter((j) => j !== i)
      .sort((p, q) => Math.abs(p - i) - Math.abs(q - i) || p - q)
      .slice(0, reach),
  );
  return { k: reach, indices: Int32Array.from(rows.flat()) };
}

describe('settling borders', () => {
  const rows = line(0, 0.1, 0.2, 9.1, 9, 9.2, 9.1, 9.3);

  it('gives a paper to the leaf beside it that it is more like', () => {
    const settled = settleBorders(rows, Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1), 2, inARow(8, 4));
    expect(Array.from(settled)).toEqual([0, 0, 0, 1, 1, 1, 1, 1]);
  });

  it('moves none to a leaf that it hardly touches', () => {
    const labels = Int32Array.of(1, 0, 0, 0, 1, 1, 1, 1);
    expect(settleBorders(line(9, 0, 0.1, 0.2, 9, 9.1, 9, 9.1), labels, 2, inARow(8, 4))).toEqual(labels);
    const odd = line(9, 0, 0.1, 0.2, 9, 9.1, 9, 9.1);
    const apart = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    expect(settleBorders(odd, apart, 2, inARow(8, 2))).toEqual(apart);
  });

  it('leaves a leaf alone that would lose half of its papers', () => {
    const labels = Int32Array.of(0, 0, 0, 1, 1, 0, 0, 0);
    expect(settleBorders(line(0, 0, 0, 0, 0.1, 0, 0, 0), labels, 2, inARow(8, 4))).toEqual(labels);
  });

  it('never adds to the squared distances to the means when one paper moves, and never ends a leaf', () => {
    const scatter = (values: readonly number[], labels: Int32Array, leaves: number): number => {
      const means = Array.from({ length: leaves }, (_, leaf) => {
        const own = values.filter((_, i) => labels[i] === leaf);
        return own.reduce((sum, value) => sum + value / own.length, 0);
      });
      return values.reduce((sum, value, i) => sum + (value - means[labels[i]]) ** 2, 0);
    };
    const papers = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 2 })), {
      minLength: 3,
      maxLength: 30,
    });
    fc.assert(
      fc.property(papers, (pairs) => {
        const labels = Int32Array.from(pairs, ([, leaf], i) => (i < 3 ? i : leaf));
        const values = pairs.map(([value]) => value);
        const settled = settleBorders(line(...values), labels, 3, inARow(values.length, 4));
        expect(new Set(settled).size).toBe(3);
        const moved = Array.from(settled.keys()).filter((i) => settled[i] !== labels[i]);
        if (moved.length === 1)
          expect(scatter(values, settled, 3)).toBeLessThanOrEqual(scatter(values, labels, 3) + 1e-3);
      }),
    );
  });
});
