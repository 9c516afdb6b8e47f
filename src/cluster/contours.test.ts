import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { bandwidthOf } from './contour-bandwidth.ts';
import { type Box, densityAt, densityGrid, summedGrid } from './contour-grid.ts';
import { densitySums } from './contour-sums.ts';
import { contourTile } from './contour-tile.ts';
import { type Contours, densityContours, refineContours } from './contours.ts';

const kde: { bandwidth: number; points: number[]; at: number[]; densities: number[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/kde.json'), 'utf8'),
);

/** Points in `clumps` round clumps of different widths within −1…1. */
function clumped(n: number, clumps: number, seed: number): Float32Array {
  const random = makeRandom(seed);
  const middles = Array.from({ length: clumps }, () => [
    1.4 * random() - 0.7,
    1.4 * random() - 0.7,
    0.03 + 0.1 * random(),
  ]);
  const points = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    const [x, y, width] = middles[i % clumps];
    const radius = width * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    points[2 * i] = x + radius * Math.cos(angle);
    points[2 * i + 1] = y + radius * Math.sin(angle);
  }
  return points;
}

/** By the formula itself. */
function bruteForce(points: ArrayLike<number>, bandwidth: number, x: number, y: number): number {
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) {
    sum += Math.exp(-((points[i] - x) ** 2 + (points[i + 1] - y) ** 2) / (2 * bandwidth * bandwidth));
  }
  return sum / ((points.length / 2) * 2 * Math.PI * bandwidth * bandwidth);
}

function boxOf(points: ArrayLike<number>): Box {
  const xs = Array.from(points).filter((_, i) => i % 2 === 0);
  const ys = Array.from(points).filter((_, i) => i % 2 === 1);
  return { minX: Math.min(...xs), maxX: Math.max(...xs), minY: Math.min(...ys), maxY: Math.max(...ys) };
}

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

/** Area that the rings enclose: shoelace formula; rings around holes count against it. */
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

describe('densityGrid', () => {
  const points = Float32Array.from(kde.points);
  const grid = densityGrid(points, { box: boxOf(points), bandwidth: kde.bandwidth, cell: kde.bandwidth / 3 });
  const highest = Math.max(...kde.densities);

  it("keeps to SciPy's densities within 2 % of the highest, between its nodes too", () => {
    kde.densities.forEach((density, i) => {
      const got = densityAt(grid, kde.at[2 * i], kde.at[2 * i + 1]);
      expect(Math.abs(got - density) / highest).toBeLessThan(0.02);
    });
  });

  it('keeps to the formula at its nodes within 1 % of the highest, and holds everything', () => {
    let sum = 0;
    for (let row = 0; row < grid.rows; row++) {
      for (let col = 0; col < grid.columns; col++) {
        const value = grid.values[row * grid.columns + col];
        sum += value * grid.cell * grid.cell;
        const exact = bruteForce(points, kde.bandwidth, grid.originX + col * grid.cell, grid.originY + row * grid.cell);
        expect(Math.abs(value - exact)).toBeLessThan(0.01 * highest);
      }
    }
    expect(sum).toBeCloseTo(1, 6);
  });

  it('is 0 along its edge', () => {
    for (let col = 0; col < grid.columns; col++) {
      expect(grid.values[col]).toBe(0);
      expect(grid.values[(grid.rows - 1) * grid.columns + col]).toBe(0);
    }
  });
});

describe('summedGrid and densitySums', () => {
  const points = Float32Array.from(kde.points);

  it("are SciPy's densities", () => {
    const box = { minX: -0.5, minY: -0.5, maxX: 0.5, maxY: 0.5 };
    const grid = summedGrid(points, { box, bandwidth: kde.bandwidth, cell: 0.001 });
    const highest = Math.max(...kde.densities);
    let inside = 0;
    kde.densities.forEach((density, i) => {
      const [x, y] = [kde.at[2 * i], kde.at[2 * i + 1]];
      if (Math.max(Math.abs(x), Math.abs(y)) > 0.49) return;
      inside++;
      expect(Math.abs(densityAt(grid, x, y) - density) / highest).toBeLessThan(1e-3);
    });
    expect(inside).toBeGreaterThan(8);
  });

  it('agree with the formula at every point, but for what a cut off kernel leaves out', () => {
    const many = clumped(500, 6, 4);
    const sums = densitySums(many, { bandwidth: 0.03, box: boxOf(many), samples: 500 });
    for (let i = 0; i < 500; i++) {
      const exact = bruteForce(many, 0.03, many[2 * i], many[2 * i + 1]);
      expect(sums[i]).toBeLessThanOrEqual(exact * (1 + 1e-12));
      expect(sums[i]).toBeGreaterThan(exact * 0.998);
    }
  });
});

