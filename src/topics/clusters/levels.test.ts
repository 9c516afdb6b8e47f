import { describe, expect, it } from 'vitest';
import { chooseCounts, dropStrays, groupsAt, type Merges, supportOf } from './levels.ts';

/** Leaf s + 1 merges into leaf 0 at step s from the back, at the given costs, which repeat. */
function mergesOf(leaves: number, costs: (count: number) => number): Merges {
  const steps = leaves - 1;
  return {
    leaves,
    from: Int32Array.from({ length: steps }, (_, step) => leaves - 1 - step),
    into: new Int32Array(steps),
    costs: Float64Array.from({ length: steps }, (_, step) => costs(leaves - step)),
  };
}

describe('levels', () => {
  it('are cut before the merge that costs most in proportion, and end with the leaves', () => {
    const even = (wide: number) => (count: number) => (count === wide ? 50 : count < wide ? 100 : 10);
    expect(chooseCounts(mergesOf(23, even(12)))).toEqual([12, 23]);
    expect(chooseCounts(mergesOf(23, even(13)))).toEqual([13, 23]);
    expect(chooseCounts(mergesOf(14, even(12)))).toEqual([14]);
    expect(chooseCounts(mergesOf(15, even(12)))).toEqual([12, 15]);
    expect(chooseCounts(mergesOf(2, even(12)))).toEqual([2]);
    const falling = (count: number) => (count === 13 ? 20 : count === 12 ? 5 : count === 11 ? 30 : 8);
    expect(chooseCounts(mergesOf(23, falling))).toEqual([13, 23]);
  });

  it('have one between when the leaves are twice the groups, near the middle and where the gap is widest', () => {
    const gaps = (wide: number) => (count: number) => (count <= 12 ? 500 : count <= wide ? 50 : 10);
    for (const wide of [20, 22, 24]) expect(chooseCounts(mergesOf(40, gaps(wide)))).toEqual([12, wide, 40]);
    expect(chooseCounts(mergesOf(24, gaps(17)))).toEqual([12, 17, 24]);
    expect(chooseCounts(mergesOf(23, gaps(17)))).toEqual([12, 23]);
    // A gap that is wide but far from the middle gives no level.
    expect(chooseCounts(mergesOf(40, gaps(36)))[1]).toBeLessThan(27);
  });

  it('begin with islands, where there are four or more', () => {
    const islands = (times: number) => (count: number) => (count <= 5 ? times : 1);
    expect(chooseCounts(mergesOf(40, islands(9)))).toEqual([5, 12, 40]);
    expect(chooseCounts(mergesOf(12, islands(9)))).toEqual([5, 7, 12]);
    expect(chooseCounts(mergesOf(9, islands(9)))).toEqual([5, 9]);
    expect(chooseCounts(mergesOf(12, islands(7)))).toEqual([12]);
    const two = (count: number) => (count === 2 ? 100 : 1);
    expect(chooseCounts(mergesOf(12, two))).toEqual([12]);
  });

  it('are more, at most a few times as many groups each, when there are many leaves', () => {
    for (const leaves of [61, 100, 300, 1000, 5000]) {
      const counts = chooseCounts(mergesOf(leaves, (count) => 1000 / count));
      expect(counts.length).toBeGreaterThanOrEqual(3);
      expect(counts.length).toBeLessThanOrEqual(6);
      expect([counts[0] >= 11, counts[0] <= 14, counts.at(-1)]).toEqual([true, true, leaves]);
      counts.slice(1).forEach((count, at) => {
        expect(count / counts[at]).toBeGreaterThan(1);
        expect(count / counts[at]).toBeLessThanOrEqual(5.5);
      });
    }
  });

  it('nest', () => {
    const labels = Int32Array.from({ length: 60 }, (_, i) => i % 30);
    const [coarse, fine] = groupsAt(
      mergesOf(30, () => 1),
      [4, 9],
      labels,
    );
    expect([new Set(coarse).size, new Set(fine).size]).toEqual([4, 9]);
    const parents = new Map<number, number>();
    fine.forEach((group, i) => {
      expect(parents.get(group) ?? coarse[i]).toBe(coarse[i]);
      parents.set(group, coarse[i]);
    });
  });
});

describe('support', () => {
  it('is the share of neighbours in the group, of those it could hold', () => {
    const groupOf = Int32Array.of(0, 0, 0, 1, 1);
    const indices = Int32Array.of(1, 2, 3, 0, 3, 4, 0, 3, 4, 4, 0, 1, 0, 1, 2);
    const support = supportOf(groupOf, 2, { k: 3, indices, distances: new Float32Array(15) });
    expect(Array.from(support)).toEqual([1, 0.5, 0.5, 1, 0]);
    expect(Array.from(supportOf(groupOf, 2, null))).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('strays', () => {
  const groups = [Int32Array.of(0, 0, 0, 0), Int32Array.of(0, 0, 1, 1)];
  const sure = new Float32Array(4).fill(1);

  it('are those far out and those alone among their neighbours, level by level', () => {
    const alone = Float32Array.of(1, 0, 1, 1);
    const kept = dropStrays(groups, [1, 2], [sure, alone], { sparse: Uint8Array.of(0, 0, 0, 1), k: 1 });
    expect(kept.map((of) => Array.from(of))).toEqual([
      [0, 0, 0, -1],
      [0, -1, 1, -1],
    ]);
    // In a group of two, only one of two neighbours could be; its absence says little.
    const few = dropStrays(groups, [1, 2], [sure, alone], { sparse: Uint8Array.of(0, 0, 0, 1), k: 2 });
    expect(few.map((of) => Array.from(of))).toEqual([
      [0, 0, 0, -1],
      [0, 0, 1, -1],
    ]);
  });

  it('are strays at finer levels too, though all is well there', () => {
    const kept = dropStrays(groups, [1, 2], [Float32Array.of(0, 1, 1, 1), sure], { sparse: new Uint8Array(4), k: 1 });
    expect(kept.map((of) => Array.from(of))).toEqual([
      [-1, 0, 0, 0],
      [-1, 0, 1, 1],
    ]);
  });

  it('are none where they are most of a group, or all of a finest one', () => {
    const most = dropStrays(groups, [1, 2], [sure, sure], { sparse: Uint8Array.of(1, 1, 1, 0), k: 1 });
    expect(most.map((of) => Array.from(of))).toEqual([
      [0, 0, 0, 0],
      [0, 0, -1, 1],
    ]);
    const whole = dropStrays(groups, [1, 2], [sure, sure], { sparse: Uint8Array.of(0, 0, 1, 1), k: 1 });
    expect(whole.map((of) => Array.from(of))).toEqual([
      [0, 0, 0, 0],
      [0, 0, 1, 1],
    ]);
  });
});
