import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteForce, clumped } from '../fixtures/clumps.ts';
import { bandwidthOf } from './contour-bandwidth.ts';
import { contourTile } from './contour-tile.ts';
import { type Contours, densityContours, refineContours } from './contours.ts';

/** Even-odd rule over all rings. */
function isInside(rings: readonly Float32Array[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [ax, ay, bx, by] = [ring[i], ring[i + 1], ring[i + 2], ring[i + 3]];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
  }
  return inside;
}

function shareInside(points: Float32Array, rings: readonly Float32Array[]): number {
  let count = 0;
  for (let i = 0; i < points.length; i += 2) if (isInside(rings, points[i], points[i + 1])) count++;
  return count / (points.length / 2);
}

/** Share of the points that are inside both sets of rings or outside both. */
function sidesKept(
  a: Float32Array,
  aRings: readonly Float32Array[],
  b: Float32Array,
  bRings: readonly Float32Array[],
): number {
  let same = 0;
  for (let i = 0; i < a.length; i += 2) {
    if (isInside(aRings, a[i], a[i + 1]) === isInside(bRings, b[i], b[i + 1])) same++;
  }
  return same / (a.length / 2);
}

/** Area that the rings enclose, by the shoelace formula; rings around holes count as negative. */
function areaOf(rings: readonly Float32Array[]): number {
  let area = 0;
  for (const ring of rings) {
    for (let i = 0; i + 3 < ring.length; i += 2) area += ring[i] * ring[i + 3] - ring[i + 2] * ring[i + 1];
  }
  return Math.abs(area) / 2;
}

function ringsOf({ levels }: Contours, level: number): readonly Float32Array[] {
  return levels[level].rings;
}

