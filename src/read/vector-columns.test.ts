import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePartCollector, takeVectorParts } from './corpus-parts.ts';
import { readAll } from './fixtures/collect.ts';
import { type Cell, plainRecord } from './format.ts';
import { makeCorpusBuilder } from './merge.ts';
import { complete } from './steps.ts';

/** Papers with these cells in the column `v`, as the page gets them. */
function split(values: readonly Cell[]) {
  const builder = makeCorpusBuilder();
  const file = builder.openFile('a.csv');
  values.forEach((value, i) => {
    file.record({ ...plainRecord(`Paper ${i}`, '', i + 1), extra: [['v', value]] });
  });
  const { corpus, vectors, warnings } = complete(builder.finish());
  const collector = makePartCollector();
  for (const part of takeVectorParts(vectors, corpus.papers.length)) collector.receive(part);
  return { columns: corpus.columns, vectors: collector.vectors(), warnings };
}

const list = (length: number, from = 1): number[] => Array.from({ length }, (_, i) => from + i);

describe('columns of vectors', () => {
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
      [true, false],
    ]) {
      expect(split(values)).toMatchObject({ columns: [{ name: 'v', values }], vectors: [], warnings: [] });
    }
    expect(split([null, null])).toEqual({ columns: [], vectors: [], warnings: [] });
    const [short, long] = [Float64Array.from(list(3)), Float64Array.from(list(9))];
    expect(split([short, long, short]).columns[0].values).toEqual([short, long, short].map((each) => each.join(', ')));
  });

  it('takes numbers as they are, centred nowhere, cut to float32 only at unit length', () => {
    const large = Float64Array.from(list(8), (value) => value * 1e200);
    const small = Float32Array.from(list(8), (value) => value * 1e-30);
    const { vectors } = split([large, small]);
    const norm = Math.hypot(...list(8));
    for (const at of [0, 8]) expect(vectors[0].rows[at + 4]).toBeCloseTo(5 / norm, 6);
  });

  it('are seen from their mean where they lie so far from zero that float32 could not tell them apart', () => {
    const far = Array.from({ length: 300 }, (_, i) => Float64Array.from(list(8), (j) => 1e9 * j + Math.sin(i * j)));
    const { vectors, warnings } = split(far);
    const places = new Set(Array.from({ length: 300 }, (_, i) => vectors[0].rows.slice(i * 8, i * 8 + 8).join()));
    expect(places.size).toBe(300);
    const [a, b] = [0, 1].map((i) => Array.from({ length: 8 }, (_, j) => Math.sin(i * (j + 1))));
    const cosine = (one: number[], two: number[]) => one.reduce((sum, value, j) => sum + value * two[j], 0);
    expect(cosine(a, a)).toBe(0);
    expect(cosine(Array.from(vectors[0].rows.slice(8, 16)), b) / Math.sqrt(cosine(b, b))).toBeGreaterThan(0.9);
    expect(warnings).toEqual([{ file: '', line: 0, reason: expect.stringContaining('seen from their mean') }]);
    expect(split(list(20).map(() => Float64Array.from(list(8)))).warnings).toEqual([]);
  });

  it('is decided late, by the first cells, and loses none of them', () => {
    const words = Array.from({ length: 300 }, (_, i) => (i % 2 ? `word ${i}` : list(8, i).join()));
    expect(split(words).columns[0].values).toEqual(words);
    const vectors = Array.from({ length: 70_000 }, (_, i) => Float32Array.from(list(8, i + 1)));
    const found = split([...vectors, 'late', null]).vectors[0];
    expect(found).toMatchObject({ dimensions: 8, without: [70_000, 70_001] });
    expect(found.rows[69_999 * 8]).toBeCloseTo(70_000 / Math.hypot(...list(8, 70_000)), 6);
  });

  it('keeps the first usable vector of a paper', () => {
    const builder = makeCorpusBuilder({ merge: 'title' });
    const file = builder.openFile('f');
    const cells = ['', list(7).join(), list(8).join(), list(8, 5).join()];
    for (const cell of cells) file.record({ ...plainRecord('One', '', 1), extra: [['v', cell]] });
    for (let i = 0; i < 9; i++) file.record({ ...plainRecord(`t ${i}`, '', 1), extra: [['v', list(8).join()]] });
    const [{ without, takeRows }] = complete(builder.finish()).vectors;
    expect(without).toEqual([]);
    expect([...takeRows()][0].rows[0]).toBeCloseTo(1 / Math.hypot(...list(8)), 6);
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
        fc.array(fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.float32Array({ minLength: 8, maxLength: 9 }))),
        (values) => {
          const { columns, vectors, warnings } = split(values);
          const filled = values.filter((value) => value !== '').length;
          expect(columns.length + vectors.length).toBe(filled > 0 ? 1 : 0);
          for (const { without } of vectors) expect(warnings).toHaveLength(without.length);
          for (const { values: kept } of columns) expect(kept.filter((value) => value !== null)).toHaveLength(filled);
        },
      ),
      { numRuns: 1000 },
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
