import { describe, expect, it } from 'vitest';
import { makeContourSession } from './contour-session.ts';
import { densityContours } from './contours.ts';

const positions = Float32Array.from({ length: 80 }, (_, i) => Math.sin(i * i));
const half = Int32Array.from({ length: 20 }, (_, i) => i);
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('makeContourSession', () => {
  it('traces every group by itself', async () => {
    const { trace } = makeContourSession(nextTask);
    const traced = await trace(1, { positions, groups: [null, half], shares: [0.5] });
    const shares = [0.5];
    expect(traced).toEqual([
      densityContours(positions, { shares }),
      densityContours(positions, { shares, indices: half }),
    ]);
  });

  it('drops a call as soon as a newer one has come, and never a newer one', async () => {
    let pauses = 0;
    const { trace } = makeContourSession(() => {
      pauses++;
      return nextTask();
    });
    const older = trace(1, { positions, groups: [half, half, half, half] });
    const newer = trace(2, { positions, groups: [half] });
    const late = trace(1, { positions, groups: [half] });
    expect(await older).toBeNull();
    expect((await newer)?.length).toBe(1);
    expect(await late).toBeNull();
    expect(pauses).toBe(3);
  });
});

describe('contours of short texts', () => {
  it('of every topic can be seen and hold their shares, whatever knots and copies its papers lie in', async () => {
    // Twelve topics of 60 papers: half of each are copies on one spot, the others in five knots of a few pixels.
    const positions = new Float32Array(2 * 720);
    for (let i = 0; i < 720; i++) {
      const [topic, knot] = [i % 12, i % 120 < 60 ? 0 : 1 + ((i * 7) % 5)];
      const [angle, far] = [2.4 * i, knot === 0 ? 0 : 0.004 * (((i * 13) % 7) / 7)];
      positions[2 * i] = 0.5 * (topic % 4) - 0.75 + 0.05 * knot + far * Math.cos(angle);
      positions[2 * i + 1] = 0.6 * Math.floor(topic / 4) - 0.6 + 0.04 * ((knot * 3) % 5) + far * Math.sin(angle);
    }
    const groups = Array.from({ length: 12 }, (_, topic) => {
      return Int32Array.from({ length: 60 }, (__, i) => topic + 12 * i);
    });
    const session = makeContourSession(() => Promise.resolve());
    const traced = await session.trace(1, { positions, groups });
    expect(traced).toHaveLength(12);
    traced?.forEach(({ levels }, topic) => {
      expect(levels.map(({ share }) => share)).toEqual([0.95, 0.8, 0.5]);
      for (const { share, rings } of levels) {
        const inside = Array.from(groups[topic]).filter((paper) => {
          return isInside(rings, positions[2 * paper], positions[2 * paper + 1]);
        });
        // Copies are in or out together, so a ring may hold more than its share.
        expect(inside.length / 60).toBeGreaterThanOrEqual(share - 0.05);
        // On a screen where the map is 900 px wide, 12 px across at least: more than a dot hides.
        expect(widthOf(rings) * 450).toBeGreaterThan(12);
      }
    });
  });
});

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

function widthOf(rings: readonly Float32Array[]): number {
  const widths = rings.map((ring) => {
    const xs = Array.from(ring).filter((_, i) => i % 2 === 0);
    return Math.max(...xs) - Math.min(...xs);
  });
  return Math.max(0, ...widths);
}
