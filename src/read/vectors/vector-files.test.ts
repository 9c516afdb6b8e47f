import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readAll } from '../fixtures/collect.ts';

const file = (name: string, text: string) => ({ name, blob: new Blob([text]) });
const table = (rows: number): string =>
  `title,text\n${Array.from({ length: rows }, (_, i) => `Paper number ${i},It is about matter ${i} and what is near it.`).join('\n')}\n`;
/** Row i is i and i + 1 … */
const numbers = (rows: number, cols = 8, divider = '\t'): string =>
  `${Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => i + j / 10 + 0.5).join(divider)).join('\n')}\n`;

/** The first number of each paper's vector against the second: they say which row it was. */
async function rowsOf(files: readonly { name: string; blob: Blob }[]) {
  const { vectors, corpus, report, failure } = await readAll(files);
  const [first] = vectors;
  const rows =
    first &&
    corpus.papers.map((_, i) => {
      const [a, b] = first.rows.subarray(i * first.dimensions, i * first.dimensions + 2);
      return Math.abs(Math.round(0.1 / (b / a - 1) - 0.5));
    });
  return { rows, vectors, corpus, report, failure };
}

describe('vectors in a file of their own', () => {
  it.each(['\t', ',', ' ', ';'])('divided by “%s” belong to the records beside them, row by row', async (divider) => {
    const { rows, report, corpus } = await rowsOf([
      file('a.csv', table(5)),
      file('vectors.tsv', numbers(5, 8, divider)),
    ]);
    expect(rows).toEqual([0, 1, 2, 3, 4]);
    expect(corpus.papers).toHaveLength(5);
    expect(report.files.map(({ name, format, records }) => [name, format, records])).toEqual([
      ['a.csv', 'csv', 5],
      ['vectors.tsv', 'vectors', 5],
    ]);
  });

  it('count the rows that are left out', async () => {
    const things = ['One', '', 'Two', 'Three'].map((word, i) =>
      word ? `${word} thing,It is about a ${word},${i}` : `,,${i}`,
    );
    const { rows, report } = await rowsOf([
      file('a.csv', `title,text,year\n${things.join('\n')}\n`),
      file('v.csv', numbers(4)),
    ]);
    expect(report.skipped).toMatchObject([{ line: 3, reason: 'neither a title nor a text' }]);
    expect(rows).toEqual([0, 2, 3]);
  });

  it('belong to the file of their own name, and run on over several', async () => {
    const own = await rowsOf([file('a.csv', table(3)), file('b.csv', table(4)), file('b.tsv', numbers(4))]);
    expect(own.vectors[0].without).toHaveLength(0);
    const both = await rowsOf([
      file('a.csv', table(3)),
      file('c.jsonl', '{"title":"Other","text":"Of something else"}\n'),
      file('v.tsv', numbers(4)),
    ]);
    expect(both.rows).toEqual([0, 1, 2, 3]);
  });

  it('are not used where rows and records differ in number, which is said', async () => {
    const { vectors, report, corpus } = await rowsOf([file('a.csv', table(5)), file('v.tsv', numbers(6))]);
    expect(vectors).toEqual([]);
    expect(corpus.papers).toHaveLength(5);
    expect(report.skipped).toEqual([
      { file: 'v.tsv', line: 0, reason: expect.stringContaining('it has 6 rows, and there are 5 records') },
    ]);
  });

  it('that break off are not used, which is said', async () => {
    const { vectors, report } = await rowsOf([file('a.csv', table(30)), file('v.tsv', `${numbers(29)}1\t2\n`)]);
    expect(vectors).toEqual([]);
    expect(report.skipped).toEqual([
      { file: 'v.tsv', line: 0, reason: expect.stringContaining('line 30: 2 numbers, not 8') },
    ]);
  });

  it('alone are refused with what to do', async () => {
    for (const files of [[file('v.tsv', numbers(5))], [file('v.tsv', numbers(5)), file('w.tsv', numbers(5))]]) {
      const { failure } = await rowsOf(files);
      expect(failure?.message).toMatch(/vectors without texts: give them together with/u);
    }
  });

  it('are left in peace where they have names, words, or fewer than 8 columns', async () => {
    const named = `${Array.from({ length: 8 }, (_, i) => `m${i}`).join('\t')}\n${numbers(3)}`;
    for (const text of [named, numbers(4, 4), `A word\t${numbers(4)}`]) {
      const { vectors, report } = await rowsOf([file('a.csv', table(4)), file('b.tsv', text)]);
      expect(report.files.every(({ format }) => format !== 'vectors')).toBe(true);
      expect(vectors.every(({ column }) => column !== 'b.tsv')).toBe(true);
    }
  });

  it('are read from an archive beside their table', async () => {
    const encode = (text: string) => new TextEncoder().encode(text);
    const zip = zipSync({ 'set/a.csv': encode(table(5)), 'set/vectors.tsv': encode(numbers(5)) });
    const { rows } = await rowsOf([{ name: 'set.zip', blob: new Blob([zip.slice()]) }]);
    expect(rows).toEqual([0, 1, 2, 3, 4]);
  });

  it('end with a sentence or are joined, whatever the text', async () => {
    const line = fc.string({ unit: fc.constantFrom(...'0123456789.-e\t\n, x'), maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        const { corpus, vectors } = await rowsOf([file('a.csv', table(3)), file('vectors.tsv', text)]);
        expect(corpus.papers.length).toBeGreaterThanOrEqual(3);
        for (const { rows, dimensions } of vectors) expect(rows.length).toBe(dimensions * corpus.papers.length);
      }),
      { numRuns: 1000 },
    );
  });
});
