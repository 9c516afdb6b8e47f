import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../format.ts';
import { findWideColumns } from './wide-columns.ts';

const numbered = (stem: string, count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, i) => `${stem}${i + from}`);
const row = (names: readonly string[], values: readonly Cell[]) => ({ names, values });
const fractions = (count: number): number[] => Array.from({ length: count }, (_, i) => Math.sin(i + 1));

/** A table of a title and 10 columns of fractions that are named so. */
function fold(names: readonly string[], values: readonly Cell[] = fractions(names.length)) {
  const rows = Array.from({ length: 5 }, () => row(['title', ...names, 'year'], ['A', ...values, 2020]));
  return findWideColumns(rows[0].names, rows)?.fold(rows[0]) ?? null;
}

describe('columns with one number each of a vector', () => {
  it.each([
    ['v', 0, 'v0…v9'],
    ['dim_', 0, 'dim_0…dim_9'],
    ['emb_', 1, 'emb_1…emb_10'],
    ['', 0, '0…9'],
    ['embedding.', 0, 'embedding.0…embedding.9'],
    ['PC ', 1, 'PC 1…PC 10'],
  ])('%s%i …', (stem, from, name) => {
    expect(fold(numbered(stem, 10, from))).toEqual(
      row(['title', 'year', name], ['A', 2020, Float64Array.from(fractions(10))]),
    );
  });

  it('may come in any order, as text and with gaps', () => {
    const names = numbered('v', 10).reverse();
    const cells = fractions(10)
      .map((value, i) => (i === 3 ? '' : String(value)))
      .reverse();
    const folded = fold(names, cells);
    expect(folded?.values[2]).toEqual(Float64Array.from(fractions(10), (value, i) => (i === 3 ? Number.NaN : value)));
  });

  it('are of use when they are whole numbers, if there are many of them and they are named so', () => {
    const whole = Array.from({ length: 64 }, (_, i) => i - 30);
    expect(fold(numbered('emb_', 64), whole)?.names).toEqual(['title', 'year', 'emb_0…emb_63']);
    expect(fold(numbered('word', 64), whole)).toBeNull();
  });

  it('are none: counts by year, answers, few numbers, words, gaps in the count', () => {
    expect(fold(numbered('', 10, 2010))).toBeNull();
    expect(fold(numbered('q', 10, 1), [1, 2, 3, 4, 5, 5, 4, 3, 2, 1])).toBeNull();
    expect(fold(numbered('v', 7))).toBeNull();
    expect(fold(numbered('author', 10), Array(10).fill('B'))).toBeNull();
    expect(fold(numbered('v', 10).filter((name) => name !== 'v4'))).toBeNull();
    expect(fold(numbered('v', 10), Array(10).fill(null))).toBeNull();
  });

  it('lose no cell, whatever the table', () => {
    const name = fc.oneof(fc.constantFrom(...numbered('v', 12), 'title'), fc.string({ maxLength: 4 }));
    const cell = fc.oneof(fc.double(), fc.constantFrom<Cell>(null, '', '0.5', 'word', true));
    const rows = fc.array(
      fc.dictionary(name, cell).map((object) => row(Object.keys(object), Object.values(object))),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(rows, (table) => {
        const wide = findWideColumns([], table);
        for (const one of table) {
          const { names, values } = wide?.fold(one) ?? one;
          expect(names.length).toBe(values.length);
          const kept = one.names.filter((each) => names.includes(each));
          expect(kept.map((each) => values[names.indexOf(each)])).toEqual(
            kept.map((each) => one.values[one.names.indexOf(each)]),
          );
          const joined = values.filter((value) => value instanceof Float64Array);
          expect(one.names.length - kept.length === 0 || joined.length <= 1).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
