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
