import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { nearestPaper, papersInBounds, papersInRing, papersWithin, ringOfBounds } from './area.ts';

/** The even-odd rule as it is usually written, over all edges. */
function isWithin(x: number, y: number, ring: Float32Array): boolean {
  let isInside = false;
  const corners = ring.length / 2;
  for (let c = 0; c < corners; c++) {
    const d = (c + 1) % corners;
    const [ax, ay, bx, by] = [ring[2 * c], ring[2 * c + 1], ring[2 * d], ring[2 * d + 1]];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isInside = !isInside;
  }
  return isInside;
}

const coordinate = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map((thousandths) => thousandths / 1000),
  // Corners and papers at the same places, on level edges and on one another.
  fc.constantFrom(-1, -0.5, 0, 0.5, 1),
);
const points = (minLength: number, maxLength: number) =>
  fc.array(fc.tuple(coordinate, coordinate), { minLength, maxLength }).map((pairs) => Float32Array.from(pairs.flat()));

/** A wobbly line around the middle, as drawn by hand. */
function drawn(corners: number, radius: number): Float32Array {
  const ring = new Float32Array(2 * corners);
  for (let c = 0; c < corners; c++) {
    const turn = (2 * Math.PI * c) / corners;
    const far = radius * (1 + 0.2 * Math.sin(3 * turn) + 0.02 * Math.sin(41 * turn));
    ring[2 * c] = far * Math.cos(turn);
    ring[2 * c + 1] = far * Math.sin(turn);
  }
  return ring;
}

describe('papers within a ring', () => {
  it('are those that the even-odd rule finds one by one', () => {
    fc.assert(
      fc.property(points(0, 60), points(3, 12), (positions, ring) => {
        const expected = [...Array(positions.length / 2).keys()].filter((i) =>
          isWithin(positions[2 * i], positions[2 * i + 1], ring),
        );
        expect(Array.from(papersInRing(positions, ring))).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('agree with it for a line drawn by hand, whatever way round', () => {
    const random = makeRandom(4);
    const positions = Float32Array.from({ length: 20_000 }, () => random() * 2 - 1);
    const ring = drawn(400, 0.6);
    const found = papersInRing(positions, ring);
    const expected = [...Array(10_000).keys()].filter((i) => isWithin(positions[2 * i], positions[2 * i + 1], ring));
    expect(Array.from(found)).toEqual(expected);
    expect(found.length).toBeGreaterThan(2000);
    const backwards = Float32Array.from(ring, (_, at) => ring[ring.length - 2 - (at & ~1) + (at & 1)]);
    expect(papersInRing(positions, backwards)).toEqual(found);
  });

  it('leave out papers without a place, and there are none in a line or in nothing', () => {
    const positions = Float32Array.of(0, 0, Number.NaN, Number.NaN, 0, Number.NaN);
    expect(Array.from(papersInRing(positions, drawn(20, 1)))).toEqual([0]);
    for (const ring of [[], [0, 0], [-1, 0, 1, 0], [-1, 0, 1, 0, 0, 0]]) {
      expect(papersInRing(positions, Float32Array.from(ring))).toHaveLength(0);
    }
  });

  it('belong to one of two areas that share an edge', () => {
    fc.assert(
      fc.property(points(1, 40), fc.constantFrom(-0.5, 0, 0.25), (positions, edge) => {
        const left = papersInRing(positions, ringOfBounds({ minX: -2, minY: -2, maxX: edge, maxY: 2 }));
        const right = papersInRing(positions, ringOfBounds({ minX: edge, minY: -2, maxX: 2, maxY: 2 }));
        expect([...left, ...right].sort((a, b) => a - b)).toEqual([...Array(positions.length / 2).keys()]);
      }),
    );
  });

  it('cost a million papers no edge each but near the line', () => {
    const random = makeRandom(5);
    const positions = Float32Array.from({ length: 2_000_000 }, () => random() * 2 - 1);
    const tally = { edges: 0 };
    const found = papersInRing(positions, drawn(600, 0.75), tally);
    expect(found.length).toBeGreaterThan(300_000);
    expect(tally.edges).toBeLessThan(400_000);
  });
});

describe('papers within a rectangle', () => {
  it('are those between its sides', () => {
    fc.assert(
      fc.property(points(0, 60), coordinate, coordinate, (positions, a, b) => {
        const bounds = { minX: Math.min(a, b), maxX: Math.max(a, b), minY: -0.5, maxY: 0.5 };
        const expected = [...Array(positions.length / 2).keys()].filter((i) => {
          const [x, y] = [positions[2 * i], positions[2 * i + 1]];
          return x >= bounds.minX && x <= bounds.maxX && y >= -0.5 && y <= 0.5;
        });
        expect(Array.from(papersInBounds(positions, bounds))).toEqual(expected);
      }),
    );
  });
});

const unit = fc.float({ min: -1, max: 1, noNaN: true });
const place = fc.oneof(fc.tuple(unit, unit), fc.constant([Number.NaN, Number.NaN] as const));
const places = fc.array(place, { maxLength: 40 }).map((list) => Float32Array.from(list.flat()));

describe('papers by their places', () => {
  it('are all those within the borders, the nearest to the centre named', () => {
    fc.assert(
      fc.property(places, unit, unit, fc.nat(12), (positions, x, y, limit) => {
        const bounds = { minX: x - 0.5, maxX: x + 0.5, minY: y - 0.3, maxY: y + 0.4 };
        const far = (i: number) => Math.fround((positions[2 * i] - x) ** 2 + (positions[2 * i + 1] - y) ** 2);
        const expected = Array.from({ length: positions.length / 2 }, (_, i) => i)
          .filter((i) => positions[2 * i] >= bounds.minX && positions[2 * i] <= bounds.maxX)
          .filter((i) => positions[2 * i + 1] >= bounds.minY && positions[2 * i + 1] <= bounds.maxY)
          .sort((a, b) => far(a) - far(b) || a - b);
        const found = papersWithin(positions, bounds, { x, y }, limit);
        expect(found.total).toBe(expected.length);
        expect(Array.from(found.nearest)).toEqual(expected.slice(0, limit));
      }),
    );
  });

  it('are walked through each once, by leaving out those that were seen', () => {
    const positions = Float32Array.of(0, 0, 0.1, 0, Number.NaN, Number.NaN, 0.3, 0, -0.15, 0);
    const seen = new Set([0]);
    const walk: number[] = [];
    for (let at = 0; at >= 0; ) {
      at = nearestPaper(positions, { x: positions[2 * at], y: positions[2 * at + 1] }, seen);
      walk.push(at);
      seen.add(at);
    }
    expect(walk).toEqual([1, 3, 4, -1]);
    expect(nearestPaper(new Float32Array(0), { x: 0, y: 0 }, new Set())).toBe(-1);
  });
});
