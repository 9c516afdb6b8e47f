import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { matrix, type QuantizedMatrix, quantizeRows } from '../../model/matrix.ts';
import fixture from '../fixtures/measures.json';
import { makeExactNeighbors } from '../neighbors/exact-search.ts';
import { measureMap } from './measure-map.ts';

type Case = typeof fixture.tall;

function vectorsOf({ data, scales, cols }: Case): QuantizedMatrix {
  return { data: Int8Array.from(data), scales: Float32Array.from(scales), rows: scales.length, cols };
}

function graphOf({ neighbors, k }: Case): Neighbors {
  const indices = Int32Array.from(neighbors);
  return { k, indices, distances: new Float32Array(indices.length) };
}

function effectiveRank(embedding: QuantizedMatrix, seed?: number) {
  const positions = new Float32Array(embedding.rows * 2);
  const { effectiveRank: rank } = measureMap({ positions, neighbors: null, embedding }, seed);
  if (!rank) throw new Error('expected a rank of vectors that are there');
  return rank;
}

function measureHubness(neighbors: Neighbors) {
  const positions = new Float32Array((neighbors.indices.length / neighbors.k) * 2);
  const { hubness } = measureMap({ positions, neighbors, embedding: null });
  if (!hubness) throw new Error('expected the hubness of neighbours that are there');
  return hubness;
}

function randomRows(rows: number, cols: number, seed: number) {
  const random = makeRandom(seed);
  return matrix(
    Float32Array.from({ length: rows * cols }, () => random() - 0.5),
    rows,
    cols,
  );
}

describe('what is measured of a map', () => {
  it.each(['tall', 'wide'] as const)('is what numpy and scipy measure, %s', (shape) => {
    const expected = fixture[shape];
    const rank = effectiveRank(vectorsOf(expected));
    expect(rank.rank).toBeCloseTo(expected.effectiveRank, 4);
    expect(rank.sampled).toBe(expected.scales.length);
    const hubness = measureHubness(graphOf(expected));
    expect(hubness.skewness).toBeCloseTo(expected.skewness, 9);
    expect(hubness).toMatchObject({ most: expected.most, never: expected.never });
  });

  it('counts directions: one for a line, all of them where they are alike', () => {
    const line = quantizeRows(
      matrix(
        Float32Array.from({ length: 30 }, (_, i) => [3, -1, 2][i % 3]),
        10,
        3,
      ),
    );
    expect(effectiveRank(line).rank).toBeCloseTo(1, 3);
    const axes = matrix(
      Float32Array.from({ length: 25 }, (_, i) => (i % 6 === 0 ? 1 : 0)),
      5,
      5,
    );
    expect(effectiveRank(quantizeRows(axes)).rank).toBeCloseTo(5, 6);
    expect(effectiveRank(quantizeRows(matrix(new Float32Array(6), 2, 3)))).toEqual({ rank: 0, sampled: 2 });
    expect(effectiveRank(quantizeRows(matrix(new Float32Array(0), 0, 3)))).toEqual({ rank: 0, sampled: 0 });
  });

  it('does not care about the length of the table, turned or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.nat(), (rows, cols, seed) => {
        const { rank } = effectiveRank(quantizeRows(randomRows(rows, cols, seed)));
        expect(rank).toBeGreaterThan(0.999);
        expect(rank).toBeLessThan(Math.min(rows, cols) + 1e-3);
      }),
    );
  });

  it('is of a sample above 10,000 papers, close to that of all', () => {
    const all = quantizeRows(randomRows(12_000, 8, 5));
    const { rank, sampled } = effectiveRank(all, 1);
    expect(sampled).toBe(10_000);
    expect(effectiveRank(all, 1).rank).toBe(rank);
    expect(effectiveRank(all, 2).rank).toBeCloseTo(rank, 1);
    expect(effectiveRank(all, 2).rank).not.toBe(rank);
  });

  it('leaves papers without a direction out', () => {
    const data = randomRows(12, 4, 9).data.slice();
    data.fill(0, 20, 24);
    const vectors = matrix(data, 12, 4);
    const search = makeExactNeighbors(vectors, 3, {});
    while (search.step());
    const positions = Float32Array.from({ length: 24 }, (_, i) => data[(i >> 1) * 4 + (i & 1)]);
    const measured = measureMap({ positions, neighbors: search.result(), embedding: quantizeRows(vectors) });
    expect(measured.k).toBe(3);
    expect(measured.preservation?.[5]).toBeNaN();
    expect(Array.from(measured.preservation ?? []).filter(Number.isNaN)).toHaveLength(1);
    const without = measureHubness(search.result());
    expect(measured.hubness?.never).toBeLessThanOrEqual(without.never);
  });

  it('is told as far as the map goes', () => {
    expect(measureMap({ positions: new Float32Array(6), neighbors: null, embedding: null })).toEqual({
      effectiveRank: null,
      hubness: null,
      preservation: null,
      k: 0,
    });
  });

  it('finds no hub where all are alike', () => {
    const ring = Int32Array.from({ length: 12 }, (_, i) => ((i >> 1) + (i % 2 ? 1 : 5)) % 6);
    expect(measureHubness({ k: 2, indices: ring, distances: new Float32Array(12) })).toEqual({
      skewness: 0,
      hub: 0,
      most: 2,
      never: 0,
    });
  });
});
