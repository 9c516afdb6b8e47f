import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clumped } from '../fixtures/clumps.ts';
import { bandwidthOf } from './contour-bandwidth.ts';

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
