import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeWordCounter, type SparseRows } from './tf-idf.ts';

function rowsOf(texts: readonly string[]): SparseRows {
  const counter = makeWordCounter();
  for (const text of texts) counter.add(text);
  expect(counter.count).toBe(texts.length);
  return counter.rows();
}

function dense({ rows, cols, starts, columns, values }: SparseRows): number[][] {
  return Array.from({ length: rows }, (_, i) => {
    const row = new Array<number>(cols).fill(0);
    for (let e = starts[i]; e < starts[i + 1]; e++) row[columns[e]] += values[e];
    return row;
  });
}

describe('makeWordCounter', () => {
  it('weighs words by how few texts hold them, at unit length', () => {
    const rows = dense(rowsOf(['red red blue the', 'red the', 'blue the once', 'the']));
    // `the` is in every text and `once` in one: neither counts. The other two are in two texts of four.
    expect(rows[0].map((value) => value.toFixed(4))).toEqual([
      (2 / Math.sqrt(5)).toFixed(4),
      (1 / Math.sqrt(5)).toFixed(4),
    ]);
    expect(rows.slice(1)).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
  });

  it('has the weights of its definition, for any texts', () => {
    const vocabulary = ['aa', 'bb', 'cc', 'dd', 'ee', 'ff'];
    const texts = fc.array(fc.array(fc.constantFrom(...vocabulary), { maxLength: 12 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(texts, (lists) => {
        const rows = dense(rowsOf(lists.map((words) => words.join(' '))));
        const holders = (word: string): number => lists.filter((words) => words.includes(word)).length;
        const kept = [...new Set(lists.flat())].filter((word) => holders(word) > 1 && holders(word) < lists.length);
        lists.forEach((words, i) => {
          const weights = kept.map(
            (word) => words.filter((own) => own === word).length * Math.log(lists.length / holders(word)),
          );
          const length = Math.hypot(...weights) || 1;
          weights.forEach((weight, c) => {
            expect(rows[i][c]).toBeCloseTo(weight / length, 12);
          });
        });
      }),
    );
  });
});
