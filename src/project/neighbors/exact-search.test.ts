import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import { loadKernels } from '../kernels/kernels.web.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import { makeExactNeighbors } from './exact-search.ts';
import type { NeighborOptions } from './prepare-vectors.ts';

const makeKernels = await loadKernels();

function exact(m: Matrix, k: number, options: NeighborOptions = { makeKernels }): Neighbors {
  const search = makeExactNeighbors(m, k, options);
  while (search.step());
  return search.result();
}

/** Sorts all distances, computed in float64 and rounded to float32 as they are stored. */
function bruteForce({ data, rows: n, cols }: Matrix, k: number): Neighbors {
  const unit = Array.from({ length: n }, (_, i) => {
    const row = Array.from(data.subarray(i * cols, (i + 1) * cols));
    const length = Math.hypot(...row);
    return row.map((value) => (length > 0 && Number.isFinite(length) ? Math.fround(value / length) : 0));
  });
  const kept = Math.min(k, n - 1);
  const indices: number[] = [];
  const distances: number[] = [];
  for (let i = 0; i < n; i++) {
    const far = unit.map((row, j) => ({
      j,
      d: Math.fround(1 - row.reduce((sum, value, c) => sum + value * unit[i][c], 0)),
    }));
    const others = far.filter(({ j }) => j !== i).sort((a, b) => a.d - b.d || a.j - b.j);
    for (const { j, d } of others.slice(0, kept)) {
      indices.push(j);
      distances.push(d);
    }
  }
  return { k: kept, indices: Int32Array.from(indices), distances: Float32Array.from(distances) };
}

function randomMatrix(rows: number, cols: number, seed: number): Matrix {
  const random = makeRandom(seed);
  return matrix(
    Float32Array.from({ length: rows * cols }, () => random() - 0.5),
    rows,
    cols,
  );
}

describe('exact neighbours', () => {
  it.each([
    [1, 3],
    [2, 1],
    [7, 63],
    [8, 64],
    [9, 3],
    [63, 5],
    [130, 384],
  ])('are those of brute force: %i rows of %i', (rows, cols) => {
    const m = randomMatrix(rows, cols, rows + cols);
    const [got, expected] = [exact(m, 15), bruteForce(m, 15)];
    expect(got.k).toBe(expected.k);
    expect(got.indices).toEqual(expected.indices);
    for (let i = 0; i < got.distances.length; i++) expect(got.distances[i]).toBeCloseTo(expected.distances[i], 6);
  });

  it('break ties by the lower index and are the same bits in WASM and plain', () => {
    const m = matrix(
      Float32Array.from({ length: 20 }, (_, i) => (i % 2 ? 1 : 0)),
      10,
      2,
    );
    expect(Array.from(exact(m, 3).indices.subarray(0, 6))).toEqual([1, 2, 3, 0, 2, 3]);
    for (const metric of ['cosine', 'euclidean'] as const) {
      const wide = randomMatrix(141, 70, 5);
      const plain = exact(wide, 7, { makeKernels: makePlainKernels, metric });
      expect(exact(wide, 7, { makeKernels, metric })).toEqual(plain);
    }
  });

  it('are those of the Euclidean distance when asked, 0 for equal rows', () => {
    const m = randomMatrix(60, 9, 2);
    m.data.forEach((value, at) => {
      m.data[at] = value + 50;
    });
    m.data.copyWithin(9, 0, 9);
    const got = exact(m, 5, { makeKernels, metric: 'euclidean' });
    const away = (i: number, j: number) => {
      let sum = 0;
      for (let c = 0; c < 9; c++) sum += (m.data[i * 9 + c] - m.data[j * 9 + c]) ** 2;
      return Math.sqrt(sum);
    };
    for (let i = 0; i < 60; i++) {
      const others = Array.from({ length: 60 }, (_, j) => j).filter((j) => j !== i);
      others.sort((a, b) => away(i, a) - away(i, b) || a - b);
      expect(Array.from(got.indices.subarray(i * 5, i * 5 + 5))).toEqual(others.slice(0, 5));
      for (let r = 0; r < 5; r++) expect(got.distances[i * 5 + r]).toBeCloseTo(away(i, others[r]), 5);
    }
    expect(got.distances[0]).toBe(0);
  });

  it('are those of the centred rows when asked', () => {
    const m = randomMatrix(50, 12, 4);
    m.data.forEach((value, at) => {
      m.data[at] = value + 1;
    });
    const lengths = Array.from({ length: 50 }, (_, i) => Math.hypot(...m.data.subarray(i * 12, i * 12 + 12)));
    const unit = { data: m.data.map((value, at) => value / lengths[Math.floor(at / 12)]) };
    const mean = Array.from({ length: 12 }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < 50; i++) sum += unit.data[i * 12 + j] / 50;
      return sum;
    });
    const centred = matrix(
      unit.data.map((value, at) => value - mean[at % 12]),
      50,
      12,
    );
    expect(exact(m, 6, { makeKernels, centre: true }).indices).toEqual(exact(centred, 6).indices);
    expect(exact(m, 6, { makeKernels, centre: true }).indices).not.toEqual(exact(m, 6).indices);
  });

  it('put rows of zeros and NaN at distance 1 of all', () => {
    const nan = Number.NaN;
    const infinite = Number.POSITIVE_INFINITY;
    const got = exact(matrix(Float32Array.of(1, 0, 0, 0, nan, 1, infinite, 1, 1, 0.1), 5, 2), 4);
    expect(Array.from(got.distances.subarray(4, 16))).toEqual(new Array(12).fill(1));
    expect(Array.from(got.indices.subarray(0, 4))).toEqual([4, 1, 2, 3]);
  });

  it('take each pair once', () => {
    for (const n of [0, 1, 2, 3, 4, 5, 17, 50]) {
      const search = makeExactNeighbors(randomMatrix(n, 2, 1), 5);
      while (search.step());
      expect([search.done, search.evaluations]).toEqual([search.total, search.total]);
      expect(search.total).toBeCloseTo((n * (n - 1)) / 2);
    }
  });

  it('of other rows do not change but for the one that was edited', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 1, max: 1000 }), (row, seed) => {
        const m = randomMatrix(60, 10, seed);
        const before = exact(m, 8);
        const edited = matrix(m.data.slice(), 60, 10);
        edited.data[row * 10 + (seed % 10)] += 0.3;
        const after = exact(edited, 8);
        for (let i = 0; i < 60; i++) {
          if (i === row) continue;
          const [one, two] = [before, after].map(({ indices }) =>
            Array.from(indices.subarray(i * 8, i * 8 + 8)).filter((j) => j !== row),
          );
          const common = Math.min(one.length, two.length);
          expect(common).toBeGreaterThanOrEqual(7);
          expect(one.slice(0, common)).toEqual(two.slice(0, common));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('always name k other rows in order, with finite distances', () => {
    const numbers = fc.array(fc.float({ width: 32 } as fc.FloatConstraints), { maxLength: 40 } as fc.ArrayConstraints);
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 }), (values, cols, k) => {
        const n = Math.floor(values.length / cols);
        const got = exact(matrix(Float32Array.from(values.slice(0, n * cols)), n, cols), k);
        for (let i = 0; i < n; i++) {
          const others = Array.from(got.indices.subarray(i * got.k, (i + 1) * got.k));
          expect(new Set(others).size).toBe(Math.min(k, n - 1));
          expect(others).not.toContain(i);
        }
        for (const distance of got.distances) expect(distance >= 0 && distance <= 2).toBe(true);
      }),
    );
  });
});
