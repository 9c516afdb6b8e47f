import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestPaper, papersWithin } from './nearest-places.ts';

const coordinate = fc.float({ min: -1, max: 1, noNaN: true });
const place = fc.oneof(fc.tuple(coordinate, coordinate), fc.constant([Number.NaN, Number.NaN] as const));
const places = fc.array(place, { maxLength: 40 }).map((list) => Float32Array.from(list.flat()));

describe('papers by their places', () => {
  it('are all those within the borders, the nearest to the centre named', () => {
    fc.assert(
      fc.property(places, coordinate, coordinate, fc.nat(12), (positions, x, y, limit) => {
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
