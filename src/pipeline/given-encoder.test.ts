import { describe, expect, it } from 'vitest';
import type { EncodedBatch } from '../encode/encode-run.web.ts';
import { paperSegments } from './encode-papers.ts';
import { paper } from './fixtures/build-lab.ts';
import { givenEncoder } from './given-encoder.ts';

const N = 4500;
const corpus = {
  papers: Array.from({ length: N }, (_, i) => paper(`Paper ${i}`, 'One sentence. Another one.', i)),
  columns: [],
};
const rows = Float32Array.from({ length: N * 2 }, (_, at) => at);
const given = { column: 'v', dimensions: 2, rows, without: [1, 4499] };

describe('givenEncoder', () => {
  it('hands over each vector once, in batches, and sets aside papers without one', async () => {
    const batches: EncodedBatch[] = [];
    const texts = {
      count: N,
      lengthOf: () => 1,
      inputOf: (index: number) => paperSegments(corpus.papers[index]),
    };
    const outcome = await givenEncoder(given, '').encode(texts, { onBatch: (batch) => batches.push(batch) });
    const seen = new Map<number, number[]>();
    for (const { indices, vectors, salience } of batches) {
      indices.forEach((index, i) => {
        expect(seen.has(index)).toBe(false);
        seen.set(index, Array.from(vectors.subarray(2 * i, 2 * i + 2)));
        expect(salience[i]).toHaveLength(texts.inputOf(index).segments.length);
      });
    }
    expect(batches.length).toBeGreaterThan(1);
    expect(seen.size).toBe(N - 2);
    expect(seen.get(3000)).toEqual([6000, 6001]);
    expect(outcome).toMatchObject({ setAside: [1, 4499], computed: 0 });
    expect(outcome.info).toEqual({ model: 'column “v”', dtype: 'given', dimensions: 2, maxPieces: 0 });
  });

  it('names the model where it is known', async () => {
    const none = { count: 0, lengthOf: () => 0, inputOf: () => ({ segments: [] }) };
    const { info } = await givenEncoder(given, 'owner/name').encode(none, { onBatch: () => undefined });
    expect(info.model).toBe('owner/name');
  });
});
