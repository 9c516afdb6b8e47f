import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPoints } from '../topics/fixtures/places.ts';
import { boxSquare, makePointTree, nearestPoints } from './point-tree.ts';

describe('the tree of points', () => {
  it('holds every point once, within the boxes of its nodes', () => {
    fc.assert(
      fc.property(anyPoints(60, 5), (points) => {
        const tree = makePointTree(points);
        const { n, order, firstLeaf, starts, ends } = tree;
        expect(order.toSorted()).toEqual(Int32Array.from({ length: points.rows }, (_, i) => i));
        for (let r = 0; r < n; r++) {
          const row = points.data.subarray(order[r] * points.cols, (order[r] + 1) * points.cols);
          expect(Float32Array.from(tree.points.subarray(r * points.cols, (r + 1) * points.cols))).toEqual(row);
        }
        for (let node = 0; node < starts.length; node++) {
          for (let r = starts[node]; r < ends[node]; r++) expect(boxSquare(tree, node, r)).toBe(0);
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

  it('has boxes that are no farther than any point in them', () => {
    fc.assert(
      fc.property(anyPoints(40, 5), ({ rows, cols, data }) => {
        const tree = makePointTree({ rows, cols, data });
        for (let node = 0; node < tree.starts.length; node++) {
          for (let rank = 0; rank < rows; rank++) {
            const far = boxSquare(tree, node, rank);
            for (let r = tree.starts[node]; r < tree.ends[node]; r++) {
              expect(far).toBeLessThanOrEqual(squareOf(tree.points, cols, rank, r));
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('finds the nearest that comparing all pairs finds', () => {
    fc.assert(
      fc.property(anyPoints(60, 5), fc.integer({ min: 0, max: 9 }), (points, wanted) => {
        const tree = makePointTree(points);
        const { k, ranks, squares } = nearestPoints(tree, wanted);
        expect(k).toBe(Math.max(0, Math.min(wanted, tree.n - 1)));
        for (let r = 0; r < tree.n; r++) {
          const all = Array.from({ length: tree.n }, (_, other) => squareOf(tree.points, tree.cols, r, other));
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

function squareOf(points: Float64Array, cols: number, a: number, b: number): number {
  let square = 0;
  for (let j = 0; j < cols; j++) square += (points[b * cols + j] - points[a * cols + j]) ** 2;
  return square;
}
