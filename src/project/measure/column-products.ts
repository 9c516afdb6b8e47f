import { makeRandom, shuffledIndices } from '../../math/random.ts';
import type { QuantizedMatrix } from '../../model/matrix.ts';

/** Rows beyond these add little: 384 columns have their 74,000 products from 10,000 rows. */
const SAMPLE = 10_000;
/** Rows whose products are added up in one pass over the sums. */
const BLOCK = 4;

/** All rows 0…n − 1 up to 10,000 of them, a seeded sample of so many above; ascending. */
export function sampleRows(n: number, seed: number): Int32Array {
  if (n <= SAMPLE) return Int32Array.from({ length: n }, (_, i) => i);
  return shuffledIndices(n, makeRandom(seed)).slice(0, SAMPLE).sort();
}

/** d×d: the sums of products of any two columns over `rows`, not centred; the lower triangle alone. O(rows·d²). */
export function columnProducts(vectors: QuantizedMatrix, rows: Int32Array): Float64Array {
  const d = vectors.cols;
  const sums = new Float64Array(d * d);
  const block = new Float64Array(BLOCK * d);
  for (let from = 0; from < rows.length; from += BLOCK) {
    block.fill(0);
    for (let b = 0; b < BLOCK && from + b < rows.length; b++) writeRow(vectors, rows[from + b], block, b * d);
    addProducts(block, d, sums);
  }
  return sums;
}

/** Writes a row's numbers to `out[at … at + cols]`. */
export function writeRow({ data, scales, cols }: QuantizedMatrix, row: number, out: Float64Array, at: number): void {
  for (let j = 0; j < cols; j++) out[at + j] = data[row * cols + j] * scales[row];
}

function addProducts(block: Float64Array, d: number, sums: Float64Array): void {
  for (let i = 0; i < d; i++) {
    const at = i * d;
    const [a, b, c, e] = [block[i], block[d + i], block[2 * d + i], block[3 * d + i]];
    for (let j = 0; j <= i; j++) {
      sums[at + j] += a * block[j] + b * block[d + j] + c * block[2 * d + j] + e * block[3 * d + j];
    }
  }
}