describe('densityContours', () => {
  it('encloses the shares it is asked for, from outside to inside', () => {
    for (const [n, clumps] of [
      [60, 1],
      [468, 9],
      [2000, 20],
    ]) {
      const points = clumped(n, clumps, n);
      const { levels, papers } = densityContours(points, { shares: [0.5, 0.9, 0.25] });
      expect(papers).toBe(n);
      expect(levels.map(({ share }) => share)).toEqual([0.9, 0.5, 0.25]);
      for (const { share, rings } of levels) expect(Math.abs(shareInside(points, rings) - share)).toBeLessThan(0.02);
      expect(levels[0].density).toBeLessThan(levels[1].density);
      expect(areaOf(levels[0].rings)).toBeGreaterThan(areaOf(levels[1].rings));
    }
  });

  it('closes every ring, and cuts none off straight', () => {
    const points = clumped(300, 4, 8);
    for (const { rings } of densityContours(points).levels) {
      expect(rings.length).toBeGreaterThan(0);
      for (const ring of rings) {
        expect(ring.slice(0, 2)).toEqual(ring.slice(-2));
        expect(ring.every(Number.isFinite)).toBe(true);
        for (let i = 0; i + 3 < ring.length; i += 2) {
          expect(Math.hypot(ring[i + 2] - ring[i], ring[i + 3] - ring[i + 1])).toBeLessThan(0.05);
        }
      }
    }
  });

  it('moves, turns and grows with the papers, by any angle', () => {
    const moves = fc.record({
      angle: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
      scale: fc.double({ min: 0.1, max: 10, noNaN: true }),
      x: fc.double({ min: -3, max: 3, noNaN: true }),
      y: fc.double({ min: -3, max: 3, noNaN: true }),
      clumps: fc.integer({ min: 1, max: 9 }),
      seed: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(moves, ({ angle, scale, x, y, clumps, seed }) => {
        const points = clumped(300, clumps, seed);
        const turned = points.map((value, i) =>
          i % 2 === 0
            ? scale * (value * Math.cos(angle) - points[i + 1] * Math.sin(angle)) + x
            : scale * (points[i - 1] * Math.sin(angle) + value * Math.cos(angle)) + y,
        );
        const [plain, other] = [densityContours(points), densityContours(turned)];
        plain.levels.forEach(({ density, rings }, at) => {
          const moved = ringsOf(other, at);
          expect(Math.abs(Math.log((scale ** 2 * other.levels[at].density) / density))).toBeLessThan(0.1);
          expect(Math.abs(Math.log(areaOf(moved) / (scale ** 2 * areaOf(rings))))).toBeLessThan(0.1);
          expect(sidesKept(points, rings, turned, moved)).toBeGreaterThan(0.97);
        });
      }),
      { numRuns: 25 },
    );
  });
});

it('takes some papers alone, and leaves out those without a place', () => {
  const points = clumped(200, 2, 6);
  const even = Int32Array.from({ length: 100 }, (_, i) => 2 * i);
  const alone = new Float32Array(200).map((_, i) => points[2 * even[i >> 1] + (i % 2)]);
  expect(densityContours(points, { indices: even })).toEqual(densityContours(alone));
  const gaps = new Float32Array(204).fill(Number.NaN);
  gaps.set(alone, 2);
  expect(densityContours(gaps)).toEqual(densityContours(alone));
});

it('takes no paper, one, equal ones, and one far away', () => {
  expect(densityContours(new Float32Array(0)).levels).toEqual([]);
  expect(densityContours(Float32Array.of(Number.NaN, 0)).levels).toEqual([]);
  const far = Float32Array.from({ length: 100 }, (_, i) => (i < 98 ? 0.0001 * (i % 7) : 50));
  for (const points of [Float32Array.of(0.2, 0.3), new Float32Array(20), far]) {
    const { levels, bandwidth } = densityContours(points);
    expect(bandwidth).toBeGreaterThan(0);
    for (const { rings } of levels) expect(rings.length).toBeGreaterThan(0);
  }
});

describe('refineContours', () => {
  const points = clumped(3000, 12, 2);
  const map = { minX: -1, minY: -1, maxX: 1, maxY: 1 };

  it('is the density of a narrower kernel over all papers', () => {
    const tile = contourTile({ minX: -0.2, minY: -0.1, maxX: 0.2, maxY: 0.1 }, map);
    if (!tile) throw new Error('expected a tile');
    const { bandwidth, levels } = refineContours(points, tile);
    expect(bandwidth).toBeCloseTo(bandwidthOf(points) / 2, 9);
    let crossings = 0;
    for (const { density, rings } of levels) {
      for (const ring of rings) {
        for (let i = 0; i < ring.length; i += 2) {
          const [x, y] = [ring[i], ring[i + 1]];
          const isWithin = x > tile.box.minX && x < tile.box.maxX && y > tile.box.minY && y < tile.box.maxY;
          if (!isWithin) continue;
          crossings++;
          expect(bruteForce(points, bandwidth, x, y) / density).toBeCloseTo(1, 1);
        }
      }
    }
    expect(crossings).toBeGreaterThan(100);
  });

  it('has the same levels in two tiles of one octave', () => {
    const many = clumped(12_000, 3, 2);
    const view = { minX: many[0] - 0.2, minY: many[1] - 0.2, maxX: many[0] + 0.2, maxY: many[1] + 0.2 };
    const tiles = [view, { ...view, minX: view.minX + 0.3, maxX: view.maxX + 0.3 }].map((box) => contourTile(box, map));
    const [left, right] = tiles.map((tile) => (tile ? refineContours(many, tile) : null));
    expect(left?.levels.map(({ density }) => density)).toEqual(right?.levels.map(({ density }) => density));
  });

  it('stops narrowing the kernel where it would hold single papers', () => {
    const view = { minX: -0.001, minY: -0.001, maxX: 0.001, maxY: 0.001 };
    const tile = contourTile(view, map);
    if (!tile) throw new Error('expected a tile');
    expect(tile.octave).toBe(8);
    expect(bandwidthOf(points) / refineContours(points, tile).bandwidth).toBeCloseTo(Math.sqrt(Math.sqrt(3000) / 5), 6);
  });
});
