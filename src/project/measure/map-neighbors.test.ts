import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { insertSlot, makeSlots } from '../../math/top-k.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { matrix, quantizeRows } from '../../model/matrix.ts';
import { randomMatrix } from '../fixtures/vectors.ts';
import { makeExactNeighbors } from '../neighbors/exact-search.ts';
import { keptNeighbors, nearestOnMap, neighborhoodOfPaper } from './map-neighbors.ts';
import { makeQualityMeter } from './quality.ts';

function bruteForce(positions: Float32Array, k: number): Int32Array {
  const n = positions.length / 2;
  const slots = makeSlots(n, k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const dx = positions[j * 2] - positions[i * 2];
      const dy = positions[j * 2 + 1] - positions[i * 2 + 1];
      if (j !== i) insertSlot(slots, i, j, Math.fround(dx * dx + dy * dy));
    }
  }
  return slots.indices;
}

/** A graph with k random other papers for each, and positions. */
function randomMap(n: number, k: number, seed: number): { neighbors: Neighbors; positions: Float32Array } {
  const random = makeRandom(seed);
  const indices: number[] = [];
  for (let i = 0; i < n; i++) {
    const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
    for (let r = 0; r < k; r++) indices.push(...others.splice(Math.floor(random() * others.length), 1));
  }
  const distances = Float32Array.from(indices, () => random() * 2).sort();
  const positions = Float32Array.from({ length: 2 * n }, () => random());
  return { neighbors: { k, indices: Int32Array.from(indices), distances }, positions };
}

describe('the nearest on a map', () => {
  it('are those of brute force, ties and all', () => {
    const coordinate = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ min: -1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 300 }),
        fc.nat(9),
        (points, k) => {
          // Distinct positions: among several at one position any is a neighbour.
          const places = [...new Map(points.map((point) => [point.map(Math.fround).join(), point])).values()];
          const positions = Float32Array.from(places.flat());
          const most = Math.min(k, places.length - 1);
          expect(nearestOnMap(positions, most)).toEqual(bruteForce(positions, most));
        },
      ),
    );
  });

  it('are found where thousands stand at one place', () => {
    const positions = new Float32Array(40_000).fill(0.5, 0, 39_000);
    const near = nearestOnMap(positions, 15);
    for (let i = 0; i < 20_000; i += 997) {
      const own = near.subarray(i * 15, i * 15 + 15);
      expect(new Set(own).size).toBe(15);
      for (const j of own) expect(positions[j * 2]).toBe(positions[i * 2]);
    }
  });

  it('give each paper its share, whose mean is the neighbourhood preservation', () => {
    const vectors = randomMatrix(700, 3);
    const positions = randomMatrix(700, 2).data.map((value, at) => value + vectors.data[(at >> 1) * 3 + (at % 2)]);
    const search = makeExactNeighbors(vectors, 18);
    while (search.step());
    const shares = keptNeighbors(search.result(), positions, 15);
    const meter = makeQualityMeter({ vectors, positions, seed: 1 });
    while (meter.step(100));
    const mean = shares.reduce((sum, share) => sum + share, 0) / 700;
    expect(mean).toBeCloseTo(meter.result()?.neighborPreservation ?? 0, 6);
    expect(new Set(shares).size).toBeGreaterThan(3);
    expect(
      keptNeighbors({ k: 0, indices: new Int32Array(0), distances: new Float32Array(0) }, positions, 0).length,
    ).toBe(0);
  });
});

describe('the neighbourhood of a paper', () => {
  it('keeps as many as keptNeighbors counts, and has a stranger for each that is torn', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 8 }), fc.nat(), (n, wanted, seed) => {
        const k = Math.min(wanted, n - 1);
        const { neighbors, positions } = randomMap(n, k, seed);
        const shares = keptNeighbors(neighbors, positions, k);
        for (let i = 0; i < n; i++) {
          const { nearest, onlyNear } = neighborhoodOfPaper({ positions, neighbors, embedding: null }, i);
          const torn = nearest.filter(({ isTorn }) => isTorn).length;
          expect(1 - torn / k).toBeCloseTo(shares[i], 6);
          expect(onlyNear).toHaveLength(torn);
          expect(onlyNear.some(({ index }) => index === i)).toBe(false);
        }
      }),
    );
  });

  it('says which place on the map a true neighbour has', () => {
    const positions = Float32Array.of(0, 0, 1, 0, 2, 0, 3, 0, 9, 0);
    const neighbors = {
      k: 2,
      indices: Int32Array.of(4, 1, 0, 2, 1, 3, 2, 4, 3, 2),
      distances: Float32Array.of(0.25, 0.5, 0, 0, 0, 0, 0, 0, 0, 0),
    };
    const embedding = quantizeRows(matrix(Float32Array.of(1, 0, 0, 1, 3, 3, -1, 0, 1, 0), 5, 2));
    const { nearest, onlyNear } = neighborhoodOfPaper({ positions, neighbors, embedding }, 0);
    expect(nearest).toEqual([
      { index: 4, similarity: 0.75, mapRank: 4, isTorn: true },
      { index: 1, similarity: 0.5, mapRank: 1, isTorn: false },
    ]);
    expect(onlyNear).toHaveLength(1);
    expect(onlyNear[0].index).toBe(2);
    expect(onlyNear[0].similarity).toBeCloseTo(Math.SQRT1_2);
  });

  it('counts a paper without a place as torn', () => {
    const neighbors = { k: 1, indices: Int32Array.of(1, 0, 0), distances: new Float32Array(3) };
    const positions = Float32Array.of(0, 0, Number.NaN, Number.NaN, 1, 1);
    const { nearest, onlyNear } = neighborhoodOfPaper({ positions, neighbors, embedding: null }, 0);
    expect(nearest[0]).toMatchObject({ index: 1, mapRank: 2, isTorn: true });
    expect(onlyNear.map(({ index }) => index)).toEqual([2]);
  });
});
