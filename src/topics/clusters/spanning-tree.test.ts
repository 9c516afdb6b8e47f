import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRoot, makeSets } from '../../math/disjoint-sets.ts';
import { makePointTree, nearestPoints } from '../../math/point-tree.ts';
import { makeRandom } from '../../math/random.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import { anyPoints } from '../fixtures/places.ts';
import { makeSpanningTree, type SpanningTree } from './spanning-tree.ts';

function spanningOf(points: Matrix, samples: number): { spanning: SpanningTree; cores: Float64Array } {
  const tree = makePointTree(points);
  const near = nearestPoints(tree, Math.max(1, samples - 1));
  const coreOf = (rank: number) => near.squares[rank * near.k + near.k - 1];
  const byRank = Float64Array.from({ length: tree.n }, (_, rank) => coreOf(rank));
  const cores = new Float64Array(tree.n);
  for (let rank = 0; rank < tree.n; rank++) cores[tree.order[rank]] = byRank[rank];
  return { spanning: makeSpanningTree(tree, byRank, near), cores };
}

function reach({ data, cols }: Matrix, cores: Float64Array, i: number, j: number): number {
  let square = 0;
  for (let c = 0; c < cols; c++) square += (data[i * cols + c] - data[j * cols + c]) ** 2;
  return Math.max(cores[i], cores[j], square);
}

/** Prim's algorithm on all pairs: the lengths of the edges. */
function primEdges(points: Matrix, cores: Float64Array): number[] {
  const n = cores.length;
  const far = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const left = new Set(Array.from({ length: n }, (_, i) => i));
  const edges: number[] = [];
  for (let at = 0; left.size > 0; ) {
    left.delete(at);
    for (const other of left) far[other] = Math.min(far[other], reach(points, cores, at, other));
    if (left.size === 0) break;
    at = [...left].reduce((best, other) => (far[other] < far[best] ? other : best));
    edges.push(far[at]);
  }
  return edges.sort((a, b) => a - b);
}

describe('the spanning tree', () => {
  it('has the edge lengths of Prim on all pairs, connects all points, and says what its edges are', () => {
    fc.assert(
      fc.property(
        anyPoints(60, 5).filter(({ rows }) => rows > 1),
        fc.integer({ min: 2, max: 6 }),
        (points, samples) => {
          const { spanning, cores } = spanningOf(points, samples);
          expect(Array.from(spanning.squares)).toEqual(primEdges(points, cores));
          const sets = makeSets(cores.length);
          spanning.a.forEach((a, e) => {
            expect(reach(points, cores, a, spanning.b[e])).toBe(spanning.squares[e]);
            expect(findRoot(sets, a)).not.toBe(findRoot(sets, spanning.b[e]));
            sets[findRoot(sets, a)] = findRoot(sets, spanning.b[e]);
          });
          expect(spanning.a.length).toBe(cores.length - 1);
        },
      ),
    );
  });

  it('is worked out from a few pairs: on spread points, on clumps, with all points in one place', () => {
    const random = makeRandom(3);
    const n = 4000;
    const spread = Float32Array.from({ length: n * 2 }, () => random());
    const clumps = spread.map((value, at) => value * 0.01 + ((at >> 1) % 20) * (at % 2 === 0 ? 1 : 0.3));
    for (const positions of [spread, clumps, new Float32Array(n * 2)]) {
      expect(spanningOf(matrix(positions, n, 2), 5).spanning.evaluations).toBeLessThan(n * 60);
    }
  });
});
