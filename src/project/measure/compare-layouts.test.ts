import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/procrustes.json';
import { compareLayouts } from './compare-layouts.ts';
import { fitSimilarity, moveBy } from './procrustes.ts';

const everybody = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

/** Layouts of 4 to 40 papers that do not all lie at one point. */
const layouts = fc
  .array(fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 })), {
    minLength: 4,
    maxLength: 40,
  })
  .map((places) => Float32Array.from(places.flat(), (value) => value / 50))
  .filter((places) => places.some((value, i) => value !== places[i % 2]));

const similarities = fc.record({
  angle: fc.double({ min: 0, max: 6.28, noNaN: true }),
  scale: fc.double({ min: 0.2, max: 5, noNaN: true }),
  side: fc.constantFrom(1, -1),
  x: fc.double({ min: -3, max: 3, noNaN: true }),
  y: fc.double({ min: -3, max: 3, noNaN: true }),
});

function changed(
  places: Float32Array,
  { angle, scale, side, x, y }: { angle: number; scale: number; side: number; x: number; y: number },
): Float32Array {
  const [c, s] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  return places.map((value, i) =>
    i % 2 === 0 ? x + c * value - side * s * places[i + 1] : y + s * places[i - 1] + side * c * value,
  );
}

describe('Procrustes', () => {
  it.each(Object.entries(fixture))('%s is that of scipy', (_, { own, other, aligned, disparity, kept }) => {
    const [to, from] = [Float32Array.from(own), Float32Array.from(other)];
    const result = compareLayouts(to, from, everybody(40));
    const norm = Math.sqrt(spread(to));
    result?.positions.forEach((value, i) => {
      expect((value - aligned[i]) / norm).toBeCloseTo(0, 6);
    });
    const missed = result?.positions.reduce((sum, value, i) => sum + (value - to[i]) ** 2, 0) ?? Number.NaN;
    expect(missed / spread(to)).toBeCloseTo(disparity, 6);
    expect(result?.kept).toBeCloseTo(kept, 12);
    expect(result?.k).toBe(15);
  });

  it('gives back what was turned, mirrored, scaled and shifted', () => {
    fc.assert(
      fc.property(layouts, similarities, (places, similarity) => {
        const other = changed(places, similarity);
        const fit = fitSimilarity(other, places);
        if (!fit) throw new Error('not aligned');
        moveBy(fit, other).forEach((value, i) => {
          expect(value).toBeCloseTo(places[i], 4);
        });
      }),
    );
  });

  it('is beaten by no similarity near it', () => {
    fc.assert(
      fc.property(layouts, layouts, similarities, (a, b, nudge) => {
        const n = Math.min(a.length, b.length);
        const [from, to] = [a.slice(0, n), b.slice(0, n)];
        const fit = fitSimilarity(from, to);
        if (!fit) return;
        const best = squaredMiss(moveBy(fit, from), to);
        const turned = {
          ...fit,
          c: fit.c + 0.1 * Math.cos(nudge.angle),
          s: fit.s + 0.1 * Math.sin(nudge.angle),
          to: { x: fit.to.x + nudge.x / 10, y: fit.to.y + nudge.y / 10 },
        };
        const mirrored = { ...fit, side: fit.side === 1 ? (-1 as const) : (1 as const) };
        for (const other of [turned, mirrored]) {
          expect(squaredMiss(moveBy(other, from), to)).toBeGreaterThanOrEqual(best * (1 - 1e-4) - 1e-5);
        }
      }),
    );
  });
});

describe('compareLayouts', () => {
  it('measures no drift between a map and a changed copy of it in another order', () => {
    fc.assert(
      fc.property(layouts, similarities, fc.integer({ min: 1, max: 1000 }), (places, similarity, turn) => {
        const n = places.length / 2;
        const other = changed(places, similarity);
        const partners = Int32Array.from({ length: n }, (_, i) => (i + turn) % n);
        const shuffled = new Float32Array(places.length);
        partners.forEach((row, i) => {
          shuffled.set(other.subarray(2 * i, 2 * i + 2), 2 * row);
        });
        const result = compareLayouts(places, shuffled, partners);
        expect(result?.shared).toBe(n);
        expect(result?.strangers).toHaveLength(0);
        for (const moved of result?.drift ?? [Number.NaN]) expect(moved).toBeLessThan(1e-3);
      }),
    );
  });

  it('carries along what only the other map has, and marks what it lacks', () => {
    const own = Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1, 5, 5);
    // The first four are shared, twice as large; the sixth is at (2, 2) of the first map.
    const other = Float32Array.of(4, 4, 2, 2, 0, 2, 2, 0, 0, 0);
    const result = compareLayouts(own, other, Int32Array.of(4, 3, 2, 1, -1));
    expect(result).toMatchObject({ shared: 4, k: 3, kept: 1 });
    expect(Array.from(result?.strangers ?? [])).toEqual([0]);
    expect(Array.from(result?.strangerPositions ?? [], (value) => Math.round(1e5 * value) / 1e5)).toEqual([2, 2]);
    const places = Array.from(result?.otherPositions ?? [], (value) => Math.round(1e5 * value) / 1e5 + 0);
    expect(places).toEqual([2, 2, 1, 1, 0, 1, 1, 0, 0, 0]);
    expect(result?.drift[4]).toBeNaN();
    expect(result?.positions[8]).toBeNaN();
    expect(result?.drift[0]).toBeCloseTo(0, 5);
  });

  it('tells drift in shares of the mean radius, of the paper that moved', () => {
    const ring = Float32Array.from({ length: 200 }, (_, i) =>
      i % 2 === 0 ? Math.cos((i / 200) * 2 * Math.PI) : Math.sin(((i - 1) / 200) * 2 * Math.PI),
    );
    const other = ring.slice();
    other.set([-1, 0], 0);
    const { drift, medianDrift } = compareLayouts(ring, other, everybody(100)) ?? { drift: [], medianDrift: 1 };
    expect(drift[0]).toBeGreaterThan(1.9);
    expect(drift[0]).toBeLessThan(2.05);
    expect(medianDrift).toBeLessThan(0.05);
  });

  it('compares nothing on two papers, or where all lie at one point', () => {
    const own = Float32Array.of(0, 0, 1, 0, 0, 1);
    expect(compareLayouts(own, own, Int32Array.of(0, 1, -1))).toBeNull();
    expect(compareLayouts(own, new Float32Array(6), everybody(3))).toBeNull();
    expect(
      compareLayouts(
        own,
        own.map((value, i) => (i < 2 ? Number.NaN : value)),
        everybody(3),
      ),
    ).toBeNull();
  });
});

function spread(places: Float32Array): number {
  const mean = [0, 1].map((axis) => places.reduce((sum, value, i) => sum + (i % 2 === axis ? value : 0), 0));
  return places.reduce((sum, value, i) => sum + (value - (2 * mean[i % 2]) / places.length) ** 2, 0);
}

function squaredMiss(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);
}
