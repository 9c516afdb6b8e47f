import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnValue } from '../model/paper.ts';
import { givenCategories, keyOfValue, NO_VALUE_KEY, OTHER_KEY } from './category-facet.ts';
import { columnDates, columnFacet, mayBeDates } from './column-facet.ts';
import { dateFacet } from './date-facet.ts';
import type { Facet } from './facet.ts';
import { numberFacet } from './number-facet.ts';

function counts({ bins, size }: Facet): number[] {
  const found = new Array<number>(size + 1).fill(0);
  for (const bar of bins) found[bar]++;
  return found;
}

const column = (n: number, valueAt: (i: number) => ColumnValue): ColumnValue[] =>
  Array.from({ length: n }, (_, i) => valueAt(i));

describe('columnDates', () => {
  it('takes numbers for times under a name that speaks of time', () => {
    const times = [1_577_836_800, 1_577_923_200_000, null];
    for (const name of ['created_utc', 'Timestamp', 'published']) {
      expect(columnDates(times, name)?.dates).toEqual(['2020-01-01', '2020-01-02', null]);
      expect(mayBeDates(times, name)).toBe(true);
    }
    for (const name of ['', 'citations', 'format']) {
      expect(columnDates(times, name)).toBeNull();
      expect(mayBeDates(times, name)).toBe(false);
    }
    expect(columnDates([2019, 2020], 'date')).toBeNull();
  });

  it('reads what can be read in two ways as the others tell, or as is said', () => {
    const values = ['03/04/2020', '25/04/2020', null, 'May 2020'];
    expect(columnDates(values)).toMatchObject({
      dates: ['2020-04-03', '2020-04-25', null, '2020-05'],
      days: { order: 'day-first', isSure: true },
    });
    // Another order does not change the unambiguous dates.
    expect(columnDates(values, '', 'month-first')?.dates).toEqual(['2020-03-04', '2020-04-25', null, '2020-05']);
  });

  it('counts what is no date as a paper without one', () => {
    const dates = columnDates(column(20, (i) => (i === 3 ? 'n/a' : i === 4 ? null : `2020-01-${10 + i}`)));
    expect(dateFacet(dates?.dates ?? [])).toMatchObject({ kind: 'date', undated: 2 });
  });
});

