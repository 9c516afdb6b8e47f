import { bench, describe } from 'vitest';
import { makeRandom } from '../math/random.ts';
import type { QuantizedMatrix } from '../model/matrix.ts';
import { makeVectorSearch } from './vector-search.ts';

const COLS = 384;

function randomRows(rows: number): QuantizedMatrix {
  const random = makeRandom(1);
  const data = Int8Array.from({ length: rows * COLS }, () => Math.floor(random() * 255) - 127);
  return { data, scales: new Float32Array(rows).fill(0.01), rows, cols: COLS };
}

describe('nearest 200 papers of 384 dimensions', () => {
  const random = makeRandom(2);
  const vector = Float32Array.from({ length: COLS }, () => random() - 0.5);
  for (const rows of [10_000, 100_000]) {
    const search = makeVectorSearch(randomRows(rows));
    const half = Uint8Array.from({ length: rows }, (_, i) => i % 2);
    bench(`${rows} papers`, () => void search.nearest(vector, 200, null), { time: 1500 });
    bench(`${rows} papers, half of them left out`, () => void search.nearest(vector, 200, half), { time: 1500 });
  }
});
