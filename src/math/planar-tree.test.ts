import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPlaces } from '../cluster/fixtures/places.ts';
import { makePlanarTree, planarNeighbors } from './planar-tree.ts';

describe('the tree of the plane', () => {
  it('holds every point once, within the boxes of its nodes', () => {
    fc.assert(
      fc.property(anyPlaces(80), (positions) => {
        const { n, order, xs, ys, firstLeaf, starts, ends, boxes } = makePlanarTree(positions);
        expect(order.toSorted()).toEqual(Int32Array.from({ length: n }, (_, i) => i));
        for (let node = 0; node < starts.length; node++) {
          for (let r = starts[node]; r < ends[node]; r++) {
            const [left, low, right, high] = boxes.subarray(node * 4, node * 4 + 4);
            expect(xs[r] >= left && xs[r] <= right && ys[r] >= low && ys[r] <= high).toBe(true);
          }
          if (node >= firstLeaf) continue;
          expect([starts[node * 2 + 1], ends[node * 2 + 1], starts[node * 2 + 2], ends[node * 2 + 2]]).toEqual([
            starts[node],
            starts[node * 2 + 2],
            ends[node * 2 + 1],
            ends[node],
          ]);
        }
      }),
    );
  });

  it('finds the nearest that comparing all pairs finds', () => {
    fc.assert(
      fc.property(anyPlaces(60), fc.integer({ min: 0, max: 9 }), (positions, wanted) => {
        const tree = makePlanarTree(positions);
        const { k, ranks, squares } = planarNeighbors(tree, wanted);
        expect(k).toBe(Math.max(0, Math.min(wanted, tree.n - 1)));
        for (let r = 0; r < tree.n; r++) {
          const all = Array.from(tree.xs, (x, other) => (x - tree.xs[r]) ** 2 + (tree.ys[other] - tree.ys[r]) ** 2);
          const nearest = all.filter((_, other) => other !== r).sort((a, b) => a - b);
          expect(Array.from(squares.subarray(r * k, (r + 1) * k))).toEqual(nearest.slice(0, k));
          const found = Array.from(ranks.subarray(r * k, (r + 1) * k));
          expect(new Set([...found, r]).size).toBe(k + 1);
          expect(found.map((other) => all[other])).toEqual(nearest.slice(0, k));
        }
      }),
    );
  });
});
