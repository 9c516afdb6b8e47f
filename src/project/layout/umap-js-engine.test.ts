import { describe, expect, it } from 'vitest';
import { type Matrix, matrix } from '../../model/matrix.ts';
import digits from '../fixtures/digits.json';
import { itStandsAnyPapers } from '../fixtures/engine-cases.ts';
import { randomMatrix } from '../fixtures/vectors.ts';
import { makeQualityMeter } from '../measure/quality.ts';
import { makeExactNeighbors } from '../neighbors/exact-search.ts';
import { DEFAULT_PROJECT_OPTIONS, type ProjectOptions } from './engine.ts';
import { pcaStart } from './starts.ts';
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

  itStandsAnyPapers(layOut, [0, 1, 2, 3, 4, 5, 14, 15, 16, 17]);

  it('stands rows that are no vectors', () => {
    const vectors = randomMatrix(20, 4);
    vectors.data.fill(Number.NaN, 0, 4).fill(0, 4, 8);
    expect(layOut(vectors, { epochs: 20 }).every(Number.isFinite)).toBe(true);
  });
});
