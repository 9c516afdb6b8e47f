import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listFacet, NO_VALUE_KEY } from './category-facet.ts';
import { columnFacet } from './column-facet.ts';
import { makeCrossFilter } from './cross-filter.ts';
import { barsOf } from './facet.ts';
import { type Filter, writeMask } from './filter.ts';

const VALUES = ['lamp; oil', 'oil', null, 'wick; lamp', 'oil; wick; lamp'];

function passing(filter: Filter): number[] {
  const mask = new Uint8Array(VALUES.length);
  expect(writeMask(listFacet(VALUES), filter, mask)).toBe(true);
  return [...mask.keys()].filter((i) => mask[i] === 1);
}

describe('the facet of a list column', () => {
  it('has a bar for each item, and each paper in all of its bars', () => {
    const facet = listFacet(VALUES);
    expect(facet.keys).toEqual(['lamp', 'oil', 'wick']);
    expect(VALUES.map((_, i) => [...barsOf(facet, i)])).toEqual([[0, 1], [1], [3], [0, 2], [0, 1, 2]]);
  });

  it('filters by item: any that is kept lets a paper through, any that is hidden takes it out', () => {
    expect(passing({ kind: 'only', keys: ['wick'] })).toEqual([3, 4]);
    expect(passing({ kind: 'only', keys: ['wick', NO_VALUE_KEY] })).toEqual([2, 3, 4]);
    expect(passing({ kind: 'without', keys: ['lamp'] })).toEqual([1, 2]);
    expect(passing({ kind: 'without', keys: [NO_VALUE_KEY] })).toEqual([0, 1, 3, 4]);
  });

  it('is absent where items hardly ever come again', () => {
    const single = Array.from({ length: 60 }, (_, i) => `a${i}; b${i}`);
    expect(columnFacet(single, null, true)).toBeNull();
    expect(columnFacet(['a', 'a'], null, true)).toBeNull();
    expect(columnFacet(VALUES, null, true)).toMatchObject({ size: 3 });
  });

  it('counts the papers of each item under any filters', () => {
    const item = fc.constantFrom('a', 'b', 'c', 'd');
    const lists = fc.array(fc.uniqueArray(item, { maxLength: 3 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(lists, fc.array(fc.array(fc.boolean(), { minLength: 20, maxLength: 20 })), (rows, masks) => {
        const facet = listFacet(rows.map((row) => row.join('; ') || null));
        const crossFilter = makeCrossFilter(rows.length);
        const { counts } = crossFilter.watch(7, facet.bins, facet.size, facet.members);
        let mask = rows.map(() => true);
        for (const next of masks) {
          mask = rows.map((_, i) => next[i]);
          crossFilter.setMask(1, Uint8Array.from(mask, Number));
        }
        const kept = rows.filter((_, i) => mask[i]);
        const expected = facet.keys.map((key) => kept.filter((row) => row.some((each) => each === key)).length);
        expect([...counts]).toEqual([...expected, kept.filter((row) => row.length === 0).length]);
      }),
      { numRuns: 1000 },
    );
  });
});
