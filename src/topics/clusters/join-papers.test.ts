import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPapers } from './leaves.ts';

/** The edges between neighbouring points on a line, shortest first. */
function line(gaps: readonly number[]): { a: Int32Array; b: Int32Array; squares: Float64Array } {
  const order = Int32Array.from(gaps.keys()).sort((e, f) => gaps[e] - gaps[f] || e - f);
  return { a: order, b: order.map((e) => e + 1), squares: Float64Array.from(order, (e) => gaps[e]) };
}

describe('joining', () => {
  it('gives papers, in gatherings, to the cluster over the shorter edge', () => {
    //         0 –1– 1 –5– 2 –1– 3 –4– 4 –1– 5
    const { labels, squares } = joinPapers(line([1, 5, 1, 4, 1]), Int32Array.of(0, 0, -1, -1, 1, 1));
    expect(Array.from(labels)).toEqual([0, 0, 1, 1, 1, 1]);
    expect(Array.from(squares)).toEqual([0, 0, 4, 4, 0, 0]);
  });

  it('follows the longest edge on the way: each paper goes where that one is shortest', () => {
    const gaps = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(gaps, fc.infiniteStream(fc.integer({ min: -3, max: 1 })), (lengths, stream) => {
        const cores = Int32Array.from({ length: lengths.length + 1 }, () => Math.max(-1, stream.next().value ?? -1));
        const { labels, squares } = joinPapers(line(lengths), cores);
        for (let i = 0; i < cores.length; i++) {
          const ways = Array.from(cores, (label, j) => ({
            label,
            steps: Math.abs(i - j),
            longest: Math.max(0, ...lengths.slice(Math.min(i, j), Math.max(i, j))),
          }));
          const met = ways.filter(({ label }) => label >= 0);
          const best = met.sort((p, q) => p.longest - q.longest || p.steps - q.steps)[0];
          expect(labels[i]).toBe(cores[i] >= 0 ? cores[i] : (best?.label ?? -1));
          expect(squares[i]).toBe(cores[i] >= 0 ? 0 : (best?.longest ?? 0));
        }
      }),
    );
  });
});
