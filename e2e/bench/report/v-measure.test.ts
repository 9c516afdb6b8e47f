import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom, shuffledIndices } from '../../../src/math/random.ts';
import oracle from './fixtures/v-measure.json' with { type: 'json' };
import { vMeasure, vOverChance } from './v-measure.ts';

const anyLabels = fc.array(fc.tuple(fc.integer({ min: -1, max: 6 }), fc.integer({ min: -1, max: 6 })), {
  minLength: 1,
  maxLength: 60,
});

describe('vMeasure', () => {
  it.each(oracle)('agrees with scikit-learn: $v', ({ classes, clusters, homogeneity, completeness, v }) => {
    const found = vMeasure(classes, clusters);
    expect(found.homogeneity).toBeCloseTo(homogeneity, 12);
    expect(found.completeness).toBeCloseTo(completeness, 12);
    expect(found.v).toBeCloseTo(v, 12);
  });

  it('does not care for the order of papers, the labels themselves or which of the two comes first', () => {
    fc.assert(
      fc.property(anyLabels, (pairs) => {
        const [classes, clusters] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        const found = vMeasure(classes, clusters);
        const swapped = vMeasure(clusters, classes);
        const renamed = vMeasure(
          classes.toReversed(),
          clusters.toReversed().map((label) => 40 - 3 * label),
        );
        expect(swapped.homogeneity).toBeCloseTo(found.completeness, 12);
        expect(swapped.v).toBeCloseTo(found.v, 12);
        expect(renamed.v).toBeCloseTo(found.v, 12);
        expect(found.v).toBeGreaterThanOrEqual(0);
        expect(found.v).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('does not take lists of different lengths', () => {
    expect(() => vMeasure([1, 2], [1])).toThrow(RangeError);
  });
});

describe('vOverChance', () => {
  const classes = Array.from({ length: 240 }, (_, i) => i % 12);

  it('is 1 for the classes themselves and near 0 for clusters without sense, few or many', () => {
    expect(vOverChance(classes, classes, 1)).toBeCloseTo(1, 12);
    for (const count of [6, 40, 160]) {
      const drawn = shuffledIndices(240, makeRandom(count)).map((place) => place % count);
      expect(Math.abs(vOverChance(classes, drawn, 1))).toBeLessThan(0.04);
    }
  });

  it('gives no credit for papers on their own, which V does', () => {
    const alone = classes.map((_, i) => i);
    expect(vMeasure(classes, alone).v).toBeGreaterThan(0.6);
    expect(vOverChance(classes, alone, 1)).toBeCloseTo(0, 12);
  });

  it('is 1 where chance cannot but agree', () => {
    expect(vOverChance([2, 2, 2], [0, 0, 0], 1)).toBe(1);
  });
});
