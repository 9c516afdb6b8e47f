import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { givenCategories } from './category-facet.ts';
import { makeCrossFilter, pairBins } from './cross-filter.ts';
import { numberFacet } from './number-facet.ts';

/** Bars of each of three histograms, and a list of filters set one after the other (null: removed). */
const cases = fc.integer({ min: 0, max: 40 }).chain((n) =>
  fc.record({
    bins: fc.array(fc.uint8Array({ min: 0, max: 4, minLength: n, maxLength: n }), { minLength: 3, maxLength: 3 }),
    steps: fc.array(
      fc.record({
        slot: fc.integer({ min: 0, max: 4 }),
        mask: fc.option(fc.uint8Array({ min: 0, max: 1, minLength: n, maxLength: n })),
        watched: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: 12 },
    ),
  }),
);

describe('makeCrossFilter', () => {
  it('counts as one does who looks at every paper under every filter', () => {
    fc.assert(
      fc.property(cases, ({ bins, steps }) => {
        const n = bins[0].length;
        const crossFilter = makeCrossFilter(n);
        const masks = new Map<number, Uint8Array | null>();
        const rows = bins.map((row) => Uint16Array.from(row));
        const watches = rows.map((row, slot) => crossFilter.watch(slot, row, 4));
        for (const { slot, mask, watched } of steps) {
          crossFilter.setMask(slot, mask);
          masks.set(slot, mask);
          // A histogram that is opened late must have the same counts as one that was always open.
          watches[watched].end();
          watches[watched] = crossFilter.watch(watched, rows[watched], 4);
          const passes = (i: number, except: number): boolean =>
            [...masks].every(([other, each]) => other === except || !each || each[i] === 1);
          expect(Array.from(crossFilter.passing, Boolean)).toEqual(Array.from({ length: n }, (_, i) => passes(i, -1)));
          expect(crossFilter.kept).toBe(crossFilter.passing.filter((each) => each === 1).length);
          rows.forEach((row, own) => {
            const expected = [0, 0, 0, 0, 0];
            row.forEach((bar, i) => {
              if (passes(i, own)) expected[bar]++;
            });
            expect([...watches[own].counts]).toEqual(expected);
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('counts anew only what a brush lets in or out', () => {
    const n = 10_000;
    const random = makeRandom(1);
    const values = Float64Array.from({ length: n }, () => Math.floor(100 * random()));
    const bins = Uint16Array.from(values);
    const crossFilter = makeCrossFilter(n);
    const maskOf = (from: number, to: number): Uint8Array =>
      Uint8Array.from(values, (value) => (value >= from && value < to ? 1 : 0));
    for (let slot = 0; slot < 5; slot++) crossFilter.watch(slot, bins, 100);
    crossFilter.setMask(0, maskOf(10, 20));
    const before = crossFilter.counted;
    crossFilter.setMask(0, maskOf(11, 21));
    const moved = values.filter((value) => value === 10 || value === 20).length;
    expect(crossFilter.counted - before).toBe(4 * moved);
    crossFilter.setMask(0, maskOf(11, 21));
    expect(crossFilter.counted - before).toBe(4 * moved);
  });

  it('copies the mask that it is given', () => {
    const crossFilter = makeCrossFilter(2);
    const mask = Uint8Array.of(1, 0);
    crossFilter.setMask(3, mask);
    mask.fill(1);
    crossFilter.setMask(3, null);
    expect([...crossFilter.passing, crossFilter.kept]).toEqual([1, 1, 2]);
  });
});

describe('pairBins', () => {
  it('divides each bar by the parts', () => {
    const time = numberFacet([1, 1, 2, null]);
    const parts = givenCategories(
      [
        { key: 'a', label: 'A' },
        { key: 'b', label: 'B' },
      ],
      Uint16Array.of(0, 2, 1, 0),
    );
    expect(pairBins(time, parts)).toEqual({ bins: Uint16Array.of(0, 2, 4, 6), size: 8 });
  });

  it('refuses more than its numbers can hold', () => {
    const parts = givenCategories(
      Array.from({ length: 40_000 }, (_, i) => ({ key: String(i), label: '' })),
      new Uint16Array(2),
    );
    expect(() => pairBins(numberFacet([1, 2]), parts)).toThrow(RangeError);
  });
});
