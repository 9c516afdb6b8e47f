import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnFacet } from '../../facet/column-facet.ts';
import { type Filter, writeMask } from '../../facet/filter.ts';
import type { ColumnValue } from '../../model/paper.ts';
import { colorBy } from '../../render/palette.ts';
import { legendLines } from './legend-lines.ts';

/** Columns coloured by few values, by the ten most frequent of many, by ranges, and with gaps. */
const columns = fc.oneof(
  fc.array(fc.constantFrom<ColumnValue>('a', 'b', 'c', null), { minLength: 4, maxLength: 40 }),
  fc.array(fc.constantFrom<ColumnValue>(...'abcdefghijklmnop'), { minLength: 20, maxLength: 60 }),
  fc.array(fc.oneof(fc.integer({ min: 0, max: 11 }), fc.constant(null)), { minLength: 4, maxLength: 60 }),
  fc.array(fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constant(null)), { minLength: 30, maxLength: 90 }),
);

describe('legendLines', () => {
  it('counts what the legend counts, and lets through the papers of the lines that it keeps', () => {
    const clicks = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 11 })), { maxLength: 4 });
    fc.assert(
      fc.property(columns, clicks, (values, acts) => {
        const facet = columnFacet(values);
        const { legend } = colorBy(values, 'light');
        const lines = facet && legendLines({ id: 'column:x', name: 'x', facet }, legend);
        if (!facet || !lines) return;
        const counts = legend.map((_, line) => lines.bins.filter((each) => each === line).length);
        expect(counts).toEqual(legend.map(({ count }) => count));
        let filter: Filter | null = null;
        for (const [isAlone, at] of acts) {
          const line = at % legend.length;
          filter = isAlone ? lines.isolate(filter, line) : lines.toggle(filter, line);
          const mask = new Uint8Array(values.length);
          writeMask(facet, filter, mask);
          expect([...mask]).toEqual(Array.from(lines.bins, (own) => (lines.keeps(filter, own) ? 1 : 0)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is none for dates, whose bars are others', () => {
    const values = ['2020-01-01', '2020-02-01', '2021-05-01'];
    const facet = columnFacet(values);
    expect(facet && legendLines({ id: 'column:d', name: 'd', facet }, colorBy(values, 'light').legend)).toBeNull();
  });
});