describe('bandwidthOf', () => {
  const turns = fc.record({
    angle: fc.double({ min: 0, max: 6.3, noNaN: true }),
    scale: fc.double({ min: 0.1, max: 10, noNaN: true }),
    x: fc.double({ min: -3, max: 3, noNaN: true }),
    y: fc.double({ min: -3, max: 3, noNaN: true }),
  });

  it('is blind to shifting and turning, and scales with the points', () => {
    const points = clumped(400, 5, 9);
    const plain = bandwidthOf(points);
    fc.assert(
      fc.property(turns, ({ angle, scale, x, y }) => {
        const turned = points.map((value, i) => {
          const other = points[i ^ 1];
          const along = i % 2 === 0 ? value * Math.cos(angle) - other * Math.sin(angle) : 0;
          const up = i % 2 === 1 ? other * Math.sin(angle) + value * Math.cos(angle) : 0;
          return scale * (along + up) + (i % 2 === 0 ? x : y);
        });
        expect(bandwidthOf(turned) / (scale * plain)).toBeCloseTo(1, 3);
      }),
    );
  });

  it("is Scott's rule at 50 points of a normal distribution, and less than it for clumps", () => {
    let sum = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const normal = clumped(50, 1, seed);
      sum += bandwidthOf(normal) / (scottOf(normal) || 1);
    }
    expect(sum / 40).toBeGreaterThan(0.85);
    expect(sum / 40).toBeLessThan(1.25);
    const clumps = clumped(5000, 12, 3);
    expect(bandwidthOf(clumps)).toBeLessThan(0.5 * scottOf(clumps));
  });

  it('is above 0 for one point, equal points, and mostly equal points', () => {
    const mostly = new Float32Array(200);
    mostly.set([1, 1], 198);
    for (const points of [new Float32Array(2), new Float32Array(80), mostly]) {
      expect(bandwidthOf(points)).toBeGreaterThan(0);
    }
  });
});

function scottOf(points: Float32Array): number {
  const n = points.length / 2;
  const mean = [0, 1].map((axis) => points.reduce((sum, value, i) => (i % 2 === axis ? sum + value : sum), 0) / n);
  const squares = points.reduce((sum, value, i) => sum + (value - mean[i % 2]) ** 2, 0);
  return Math.sqrt(squares / (2 * n)) * n ** (-1 / 6);
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

  it('moves, turns and grows with the papers', () => {
    const points = clumped(400, 6, 5);
    const plain = densityContours(points);
    const angle = 0.7;
    const turned = points.map((value, i) =>
      i % 2 === 0
        ? 2 * (value * Math.cos(angle) - points[i + 1] * Math.sin(angle)) + 5
        : 2 * (points[i - 1] * Math.sin(angle) + value * Math.cos(angle)) - 1,
    );
    const other = densityContours(turned);
    plain.levels.forEach(({ density, rings }, at) => {
      expect((4 * other.levels[at].density) / density).toBeCloseTo(1, 1);
      expect(areaOf(ringsOf(other, at)) / (4 * areaOf(rings))).toBeCloseTo(1, 1);
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

describe('contourTile', () => {
  const map = { minX: -1, minY: -0.6, maxX: 1, maxY: 0.6 };
  const views = fc
    .record({
      x: fc.double({ min: -1, max: 1, noNaN: true }),
      y: fc.double({ min: -1, max: 1, noNaN: true }),
      half: fc.double({ min: 0.001, max: 0.49, noNaN: true }),
    })
    .map(({ x, y, half }) => ({ minX: x - half, maxX: x + half, minY: y - half / 2, maxY: y + half / 2 }));

  it('holds the view with room around it, and not much more', () => {
    fc.assert(
      fc.property(views, (view) => {
        const tile = contourTile(view, map);
        const width = view.maxX - view.minX;
        expect(tile).not.toBeNull();
        if (!tile) return;
        expect(tile.box.minX).toBeLessThan(view.minX - width / 8 + (tile.octave === 8 ? width : 0));
        expect(tile.box.maxX).toBeGreaterThan(view.maxX);
        expect(tile.box.minY).toBeLessThan(view.minY);
        expect(tile.box.maxY).toBeGreaterThan(view.maxY);
        if (tile.octave < 8) expect(tile.box.maxX - tile.box.minX).toBeLessThan(4.5 * width);
      }),
    );
  });

  it('is the same for small moves, another one for others, and none for the whole map', () => {
    const view = { minX: 0.1, minY: 0.1, maxX: 0.3, maxY: 0.2 };
    const key = contourTile(view, map)?.key;
    expect(contourTile({ ...view, minX: 0.101, maxX: 0.301 }, map)?.key).toBe(key);
    expect(contourTile({ ...view, minX: -0.5, maxX: -0.3 }, map)?.key).not.toBe(key);
    expect(contourTile(map, map)).toBeNull();
  });
});
