import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { type Matrix, matrix } from '../model/matrix.ts';
import { DEFAULT_PROJECT_OPTIONS, type ProjectOptions } from './engine.ts';
import digits from './fixtures/digits.json';
import { makeExactNeighbors } from './neighbors.ts';
import { pcaStart } from './pca-start.ts';
import { makeQualityMeter } from './quality.ts';
import { umapJsEngine } from './umap-js-engine.ts';

function layOut(vectors: Matrix, change: Partial<ProjectOptions> = {}, random = false): Float32Array {
  const options = { ...DEFAULT_PROJECT_OPTIONS, ...change };
  const search = makeExactNeighbors(vectors, 15);
  while (search.step());
  const start = random ? null : pcaStart(vectors, options.seed);
  const run = umapJsEngine.start({ neighbors: search.result(), n: vectors.rows, start, options });
  let steps = 0;
  while (run.step()) steps++;
  expect(run.epoch).toBe(run.epochs);
  expect(steps).toBe(Math.max(0, run.epochs - 1));
  const positions = new Float32Array(vectors.rows * 2);
  run.positions(positions);
  return positions;
}

function randomMatrix(rows: number, cols: number): Matrix {
  const random = makeRandom(rows);
  return matrix(
    Float32Array.from({ length: rows * cols }, () => random() - 0.5),
    rows,
    cols,
  );
}

describe('umap-js', () => {
  it('keeps as many neighbours as umap-learn', () => {
    const vectors = matrix(Float32Array.from(digits.vectors.flat()), 300, 64);
    const found = [1, 2].map((seed) => {
      const meter = makeQualityMeter({ vectors, positions: layOut(vectors, { seed }), seed: 1 });
      while (meter.step(100));
      return meter.result();
    });
    for (const quality of found) {
      expect(quality?.neighborPreservation).toBeGreaterThan(digits.umapLearn.preservation - 0.03);
      expect(quality?.trustworthiness).toBeGreaterThan(digits.umapLearn.trustworthiness - 0.01);
    }
  }, 60_000);

  it.each([0, 1, 2, 3, 4, 5, 14, 15, 16, 17])('lays out %i papers', (n) => {
    const positions = layOut(randomMatrix(n, 8), { epochs: 20 });
    expect(positions.every(Number.isFinite)).toBe(true);
    const places = new Set(Array.from({ length: n }, (_, i) => `${positions[i * 2]} ${positions[i * 2 + 1]}`));
    expect(places.size).toBe(n);
  });

  it('spreads equal papers over a disc', () => {
    const positions = layOut(matrix(new Float32Array(40 * 3).fill(0.5), 40, 3));
    for (let i = 0; i < 80; i += 2) expect(Math.hypot(positions[i], positions[i + 1])).toBeLessThanOrEqual(1);
    expect(new Set(positions).size).toBeGreaterThan(40);
  });

  it('keeps groups of duplicates apart', () => {
    const data = Float32Array.from({ length: 60 * 2 }, (_, i) => Number(i % 2 === Math.floor(i / 60)));
    const positions = layOut(matrix(data, 60, 2), { epochs: 100 });
    const middle = (from: number) => {
      let sum = 0;
      for (let i = from; i < from + 30; i++) sum += positions[i * 2];
      return sum / 30;
    };
    expect(positions.every(Number.isFinite)).toBe(true);
    expect(Math.abs(middle(0) - middle(30))).toBeGreaterThan(5);
  });

  it('stands rows that are no vectors', () => {
    const vectors = randomMatrix(20, 4);
    vectors.data.fill(Number.NaN, 0, 4).fill(0, 4, 8);
    expect(layOut(vectors, { epochs: 20 }).every(Number.isFinite)).toBe(true);
  });

  it('gives the same positions for the same seed, and for another other ones', () => {
    const vectors = randomMatrix(40, 5);
    const [one, again, other] = [1, 1, 2].map((seed) => layOut(vectors, { seed, epochs: 30 }));
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(layOut(vectors, { epochs: 30 }, true)).not.toEqual(one);
  });
});
