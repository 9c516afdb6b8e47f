import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bruteForce, clumped } from '../fixtures/clumps.ts';
import { type Box, densityAt, densityGrid, densitySums, summedGrid } from './density-grid.ts';

const kde: { bandwidth: number; points: number[]; at: number[]; densities: number[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/kde.json'), 'utf8'),
);

function boxOf(points: ArrayLike<number>): Box {
  const xs = Array.from(points).filter((_, i) => i % 2 === 0);
  const ys = Array.from(points).filter((_, i) => i % 2 === 1);
  return { minX: Math.min(...xs), maxX: Math.max(...xs), minY: Math.min(...ys), maxY: Math.max(...ys) };
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
