import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnValue } from '../model/paper.ts';
import { splitVectors } from './columns.ts';
import { readAll } from './fixtures/collect.ts';

const paper = (line: number) => ({
  id: `p${line}`,
  title: `Paper ${line}`,
  text: '',
  authors: null,
  date: null,
  url: null,
  sources: [{ file: 'a.csv', line }],
});

function split(values: readonly ColumnValue[]) {
  return splitVectors({ papers: values.map((_, i) => paper(i + 1)), columns: [{ name: 'v', values }] });
}

const list = (length: number, from = 1): number[] => Array.from({ length }, (_, i) => from + i);

describe('splitVectors', () => {
  it('takes lists of numbers, however they are written, to unit length', () => {
    const numbers = list(8);
    const norm = Math.hypot(...numbers);
    for (const text of [
      JSON.stringify(numbers),
      numbers.join(', '),
      numbers.join(' '),
      `( ${numbers.join(';')} )`,
      numbers.map((value) => value.toExponential()).join(','),
    ]) {
      const { vectors, columns, warnings } = split([text, text]);
      expect(columns).toEqual([]);
      expect(warnings).toEqual([]);
      expect(vectors[0]).toMatchObject({ column: 'v', dimensions: 8, without: [] });
      expect(vectors[0].rows[8]).toBeCloseTo(1 / norm, 6);
      expect(vectors[0].rows[15]).toBeCloseTo(8 / norm, 6);
    }
  });

  it('leaves what is no vector a column: numbers, words, dates, ranges, lists of many lengths', () => {
    for (const values of [
      [1, 2, 3],
      ['some words', 'more words'],
      ['2024-01-02', '2024-01-03'],
      ['1, 2, 3', '4, 5, 6'],
      [list(8).join(), list(9).join(), list(10).join()],
      [null, null],
      [true, false],
    ]) {
      expect(split(values)).toMatchObject({ columns: [{ name: 'v', values }], vectors: [], warnings: [] });
    }
  });

  it('tells which papers have no vector of use, and why', () => {
    const good = Array.from({ length: 20 }, () => list(8).join(', '));
    const bad = [null, list(7).join(), new Array(8).fill(0).join(' ')];
    const { vectors, warnings } = split([...good, ...bad, 'not a vector']);
    expect(vectors[0].without).toEqual([20, 21, 22, 23]);
    expect(Array.from(vectors[0].rows.subarray(160)).every((value) => value === 0)).toBe(true);
    expect(warnings.map(({ line, reason }) => [line, reason])).toEqual([
      [21, 'column “v”: no vector'],
      [22, 'column “v”: 7 numbers, not 8'],
      [23, 'column “v”: a vector without a direction'],
      [24, 'column “v”: no list of numbers'],
    ]);
  });

  it('never throws, and loses no column', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null)), { minLength: 1 }),
        (values) => {
          const { columns, vectors } = split(values);
          expect(columns.length + vectors.length).toBe(1);
        },
      ),
    );
  });
});

describe('reading vectors', () => {
  const rows = list(12).map((i) => ({ title: `A paper on ${i}`, embedding: list(16, i).map((value) => value / 7) }));

  it.each([
    ['a.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')],
    ['a.json', JSON.stringify(rows)],
    ['a.csv', `title,embedding\n${rows.map((row) => `${row.title},"${JSON.stringify(row.embedding)}"`).join('\n')}`],
    ['a.tsv', `title\tembedding\n${rows.map((row) => `${row.title}\t${row.embedding.join(' ')}`).join('\n')}`],
  ])('from %s', async (name, text) => {
    const { corpus, vectors } = await readAll([{ name, blob: new Blob([text]) }]);
    expect(corpus.columns).toEqual([]);
    expect(vectors).toHaveLength(1);
    expect(vectors[0]).toMatchObject({ column: 'embedding', dimensions: 16, without: [] });
    const norm = Math.hypot(...rows[3].embedding);
    expect(vectors[0].rows[3 * 16 + 5]).toBeCloseTo(rows[3].embedding[5] / norm, 6);
  });

  it('does not take a vector with exponents for the text', async () => {
    const lines = rows.map((row) =>
      JSON.stringify({ label: row.title, v: row.embedding.map((x) => (x / 1e9).toExponential()) }),
    );
    const { corpus } = await readAll([{ name: 'a.jsonl', blob: new Blob([lines.join('\n')]) }]);
    expect(corpus.papers[0].text).toBe('A paper on 1');
  });
});
