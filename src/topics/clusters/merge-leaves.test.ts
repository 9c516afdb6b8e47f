import { describe, expect, it } from 'vitest';
import { matrix } from '../../model/matrix.ts';
import { adjustedRand } from '../fixtures/adjusted-rand.ts';
import learned from '../fixtures/hdbscan.json';
import { findSides, groupsAt, mergeLeaves, type Sides } from './levels.ts';
import { placeRows } from './paper-rows.ts';

const { rows, free, chain } = learned.ward;
const n = rows.length / 2;
const eachAlone = Int32Array.from({ length: n }, (_, i) => i);
const inARow: Sides = { a: eachAlone.slice(0, n - 1), b: eachAlone.slice(1) };

function allSides(): Sides {
  const pairs = Array.from(eachAlone, (a) => Array.from(eachAlone.slice(a + 1), (b) => [a, b])).flat();
  return { a: Int32Array.from(pairs, ([a]) => a), b: Int32Array.from(pairs, ([, b]) => b) };
}

describe('merging', () => {
  it("is scikit-learn's Ward clustering, free and where only some may merge", () => {
    for (const [sides, expected] of [[allSides(), free] as const, [inARow, chain] as const]) {
      const merges = mergeLeaves(placeRows(matrix(Float32Array.from(rows), n, 2)), eachAlone, n, sides);
      expected.forEach((labels, at) => {
        const [found] = groupsAt(merges, [at + 2], eachAlone);
        expect(new Set(found).size).toBe(at + 2);
        expect(adjustedRand(found, labels)).toBe(1);
      });
    }
  });

  it('adds up to all squared distances to the mean', () => {
    const merges = mergeLeaves(placeRows(matrix(Float32Array.from(rows), n, 2)), eachAlone, n, inARow);
    const mean = [0, 1].map((axis) => rows.reduce((sum, value, at) => sum + (at % 2 === axis ? value / n : 0), 0));
    const scatter = rows.reduce((sum, value, at) => sum + (value - mean[at % 2]) ** 2, 0);
    expect(merges.costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(scatter, 6);
  });

  it('counts groups that touch by edges of the tree, or by two near pairs at least', () => {
    const labels = Int32Array.of(0, 0, 1, 1, 2, 2);
    const spanning = { a: Int32Array.of(0, 1), b: Int32Array.of(1, 2) };
    const once = findSides(labels, 3, spanning, { k: 1, indices: Int32Array.of(1, 0, 3, 2, 3, 4) });
    expect([...once.a, ...once.b]).toEqual([0, 1]);
    const twice = findSides(labels, 3, spanning, { k: 1, indices: Int32Array.of(1, 0, 3, 4, 3, 4) });
    expect([Array.from(twice.a), Array.from(twice.b)]).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });
});
