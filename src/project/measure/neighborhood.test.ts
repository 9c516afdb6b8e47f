import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { matrix, quantizeRows } from '../../model/matrix.ts';
import { keptNeighbors } from './map-neighbors.ts';
import { neighborhoodOfPaper } from './neighborhood.ts';

/** A graph of k other papers each, drawn at random, and places. */
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
