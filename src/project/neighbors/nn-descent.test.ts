import { describe, expect, it } from 'vitest';
import type { Neighbors } from '../../model/map-data.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import { clusteredMatrix, randomMatrix } from '../fixtures/vectors.ts';
import { loadKernels } from '../kernels/kernels.web.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import { makeExactNeighbors } from './exact-search.ts';
import { makeDescentSearch } from './nn-descent.ts';
import type { Metric } from './prepare-vectors.ts';
import { type NeighborSearch, searchAlone } from './shared-search.ts';

const makeKernels = await loadKernels();

function makeDescentNeighbors(...input: Parameters<typeof makeDescentSearch>): NeighborSearch {
  return searchAlone(makeDescentSearch(...input));
}

function finish(search: NeighborSearch): Neighbors {
  while (search.step());
  expect(search.done).toBe(search.total);
  return search.result();
}

function recall(got: Neighbors, exact: Neighbors): number {
  const n = exact.indices.length / exact.k;
  let hits = 0;
  for (let i = 0; i < n; i++) {
    const true_ = new Set(exact.indices.subarray(i * exact.k, (i + 1) * exact.k));
    for (const j of got.indices.subarray(i * got.k, (i + 1) * got.k)) if (true_.has(j)) hits++;
  }
  return hits / exact.indices.length;
}

function both(m: Matrix, metric: Metric = 'cosine') {
  const descent = makeDescentNeighbors(m, 15, { makeKernels, metric, seed: 42 });
  const got = finish(descent);
  return { got, exact: finish(makeExactNeighbors(m, 15, { makeKernels, metric })), evaluations: descent.evaluations };
}

describe('NN-descent', () => {
  it('finds the neighbours of clustered rows, with few distances', () => {
    const n = 10_000;
    const { got, exact, evaluations } = both(clusteredMatrix(n, 64, 20, 12));
    expect(recall(got, exact)).toBeGreaterThan(0.98);
    expect(evaluations / n).toBeLessThan(1200);
    expect(evaluations).toBeLessThan((n * n) / 2 / 4);
  });

  it('finds those of the Euclidean distance too', () => {
    const { got, exact } = both(clusteredMatrix(3000, 24, 10, 8), 'euclidean');
    expect(recall(got, exact)).toBeGreaterThan(0.98);
    for (let e = 0; e < 1000; e++) expect(got.distances[e]).toBeGreaterThanOrEqual(exact.distances[e]);
  });

  it('gives the same bytes in WASM and plain, and others for another seed', () => {
    const m = randomMatrix(1500, 20);
    const [wasm, plain, other] = [
      { makeKernels, seed: 1 },
      { makeKernels: makePlainKernels, seed: 1 },
      { makeKernels, seed: 2 },
    ].map((options) => finish(makeDescentNeighbors(m, 10, options)));
    expect(wasm).toEqual(plain);
    expect(other.indices).not.toEqual(wasm.indices);
  });

  it.each([0, 1, 2, 3, 9, 40])('stands %i rows', (n) => {
    const { got, exact } = both(randomMatrix(n, 5));
    expect(got.k).toBe(exact.k);
    expect(got.indices).toEqual(exact.indices);
  });

  it('finds as many as asked for, more than a leaf holds', () => {
    for (const n of [110, 400]) {
      const m = randomMatrix(n, 6);
      const got = finish(makeDescentNeighbors(m, 100, { makeKernels, seed: 1 }));
      const exact = finish(makeExactNeighbors(m, 100, { makeKernels }));
      expect(got.k).toBe(100);
      for (let i = 0; i < n; i++) expect(new Set(got.indices.subarray(i * 100, i * 100 + 100)).size).toBe(100);
      expect(got.indices.every((j) => j >= 0)).toBe(true);
      expect(recall(got, exact)).toBeGreaterThan(0.9);
    }
  });

  it('stands equal rows, rows of zeros and NaN', () => {
    const m = matrix(new Float32Array(2000 * 4).fill(1), 2000, 4);
    m.data.fill(0, 0, 400).fill(Number.NaN, 400, 440);
    const got = finish(makeDescentNeighbors(m, 15, { makeKernels, seed: 1 }));
    for (let i = 0; i < 2000; i++) {
      const others = new Set(got.indices.subarray(i * 15, (i + 1) * 15));
      expect(others.size).toBe(15);
      expect(others.has(i)).toBe(false);
      for (const j of others) expect(j >= 0 && j < 2000).toBe(true);
    }
    expect(got.distances.every((distance) => distance >= 0 && distance <= 2)).toBe(true);
  });
});
