import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnchoredLabel, chooseAnchors, spreadPapers } from './anchors.ts';

describe('places for a name', () => {
  it('are the heart and others of its half, far from each other', () => {
    // A row of papers at 0, 1, … 8: the half around paper 4 is 2…6.
    const positions = Float32Array.from({ length: 18 }, (_, i) => (i % 2 === 0 ? i / 2 : 0));
    const members = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    expect(spreadPapers(positions, members, 4, 3)).toEqual([4, 2, 6]);
    expect(spreadPapers(positions, members, 4, 99)).toHaveLength(5);
    expect(spreadPapers(positions, [4], 4, 3)).toEqual([4]);
  });

  it('are different points of the topic, the heart first, whatever the topic', () => {
    const coordinate = fc.integer({ min: -5, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1 }), fc.nat(), (points, at) => {
        const members = points.map((_, i) => i);
        const heart = at % points.length;
        const papers = spreadPapers(Float32Array.from(points.flat()), members, heart, 8);
        expect(papers[0]).toBe(heart);
        expect(papers.length).toBeLessThanOrEqual(8);
        expect(new Set(papers.map((paper) => points[paper].join())).size).toBe(papers.length);
      }),
    );
  });

  it('of thousands of papers are found among some of them', () => {
    const positions = Float32Array.from({ length: 20_000 }, (_, i) => Math.sin(i));
    const papers = spreadPapers(
      positions,
      Array.from({ length: 10_000 }, (_, i) => i),
      3,
      8,
    );
    expect(new Set(papers).size).toBe(8);
  });
});

describe('the place that each name takes', () => {
  const label = (size: number, ...places: [number, number][]): AnchoredLabel => ({
    level: 0,
    size,
    widthPx: 100,
    heightPx: 20,
    places: places.map(([x, y]) => ({ x, y })),
  });

  it('is the best one for the larger topic, and a free one for the smaller', () => {
    const small = label(5, [0, 0], [0.1, 0], [0, 1]);
    const large = label(9, [0, 0], [0, 2]);
    const at = chooseAnchors([small, large], () => 100, 8);
    expect(at).toEqual([
      { x: 0, y: 1 },
      { x: 0, y: 0 },
    ]);
  });

  it('is the one that is free soonest where none is free, and no concern of another level', () => {
    const small = label(5, [0, 0], [0.1, 0], [0.01, 0]);
    expect(chooseAnchors([small, label(9, [0, 0])], () => 100, 8)[0]).toEqual({ x: 0.1, y: 0 });
    expect(chooseAnchors([{ ...small, level: 1 }, label(9, [0, 0])], () => 100, 8)[0]).toEqual({ x: 0, y: 0 });
  });

  it('is one of its own, without overlap wherever the first places have none', () => {
    const side = fc.integer({ min: -400, max: 400 });
    const places = fc.array(fc.tuple(side, side), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), places), { maxLength: 12 }), (given) => {
        const labels = given.map(([size, at]) => label(size, ...at));
        const chosen = chooseAnchors(labels, () => 1, 8);
        labels.forEach(({ places: own }, i) => {
          expect(own).toContain(chosen[i]);
        });
        if (!overlaps(labels.map(({ places: [first] }) => first))) {
          expect(chosen).toEqual(labels.map(({ places: [first] }) => first));
        }
      }),
    );
  });
});

function overlaps(points: readonly { x: number; y: number }[]): boolean {
  return points.some((a, i) => points.some((b, j) => j < i && Math.abs(a.x - b.x) < 108 && Math.abs(a.y - b.y) < 28));
}
