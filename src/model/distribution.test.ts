import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distributionOf } from './distribution.ts';
import type { ColumnValue } from './paper.ts';
import { selectionOf } from './selection.ts';

const N = 30;
const columns: fc.Arbitrary<ColumnValue[]> = fc.oneof(
  ...[
    fc.constantFrom('a', 'b', 'c', 'd', 'e', '', null),
    fc.constantFrom(1, 2, 3, null, Number.NaN),
    fc.integer({ min: 1990, max: 2026 }),
    fc.double({ min: -3, max: 3 }),
    fc.oneof(fc.boolean(), fc.integer(), fc.string({ maxLength: 2 })),
  ].map((value) => fc.array(value, { minLength: N, maxLength: N })),
);
const papers = fc.array(fc.nat(N - 1)).map(selectionOf);
const isMissing = (value: ColumnValue) => value === null || value === '' || Number.isNaN(value);

describe('a distribution', () => {
  it('counts every paper of both sets once, and those without a value apart', () => {
    fc.assert(
      fc.property(columns, papers, fc.option(papers), fc.integer({ min: 1, max: 12 }), (values, a, b, maxBars) => {
        const { bars, sizeA, sizeB } = distributionOf(values, a, b, { maxBars });
        const rest = b ?? selectionOf([...values.keys()].filter((i) => !a.includes(i)));
        expect([sizeA, sizeB]).toEqual([a.length, rest.length]);
        expect(bars.reduce((sum, bar) => sum + bar.a, 0)).toBe(a.length);
        expect(bars.reduce((sum, bar) => sum + bar.b, 0)).toBe(rest.length);
        expect(bars.filter(({ kind }) => kind === 'value' || kind === 'range').length).toBeLessThanOrEqual(maxBars);
        const without = (set: Int32Array) => Array.from(set).filter((i) => isMissing(values[i])).length;
        const missing = bars.find(({ kind }) => kind === 'missing') ?? { a: 0, b: 0 };
        expect([missing.a, missing.b]).toEqual([without(a), without(rest)]);
      }),
    );
  });

  it('gives the maxBars frequent values bars of their own, as counted one by one', () => {
    fc.assert(
      fc.property(columns, papers, (values, a) => {
        const { bars } = distributionOf(values, a, null, { maxBars: 4 });
        for (const bar of bars.filter(({ kind }) => kind === 'value')) {
          const has = [...values.keys()].filter((i) => !isMissing(values[i]) && String(values[i]) === bar.label);
          expect(bar.a).toBe(has.filter((i) => a.includes(i)).length);
          expect(bar.b).toBe(has.length - bar.a);
        }
        const own = bars.filter(({ kind }) => kind === 'value').map((bar) => bar.a + bar.b);
        expect(own).toEqual([...own].sort((x, y) => y - x));
      }),
    );
  });

  it('puts years in ranges of whole years that name what they hold', () => {
    const years = [2001, 2005, 2010, 2013, 2019, 2020, null];
    const { bars } = distributionOf(years, Int32Array.of(0, 1, 6), null, { maxBars: 4 });
    expect(bars).toEqual([
      { label: '2001–2005', kind: 'range', a: 2, b: 0 },
      { label: '2006–2010', kind: 'range', a: 0, b: 1 },
      { label: '2011–2015', kind: 'range', a: 0, b: 1 },
      { label: '2016–2020', kind: 'range', a: 0, b: 2 },
      { label: 'none', kind: 'missing', a: 1, b: 0 },
    ]);
  });

  it('holds the least and the greatest number in the outer ranges', () => {
    const numbers = Array.from({ length: 21 }, (_, i) => i / 20 - 0.5);
    const { bars } = distributionOf(numbers, Int32Array.of(0, 20), null, { maxBars: 5 });
    expect(bars.map(({ a }) => a)).toEqual([1, 0, 0, 0, 1]);
    expect(bars.map(({ b }) => b).reduce((sum, count) => sum + count)).toBe(19);
  });
});