describe('columnFacet', () => {
  it.each<[string, ColumnValue[], Facet['kind'] | null]>([
    ['a few words', column(60, (i) => ['cat', 'dog', ''][i % 3]), 'category'],
    ['truth values', column(60, (i) => i % 2 === 0), 'category'],
    ['numbers', column(60, (i) => i / 7), 'number'],
    ['numbers with gaps', column(60, (i) => (i % 2 ? i : null)), 'number'],
    ['numbers and words', column(60, (i) => (i % 2 ? 1 : 'n/a')), 'category'],
    ['days', column(60, (i) => `2024-03-${String(1 + (i % 28)).padStart(2, '0')}`), 'date'],
    ['times', column(60, (i) => `2024-03-0${1 + (i % 9)}T10:00:00Z`), 'date'],
    ['months and years', column(60, (i) => (i % 2 ? '2020-01' : '2021')), 'date'],
    ['days as they are written', column(60, (i) => `${1 + (i % 12)}/${1 + (i % 28)}/2020`), 'date'],
    ['days in words', column(60, (i) => ['2 Jan 2018', 'March 2019', '2019/3', '2020'][i % 4]), 'date'],
    ['days, and a few that nobody knows', column(60, (i) => (i % 12 ? `${1 + (i % 28)}.5.2020` : 'unknown')), 'date'],
    ['days, and many that nobody knows', column(60, (i) => (i % 4 ? '3.5.2020' : 'unknown')), 'category'],
    ['numbers that could be times', column(60, (i) => 1_577_836_800 + i), 'number'],
    ['texts', column(60, (i) => `${'a long text '.repeat(8)}${i}`), null],
    ['few texts', column(4, (i) => `${'a long text '.repeat(8)}${i}`), null],
    ['names of single papers', column(60, (i) => `10.1000/${i}`), null],
    ['a few single words', column(9, (i) => `word ${i}`), 'category'],
    ['one value', column(60, () => 'all'), null],
    ['one value, not everywhere', column(60, (i) => (i < 30 ? 'some' : null)), 'category'],
    ['one number', column(60, (i) => (i < 30 ? 5 : null)), 'category'],
    ['nothing', column(60, () => null), null],
    ['no numbers', column(60, () => Number.NaN), null],
  ])('%s', (_, values, kind) => {
    expect(columnFacet(values)?.kind ?? null).toBe(kind);
  });

  it('puts every paper in the bar of its own value', () => {
    const value = fc.oneof(fc.constantFrom<ColumnValue>(null, '', 'a', 'b', 'toString', true, 3), fc.string());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const facet = columnFacet(values);
        if (facet?.kind !== 'category') return;
        const known = values.map((each) => (keyOfValue(each) === '' ? '' : keyOfValue(each)));
        expect(Array.from(facet.bins, (bar) => facet.keys[bar] ?? NO_VALUE_KEY)).toEqual(known);
        const sizes = counts(facet).slice(0, facet.size);
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      }),
    );
  });

  it('gives what is beyond a thousand values one bar', () => {
    const facet = columnFacet(column(6000, (i) => `v${i % 2000}`));
    expect(facet).toMatchObject({ kind: 'category', size: 1001 });
    if (facet?.kind !== 'category') return;
    expect(facet.keys[1000]).toBe(OTHER_KEY);
    expect(counts(facet)[1000]).toBe(3000);
  });

  it('takes categories that are known beforehand as they are', () => {
    const facet = givenCategories([{ key: '7', label: 'Seven' }], Uint16Array.of(0, 1, 0));
    expect(facet).toMatchObject({ kind: 'category', size: 1, keys: ['7'], labels: ['Seven'] });
    expect(counts(facet)).toEqual([2, 1]);
  });
});

