import { describe, expect, it } from 'vitest';
import { categoryFacet } from '../../facet/category-facet.ts';
import { dateFacet } from '../../facet/date-facet.ts';
import type { DateFacet } from '../../facet/facet.ts';
import { type Filter, wholeRange } from '../../facet/filter.ts';
import { numberFacet } from '../../facet/number-facet.ts';
import { endLabels, filterText, missingText } from './filter-text.ts';

const words = { id: 'column:venue', name: 'venue', facet: categoryFacet(['a', 'b', 'c', 'd', null]) };
const years = { id: 'year', name: 'Year', facet: numberFacet([2019, 2021, 2024, null]) };

function months(): DateFacet {
  const facet = dateFacet([
    ...Array.from({ length: 20 }, (_, i) => `2021-${String(1 + (i % 12)).padStart(2, '0')}`),
    '--01-02',
    null,
  ]);
  if (!facet) throw new Error('no dates');
  return facet;
}

const REVIEW = { one: 'review', many: 'reviews' };

describe('filterText', () => {
  it.each<[Filter, string]>([
    [{ kind: 'only', keys: ['a'] }, 'a'],
    [{ kind: 'only', keys: ['a', 'b', 'c'] }, 'a, b, 1 more'],
    [{ kind: 'without', keys: ['a', ''] }, 'not a, without'],
  ])('%j', (filter, text) => {
    expect(filterText(words, filter)).toBe(text);
  });

  it('writes ranges as what lies in them', () => {
    const range = (from: number, to: number, keepsMissing = false): Filter => ({
      kind: 'ranges',
      ranges: [{ from, to }],
      keepsMissing,
    });
    expect(filterText(years, range(2019, 2022))).toBe('2019–2021');
    expect(filterText(years, range(2019, 2020, true))).toBe('2019, without a year');
    expect(filterText(years, { kind: 'ranges', ranges: [wholeRange(years.facet)], keepsMissing: false })).toBe(
      'not without a year',
    );
    const facet = months();
    const dates = { id: 'date', name: 'Date', facet };
    expect(filterText(dates, range(facet.edges[2], facet.edges[5]))).toBe('Mar 2021 – May 2021');
    expect(filterText(dates, range(facet.edges[2], facet.edges[3]))).toBe('Mar 2021');
  });

  it('says where a histogram ends and whom it leaves out', () => {
    expect(endLabels(months())).toEqual(['Jan 2021', 'Dec 2021']);
    expect(endLabels(years.facet)).toEqual(['2019', '2024']);
    const ratings = Array.from({ length: 40 }, (_, i) => i % 10);
    expect(endLabels(numberFacet([...ratings, 1e300]))).toEqual(['0', '1e+300']);
    expect(missingText({ id: 'date', facet: months() }, REVIEW)).toBe('1 without a date, 1 without a year');
    expect(missingText(years, REVIEW)).toBe('1 review without a year');
    expect(missingText({ id: 'column:pages', facet: numberFacet([1, null]) }, REVIEW)).toBe(
      '1 review without a number',
    );
    expect(missingText({ id: 'column:pages', facet: numberFacet([1, 2]) }, REVIEW)).toBe('');
  });
});
