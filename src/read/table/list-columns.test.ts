import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsOf } from '../../model/list-values.ts';
import { readAll } from '../fixtures/collect.ts';
import { settleDecimals } from './decimal-commas.ts';
import { parseListCell } from './list-cell.ts';
import { settleLists } from './list-columns.ts';

const settle = (values: readonly (string | null)[], given = false) =>
  settleLists([{ name: 'tags', values }], new Set(given ? ['tags'] : []))[0];

describe('a list in one cell', () => {
  it.each([
    ['["a", "b c"]', ['a', 'b c']],
    ["['lamp', \"it's\", 'b']", ['lamp', "it's", 'b']],
    ["['lamp' 'two words'\n 'b']", ['lamp', 'two words', 'b']],
    ["('a',)", ['a']],
    ["{'a', 'b'}", ['a', 'b']],
    ['c("flour", "brown sugar")', ['flour', 'brown sugar']],
    ['{lamp,"two words"}', ['lamp', 'two words']],
    ['[{"id": 28, "name": "Action"}, {"id": 3, "name": "Dra\\u006da"}]', ['Action', 'Drama']],
    ["[{'id': 16, 'name': 'Animation'}]", ['Animation']],
    ['["a", null, ""]', ['a']],
    ['[]', []],
    ['(see the note)', null],
    ['{"a": 1}', null],
    ['[["a"], ["b"]]', null],
    ['["open]', null],
    ['plain', null],
    ['', null],
  ])('%s', (cell, items) => {
    expect(parseListCell(cell)).toEqual(items);
  });

  it('is read back from JSON, and never takes long', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (items) => {
        const kept = items.filter((item) => !/[\n\r\t]/u.test(item));
        expect(parseListCell(JSON.stringify(kept))).toEqual(kept);
      }),
      { numRuns: 1000 },
    );
    // Quadratic work would not end within the time that a test has.
    for (const unit of ['"\\', "'", '{"a":"', "['", '"', ',']) parseListCell(`[${unit.repeat(500_000)}]`);
  });
});

describe('columns of lists', () => {
  it.each([
    ['semicolons', ['lamp; oil', 'oil', 'lamp;wick', null], ['lamp; oil', 'oil', 'lamp; wick', null]],
    ['bars', ['lamp|oil', 'oil|wick', 'lamp'], ['lamp; oil', 'oil; wick', 'lamp']],
    ['tags', ['<lamp><oil-2>', '<lamp>', '<oil-2><wick>'], ['lamp; oil-2', 'lamp', 'oil-2; wick']],
    [
      'commas',
      ['Drama, Comedy', 'Comedy, Crime', 'Drama, Crime', 'Crime'],
      ['Drama; Comedy', 'Comedy; Crime', 'Drama; Crime', 'Crime'],
    ],
    ['brackets', ['["x"]', "['y', 'z']", '[]'], ['x', 'y; z', null]],
  ])('between %s', (_, values, items) => {
    expect(settle(values)).toEqual({ name: 'tags', values: items, isList: true });
  });

  it.each([
    ['sentences', ['The lamp went out; we waited.', 'It rained; the road was gone.', 'All was well; nobody came.']],
    ['items that never come again', ['a one; b two', 'c three; d four', 'e five; f six']],
    ['names', ['Quill, Ada', 'Marrow, Bo', 'Tansy, Cleo']],
    ['dates', ['Mar 5, 2020', 'Mar 6, 2020', 'Mar 5, 2020']],
    ['coordinates', ['[1.5, 2]', '[3, 4]', '[1, 2]']],
    ['decimal commas', ['1,50', '1,50', '2,50']],
  ])('are not %s', (_, values) => {
    expect(settle(values).isList).toBeUndefined();
  });

  it('are those that came as lists, whatever is in them', () => {
    expect(settle(['only one; here', 'another'], true)).toMatchObject({ isList: true });
  });

  it('keep every item that has letters', () => {
    const item = fc.constantFrom('lamp', 'oil', 'wick', 'two words');
    fc.assert(
      fc.property(fc.array(fc.array(item, { minLength: 1, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const { values } = settle(rows.map((row) => JSON.stringify(row)));
        expect(values.map(itemsOf)).toEqual(rows.map((row) => [...new Set(row)]));
      }),
      { numRuns: 1000 },
    );
  });

  it('reach the page from a table, and authors are names', async () => {
    const rows = Array.from(
      { length: 6 },
      (_, i) => `t${i},Some words of row ${i},"['Ada Quill', 'Bo Marrow']","['lamp', 'k${i % 2}']"`,
    );
    const blob = new Blob([['title,abstract,authors,tags', ...rows].join('\n')]);
    const { corpus } = await readAll([{ name: 'a.csv', blob }]);
    expect(corpus.papers[0].authors).toBe('Ada Quill; Bo Marrow');
    expect(corpus.columns).toEqual([{ name: 'tags', isList: true, values: rows.map((_, i) => `lamp; k${i % 2}`) }]);
  });
});

describe('numbers with decimal commas', () => {
  it.each([
    [
      ['0,50', '-1,5', null, '12'],
      [0.5, -1.5, null, 12],
    ],
    [
      ['1.234,50', '2 000,5', '10.000'],
      [1234.5, 2000.5, 10000],
    ],
    [['1,234', '2,500'], null],
    [['0,5', 'about 1'], null],
    [['007,5', '1,5'], null],
    [['1,2,3', '4,5'], null],
    [[0.5, 1], null],
  ])('%j', (values, numbers) => {
    const [column] = settleDecimals([{ name: 'n', values }]);
    expect(column.values).toEqual(numbers ?? values);
  });
});
