import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePointTree, nearestPoints } from '../../math/point-tree.ts';
import { matrix } from '../../model/matrix.ts';
import { adjustedRand } from '../fixtures/adjusted-rand.ts';
import learned from '../fixtures/hdbscan.json';
import { anyPlaces } from '../fixtures/places.ts';
import { leavesOf, makeDensityTree } from './leaves.ts';
import { makeSpanningTree, type SpanningTree } from './spanning-tree.ts';

function spanningOf(positions: Float32Array, samples: number): SpanningTree {
  const tree = makePointTree(matrix(positions, positions.length / 2, 2));
  const near = nearestPoints(tree, samples - 1);
  const cores = Float64Array.from({ length: tree.n }, (_, rank) => near.squares[(rank + 1) * near.k - 1]);
  return makeSpanningTree(tree, cores, near);
}

describe('the density tree', () => {
  for (const { name, positions, cases } of learned.sets) {
    it(`has the leaves of scikit-learn's HDBSCAN: ${name}`, () => {
      const places = Float32Array.from(positions);
      for (const { leastSize, samples, labels, plain } of cases) {
        const found = leavesOf(makeDensityTree(spanningOf(places, samples), leastSize));
        expect(adjustedRand(found.labels, labels)).toBe(1);
        expect(found.count).toBe(Math.max(...labels) + 1);
        // Where reaches are equal, the result depends on the order of points, even in scikit-learn.
        expect(plain === undefined).toBe(samples === 2);
        if (plain) expect(adjustedRand(found.labels, plain)).toBeGreaterThanOrEqual(0.95);
      }
    });
  }

  it('has parts of the least size or more, two of each cluster that splits', () => {
    fc.assert(
      fc.property(
        anyPlaces(60).filter((positions) => positions.length > 4),
        fc.integer({ min: 2, max: 8 }),
        (positions, leastSize) => {
          const { parents, clusterOf } = makeDensityTree(spanningOf(positions, 2), leastSize);
          const sizes = new Int32Array(parents.length);
          for (let cluster of clusterOf) for (; cluster >= 0; cluster = parents[cluster]) sizes[cluster]++;
          expect(sizes[0]).toBe(positions.length / 2);
          parents.forEach((parent, cluster) => {
            expect(parent).toBeLessThan(cluster);
            if (cluster === 0) return;
            expect(sizes[cluster]).toBeGreaterThanOrEqual(leastSize);
            expect(parents.filter((other) => other === parent).length).toBe(2);
          });
        },
      ),
    );
  });

  it('has no leaves where nothing splits', () => {
    const { labels, count } = leavesOf(makeDensityTree(spanningOf(new Float32Array(40), 3), 11));
    expect(count).toBe(0);
    expect(labels).toEqual(new Int32Array(20).fill(-1));
  });
});