describe('numberFacet', () => {
  it.each([
    [[0, 100], 0, 105, 2.5],
    [[1, 2, 3], 1, 4, 1],
    [[1999, 2024], 1999, 2025, 1],
    [[0.1, 0.2, 0.3], 0.1, 0.305, 0.005],
    [[5], 5, 6, 1],
  ])('%j has round borders', (values, first, end, width) => {
    const { edges } = numberFacet(values);
    expect(edges[0]).toBeLessThanOrEqual(first);
    expect(edges[edges.length - 1]).toBeLessThanOrEqual(end + 1e-9);
    expect(edges[1] - edges[0]).toBeLessThanOrEqual(2 * width);
    expect(edges.length - 1).toBeLessThanOrEqual(41);
  });

  it('lets borders grow where values lie very unevenly', () => {
    const citations = column(400, (i) => Math.floor(1e5 / (i + 1) ** 2));
    const { edges } = numberFacet(citations);
    expect([...edges.slice(0, 6)]).toEqual([0, 1, 2, 5, 10, 20]);
    expect(edges[edges.length - 1]).toBe(200_000);
  });

  it('holds every number between the borders of its bar, whatever the numbers', () => {
    const number = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, 1e17),
    );
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 80 }), (values) => {
        const { edges, bins, size } = numberFacet(values);
        expect(size).toBeLessThanOrEqual(42);
        for (let b = 0; b < size; b++) expect(edges[b]).toBeLessThan(edges[b + 1]);
        values.forEach((value, i) => {
          if (!Number.isFinite(value)) expect(bins[i]).toBe(size);
          else expect(edges[bins[i]] <= value && value < edges[bins[i] + 1]).toBe(true);
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('values far from all others', () => {
  /** Bars that hold values, without those at the ends. */
  const inside = ({ bins, size }: { bins: Uint16Array; size: number }) =>
    new Set([...bins].filter((bar) => bar > 0 && bar < size - 1)).size;

  it('get a bar of their own at the ends of an axis of numbers', () => {
    for (const odd of [[1e300], [-1e300, 1e300], [Number.MAX_VALUE], [1e6], [-4e9]]) {
      const values = [...Array.from({ length: 200 }, (_, i) => 1 + (i % 100)), ...odd];
      const facet = numberFacet(values);
      // A million is within reach of bars of growing width.
      expect(inside(facet)).toBeGreaterThan(odd[0] === 1e6 ? 5 : 15);
      expect(facet.size).toBeLessThan(50);
      expect([...facet.bins].every((bar) => bar < facet.size)).toBe(true);
      for (const [i, bar] of facet.bins.entries()) {
        expect(facet.edges[bar]).toBeLessThanOrEqual(values[i]);
        expect(facet.edges[bar + 1]).toBeGreaterThan(values[i]);
      }
      expect([...facet.edges].every((edge, i) => i === 0 || edge > facet.edges[i - 1])).toBe(true);
    }
  });

  it('do not cut an axis on which all have room, nor one of growing bars', () => {
    expect(numberFacet([1, 2, 3, 4, 5, 6, 7, 8, 9, 30]).edges.at(-1)).toBeLessThan(35);
    const citations = Array.from({ length: 300 }, (_, i) => (i < 250 ? i % 9 : i * i));
    expect([...numberFacet(citations).edges].slice(0, 5)).toEqual([0, 1, 2, 5, 10]);
  });

  it('get a bar of their own on a time line', () => {
    const years = [...Array.from({ length: 60 }, (_, i) => String(1999 + (i % 20))), '9999', '0001'];
    const facet = dateFacet(years);
    if (!facet) throw new Error('expected a time line');
    expect(facet.unit).toBe('year');
    expect(facet.size).toBe(22);
    expect(inside(facet)).toBe(20);
    expect([...facet.bins].slice(-2)).toEqual([21, 0]);
  });
});

describe('dateFacet', () => {
  it('counts days as the calendar does', () => {
    const dates = ['1970-01-01', '2000-03-01', '1969-12-31', '0033-04-03'];
    expect(Array.from(dateFacet(dates)?.values ?? [])).toEqual([0, 11017, -1, -707_382]);
  });

  it.each<[string, string[], string, number]>([
    ['days of a month', ['2024-02-27', '2024-03-01'], 'day', 4],
    ['days of years', ['2019-02-27', '2024-03-01'], 'month', 62],
    ['months of decades', ['2004-01', '2024-03'], 'quarter', 81],
    ['years', ['2019', '2024'], 'year', 6],
    ['centuries', ['1712', '1999-01-01'], 'years', 58],
  ])('%s', (_, dates, unit, size) => {
    expect(dateFacet(dates)).toMatchObject({ unit, size });
  });

  it('makes no date up: what is missing or less exact is counted by its reason', () => {
    const dates = [...column(30, (i) => `2024-0${1 + (i % 9)}-11`).map(String), null, '--07-25', '2023', '--01-01'];
    const facet = dateFacet(dates);
    expect(facet).toMatchObject({ unit: 'month', undated: 1, yearless: 2, vague: 1 });
    expect(facet && counts(facet)[facet.size]).toBe(4);
    expect(dateFacet(['--07-25', null])).toBeNull();
  });

  it('puts every date in the bar that its calendar says', () => {
    const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.array(date, { minLength: 1, maxLength: 40 }), (dates) => {
        const facet = dateFacet(dates.map((each) => each.toISOString().slice(0, 10)));
        if (!facet) throw new Error('no facet');
        expect(facet.size).toBeLessThanOrEqual(100);
        dates.forEach((each, i) => {
          const day = Math.floor(each.getTime() / 86_400_000);
          expect(facet.values[i]).toBe(day);
          expect(facet.edges[facet.bins[i]] <= day && day < facet.edges[facet.bins[i] + 1]).toBe(true);
        });
        for (const edge of facet.edges) {
          const start = new Date(edge * 86_400_000).toISOString();
          if (facet.unit === 'month') expect(start.slice(8, 10)).toBe('01');
          if (facet.unit === 'quarter') expect(start.slice(5, 10)).toMatch(/^(?:01|04|07|10)-01$/u);
          if (facet.unit.startsWith('year')) expect(start.slice(5, 10)).toBe('01-01');
        }
      }),
    );
  });
});
