import { describe, expect, it } from 'vitest';
import { jacobi } from '../math/linear-algebra.ts';
import { makeRandom } from '../math/random.ts';
import type { Matrix } from '../model/matrix.ts';
import { latentRows } from './latent-rows.ts';
import type { SparseRows } from './tf-idf.ts';

/** A sparse matrix, and the products of all pairs of its rows. */
function randomRows(rows: number, cols: number, filled: number): { sparse: SparseRows; products: Float64Array } {
  const random = makeRandom(rows * cols);
  const starts = [0];
  const columns: number[] = [];
  const values: number[] = [];
  const full = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      if (random() > filled) continue;
      columns.push(j);
      values.push(random());
      full[i * cols + j] = values[values.length - 1];
    }
    starts.push(values.length);
  }
  const products = new Float64Array(rows * rows);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b < rows; b++) {
      for (let j = 0; j < cols; j++) products[a * rows + b] += full[a * cols + j] * full[b * cols + j];
    }
  }
  const sparse = {
    rows,
    cols,
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    values: Float64Array.from(values),
  };
  return { sparse, products };
}

function productOf({ data, cols }: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += data[a * cols + j] * data[b * cols + j];
  return sum;
}

describe('latentRows', () => {
  it.each([
    [12, 40, 0.3],
    [40, 12, 0.3],
    [9, 9, 0.1],
  ])('keeps all products of %i rows of %i columns when the space is wide enough', (rows, cols, filled) => {
    const { sparse, products } = randomRows(rows, cols, filled);
    const latent = latentRows(sparse, { count: 64, seed: 3 });
    expect(latent.cols).toBe(Math.min(rows, cols));
    for (let a = 0; a < rows; a++) {
      for (let b = 0; b < rows; b++) expect(productOf(latent, a, b)).toBeCloseTo(products[a * rows + b], 5);
    }
  });

  it('keeps nearly as much as the singular vectors do', () => {
    const { sparse, products } = randomRows(80, 200, 0.1);
    const latent = latentRows(sparse, { count: 16, seed: 3 });
    const best = Array.from(jacobi(products.slice(), 80).values)
      .sort((a, b) => b - a)
      .slice(0, 16)
      .reduce((sum, value) => sum + value, 0);
    const kept = latent.data.reduce((sum, value) => sum + value * value, 0);
    expect(kept / best).toBeLessThan(1 + 1e-6);
    // Random numbers are the hardest case: their singular values hardly fall.
    expect(kept / best).toBeGreaterThan(0.9);
  });

  it('is the same for the same seed, and stands texts without words', () => {
    const { sparse } = randomRows(30, 50, 0.1);
    expect(latentRows(sparse, { count: 8, seed: 5 })).toEqual(latentRows(sparse, { count: 8, seed: 5 }));
    const none = { ...sparse, starts: new Int32Array(31), columns: new Int32Array(0), values: new Float64Array(0) };
    expect(latentRows(none, { count: 8, seed: 5 }).data.every((value) => value === 0)).toBe(true);
    expect(latentRows({ ...none, cols: 0 }, { count: 8, seed: 5 })).toEqual({
      data: new Float32Array(0),
      rows: 30,
      cols: 0,
    });
  });
});
