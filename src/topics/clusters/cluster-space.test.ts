import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { matrix } from '../../model/matrix.ts';
import { adjustedRand } from '../fixtures/adjusted-rand.ts';
import { anyPoints, groupsOfPlaces, sampleMap } from '../fixtures/places.ts';
import { clusterPapers } from './cluster-papers.ts';

const anywhere = (n: number): Float32Array => {
  const random = makeRandom(9);
  return Float32Array.from({ length: n * 2 }, () => random() * 2 - 1);
};

/** Squared distance of a paper to the eighth nearest on the map. */
function eighthOf(positions: Float32Array, paper: number): number {
  const [x, y] = positions.subarray(paper * 2, paper * 2 + 2);
  const squares = positions.map((_, at) =>
    at % 2 === 0 ? (positions[at] - x) ** 2 + (positions[at + 1] - y) ** 2 : 99,
  );
  return squares.sort()[8];
}

describe('clusters of a space of its own', () => {
  it('are those of the space, wherever papers stand on the map; names stand where these are dense', () => {
    const groups = groupsOfPlaces([-0.8, -0.8, 0.8, -0.6, -0.7, 0.7, 0.1, 0, 0.9, 0.8], 30, 0.1);
    const five = Float32Array.from({ length: 150 * 5 }, (_, at) =>
      at % 5 < 2 ? groups[Math.floor(at / 5) * 2 + (at % 5)] : (groups[Math.floor(at / 5) * 2] * (at % 5)) / 9,
    );
    const input = { positions: anywhere(150), neighbors: null, embedding: null };
    const tree = clusterPapers({ ...input, space: matrix(five, 150, 5) });
    const truth = Int32Array.from({ length: 150 }, (_, i) => Math.floor(i / 30));
    expect(adjustedRand(tree.nearest, truth)).toBe(1);
    expect(adjustedRand(clusterPapers(input).nearest, truth)).toBeLessThan(0.1);
    const again = clusterPapers({ positions: groups, neighbors: null, embedding: null, space: matrix(groups, 150, 2) });
    expect(again).toEqual(clusterPapers({ positions: groups, neighbors: null, embedding: null }));
    const spreads = Array.from({ length: 150 }, (_, i) => eighthOf(input.positions, i));
    for (let at = 0; at < 150 * tree.levels; at++) {
      const cluster = tree.clusters[tree.paths[at]];
      if (cluster?.level !== at % tree.levels) continue;
      expect(spreads[cluster.densest]).toBeLessThanOrEqual(spreads[Math.floor(at / tree.levels)]);
    }
  });

  it('are the same when papers without vectors stand before the others', async () => {
    const { positions, embedding } = await sampleMap();
    if (!embedding) throw new Error('expected the sample with vectors');
    const { cols } = embedding;
    const space = Float32Array.from({ length: 468 * 3 }, (_, at) => positions[Math.floor(at / 3) * 2 + (at % 2)]);
    const usual = clusterPapers({ positions, neighbors: null, embedding, space: matrix(space, 468, 3) });
    const tree = clusterPapers({
      positions: Float32Array.of(...new Float32Array(20), ...positions),
      neighbors: null,
      embedding: {
        rows: 478,
        cols,
        scales: new Float32Array(478),
        data: Int8Array.from({ length: 478 * cols }, (_, at) => embedding.data[at - 10 * cols] ?? 0),
      },
      space: matrix(Float32Array.of(...new Float32Array(30), ...space), 478, 3),
    });
    expect(usual.clusters.length).toBeGreaterThan(10);
    expect(tree.paths.slice(10 * tree.levels)).toEqual(usual.paths);
  });

  it('nest, and hold all papers that have a place in one, for any space', () => {
    fc.assert(
      fc.property(anyPoints(60, 5), fc.integer({ min: 2, max: 6 }), (space, leastSize) => {
        const input = { positions: anywhere(space.rows), neighbors: null, embedding: null, space };
        const { levels, clusters, paths, nearest } = clusterPapers(input, { leastSize });
        const sizes = clusters.map(() => new Set<number>());
        for (let at = 0; at < paths.length; at++) {
          if (paths[at] >= 0) sizes[paths[at]].add(Math.floor(at / levels));
          if (at % levels > 0 && paths[at] >= 0) {
            expect([clusters[paths[at]].parent, paths[at]]).toContain(paths[at - 1]);
          }
        }
        expect(clusters.map(({ size }) => size)).toEqual(sizes.map(({ size }) => size));
        expect(nearest.every((top) => top >= 0 === clusters.length > 0)).toBe(true);
        for (const { id, densest, exemplars } of clusters) {
          for (const paper of [densest, ...exemplars]) expect(sizes[id].has(paper)).toBe(true);
        }
      }),
    );
  });

  it('is refused when it does not fit', () => {
    const input = { positions: anywhere(8), neighbors: null, embedding: null };
    expect(() => clusterPapers({ ...input, space: matrix(new Float32Array(21), 7, 3) })).toThrow(RangeError);
    const holed = matrix(new Float32Array(24).fill(Number.NaN, 3, 4), 8, 3);
    expect(() => clusterPapers({ ...input, space: holed })).toThrow(/expected a finite space, got NaN/u);
  });
});
