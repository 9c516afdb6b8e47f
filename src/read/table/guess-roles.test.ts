import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseText } from '../fixtures/collect.ts';
import type { ColumnRole } from '../read.api.ts';

/** Columns as products export them, each with what its cells hold, and the roles that they should get. */
const PRODUCTS: readonly { readonly columns: string; readonly roles: Partial<Record<ColumnRole, string | null>> }[] =
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/product-columns.json'), 'utf8'));
const WORDS = 'lantern harbor willow cinder furrow meadow quarry velvet thistle barley compass kettle'.split(' ');
const words = (row: number, count: number): string =>
  Array.from({ length: count }, (_, i) => WORDS[(row * 7 + i * (row + 3)) % WORDS.length]).join(' ');
const sentence = (row: number, count: number): string => {
  const [first, ...rest] = words(row, count);
  return `${first.toUpperCase()}${rest.join('')}.`;
};
const NAMES = ['Ada Quill', 'Bo Marrow', 'Cleo Tansy', 'Dan Furze', 'Eve Sorrel'];

/** What the cells of a column hold, by row. */
const CELLS: Readonly<Record<string, (row: number) => string>> = {
  prose: (row) => `${sentence(row, 14)} ${sentence(row + 1, 11)} ${sentence(row + 2, 9)}`,
  long: (row) => Array.from({ length: 12 }, (_, i) => sentence(row + i, 12)).join(' '),
  article: (row) => Array.from({ length: 60 }, (_, i) => sentence(row + i, 12)).join(' '),
  phrase: (row) => `${words(row, 6)} ${row}`,
  line: (row) => sentence(row, 5),
  few: (row) => ['Good', 'Bad luck', 'Fine', 'So so'][row % 4],
  class: (row) => ['red', 'green', 'blue'][row % 3],
  same: () => 'Journal of Examples',
  number: (row) => String(row * 31 + 7),
  code: (row) => `KX-${1000 + row}`,
  year: (row) => String(1990 + row),
  day: (row) => `2020-03-${String(row + 10)}`,
  time: (row) => `2020-03-${String(row + 10)} 10:00:00`,
  person: (row) => NAMES[row % NAMES.length],
  people: (row) => `${NAMES[row % 5]}; ${NAMES[(row + 2) % 5]}`,
  mail: (row) => `p${row}@example.org`,
  url: (row) => `https://example.org/item/${row}`,
  image: (row) => `https://example.org/${row}.png`,
  doi: (row) => `10.5555/inv.${row}`,
  list: (row) => `${WORDS[row % 5]}; ${WORDS[(row + 2) % 5]}; ${WORDS[(row + 4) % 7]}`,
  refs: (row) => Array.from({ length: 6 }, (_, i) => `Quill A, ${1990 + i}, J EX, V${row}`).join('; '),
  address: (row) => `Univ Example, Dept Lanterns, ${row} Harbor St, Cinder, Quarry`,
  empty: () => '',
};

/** The roles of a table with ten rows; `columns` is written `name: what it holds, …`. */
function rolesOf(columns: string) {
  const parts = columns.split(/,\s*/u).map((part) => part.split(/:\s*(?=\w+$)/u));
  const cell = (text: string): string => `"${text}"`;
  const rows = Array.from({ length: 10 }, (_, row) => parts.map(([, kind]) => cell(CELLS[kind](row))).join(','));
  const text = [parts.map(([name]) => cell(name)).join(','), ...rows].join('\n');
  const { tables } = parseText(text, 'a.csv', { headerRow: 1 });
  return tables[0];
}

describe('the roles of a table’s columns', () => {
  it.each(PRODUCTS.map(({ columns, roles }) => [columns, roles] as const))('%s', (columns, roles) => {
    expect(rolesOf(columns).roles).toMatchObject(roles);
  });

  it.each([
    ['title: phrase, content: class, long_text: prose', 'title', 'long_text'],
    ['title: phrase, note: number, details: prose', 'title', 'details'],
    ['title: phrase, abstract: code, body: prose', 'title', 'body'],
    ['name: phrase, summary: number, entry: prose', 'name', 'entry'],
    ['prompt: same, answer given: prose', null, 'answer given'],
    ['abstract_url: url, date: class, thoughts: prose', null, 'thoughts'],
    ['a: code, b: phrase, c: long, d: number', 'b', 'c'],
  ])('believes the cells of %s', (columns, title, text) => {
    expect(rolesOf(columns).roles).toMatchObject({ title, text });
  });

  it('says why', () => {
    expect(rolesOf('a: code, b: phrase, c: long, Datum: day, e: url').reasons).toEqual({
      title: 'short texts that differ',
      text: 'the longest texts',
      date: 'its name',
      url: 'addresses',
    });
  });
});
