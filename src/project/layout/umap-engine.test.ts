import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Matrix, matrix } from '../../model/matrix.ts';
import digits from '../fixtures/digits.json';
import { itStandsAnyPapers } from '../fixtures/engine-cases.ts';
import learned from '../fixtures/umap.json';
import { digitVectors, randomMatrix, sampleVectors } from '../fixtures/vectors.ts';
import { loadKernels } from '../kernels/kernels.web.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import { makeQualityMeter } from '../measure/quality.ts';
import { makeExactNeighbors } from '../neighbors/exact-search.ts';
import { DEFAULT_PROJECT_OPTIONS, type ProjectOptions } from './engine.ts';
import { pcaStart } from './starts.ts';
import { makeUmapEngine } from './umap-engine.ts';

const makeKernels = await loadKernels();
const engine = makeUmapEngine(makeKernels);

function layOut(vectors: Matrix, change: Partial<ProjectOptions> = {}, random = false, by = engine): Float32Array {
  const options = { ...DEFAULT_PROJECT_OPTIONS, ...change };
  const search = makeExactNeighbors(vectors, 15);
  while (search.step());
  const start = random ? null : pcaStart(vectors, options.seed);
  const run = by.start({ neighbors: search.result(), n: vectors.rows, start, options });
  while (run.step());
  expect(run.epoch).toBe(run.epochs);
  const positions = new Float32Array(vectors.rows * 2);
  run.positions(positions);
  return positions;
}

function meanQuality(vectors: Matrix): { preservation: number; trustworthiness: number } {
  let [preservation, trustworthiness] = [0, 0];
  for (const seed of [1, 2, 3]) {
    const meter = makeQualityMeter({ vectors, positions: layOut(vectors, { seed }), seed: 1 });
    while (meter.step(100));
    preservation += (meter.result()?.neighborPreservation ?? 0) / 3;
    trustworthiness += (meter.result()?.trustworthiness ?? 0) / 3;
  }
  return { preservation, trustworthiness };
}

describe('our UMAP', () => {
  it.each([
    ['digits', async () => digitVectors, digits.umapLearn],
    ['the sample papers', sampleVectors, learned.sample],
  ] as const)(
    'keeps as many neighbours of %s as umap-learn',
    async (_, vectors, peer) => {
      const got = meanQuality(await vectors());
      expect(got.preservation).toBeGreaterThan(peer.preservation - 0.01);
      expect(got.trustworthiness).toBeGreaterThan(peer.trustworthiness - 0.005);
    },
    60_000,
  );

  it('gives these bytes on every machine', () => {
    for (const make of [makePlainKernels, makeKernels]) {
      const positions = layOut(randomMatrix(150, 24, 11), { epochs: 60, seed: 7 }, false, makeUmapEngine(make));
      expect(createHash('sha256').update(positions).digest('hex').slice(0, 16)).toBe('6c1ee9ad3875266e');
    }
  });

  itStandsAnyPapers(
    layOut,
    Array.from({ length: 18 }, (_, n) => n),
  );

  it('stands rows that are no vectors, and options at their ends', () => {
    const vectors = randomMatrix(20, 4);
    vectors.data.fill(Number.NaN, 0, 4).fill(0, 4, 8);
    const ends = [{}, { minDist: 0 }, { spread: 5, minDist: 4 }, { neighbors: 2 }, { neighbors: 100 }];
    for (const change of [...ends, { negativeSampleRate: 0 }, { epochs: 1 }, { epochs: 0 }, { setOpMixRatio: 0 }]) {
      expect(layOut(vectors, { epochs: 20, ...change }).every(Number.isFinite)).toBe(true);
    }
  });

  it('lays out in more or fewer dimensions, which keep more or fewer neighbours', () => {
    const search = makeExactNeighbors(digitVectors, 15, { makeKernels });
    while (search.step());
    const neighbors = search.result();
    const kept = [1, 2, 5].map((dimensions) => {
      const options = { ...DEFAULT_PROJECT_OPTIONS, epochs: 200 };
      const run = engine.start({ neighbors, n: 300, start: null, dimensions, options });
      while (run.step());
      const positions = new Float32Array(300 * dimensions);
      run.positions(positions);
      expect(positions.every(Number.isFinite)).toBe(true);
      const near = makeExactNeighbors(matrix(positions, 300, dimensions), 15, { makeKernels, metric: 'euclidean' });
      while (near.step());
      const { indices } = near.result();
      let hits = 0;
      for (let i = 0; i < 300; i++) {
        const those = new Set(neighbors.indices.subarray(i * 15, i * 15 + 15));
        for (const j of indices.subarray(i * 15, i * 15 + 15)) if (those.has(j)) hits++;
      }
      return hits / 4500;
    });
    expect(kept[0]).toBeGreaterThan(0.4);
    expect(kept[1]).toBeGreaterThan(kept[0]);
    expect(kept[1]).toBeGreaterThan(0.7);
    expect(kept[2]).toBeGreaterThan(kept[1]);
  });

  it('stands few and equal papers in three dimensions', () => {
    for (const n of [0, 1, 2, 3, 20]) {
      const search = makeExactNeighbors(matrix(new Float32Array(n * 3).fill(1), n, 3), 15);
      while (search.step());
      const options = { ...DEFAULT_PROJECT_OPTIONS, epochs: 5 };
      const run = engine.start({ neighbors: search.result(), n, start: null, dimensions: 3, options });
      while (run.step());
      const positions = new Float32Array(n * 3);
      run.positions(positions);
      expect(positions.every(Number.isFinite)).toBe(true);
    }
  });
});
