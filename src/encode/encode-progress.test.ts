import { describe, expect, it } from 'vitest';
import { makeEncodeProgress } from './encode-progress.ts';

describe('makeEncodeProgress', () => {
  it('estimates from characters alone before anything is done', () => {
    const progress = makeEncodeProgress(1000, () => 0).progress();
    expect(progress).toMatchObject({ done: 0, total: 200, leftMs: null });
  });

  it('learns how many pieces a character is, and how long a piece takes', () => {
    let now = 0;
    const clock = makeEncodeProgress(1000, () => now);
    // The model starts up with the first batch, which says nothing of the speed.
    now = 9000;
    clock.add(250, 100);
    expect(clock.progress()).toMatchObject({ done: 100, total: 400, leftMs: null });
    now = 10_000;
    clock.add(250, 100);
    expect(clock.progress()).toMatchObject({ done: 200, total: 400, leftMs: null });
    now = 11_000;
    clock.add(250, 100);
    expect(clock.progress()).toMatchObject({ done: 300, total: 400, leftMs: 100 * 10 });
  });

  it('is not taken in by answers that come at the same moment', () => {
    let now = 0;
    const clock = makeEncodeProgress(1000, () => now);
    clock.add(100, 100);
    now = 2500;
    clock.add(100, 100);
    clock.add(100, 100);
    const { leftMs } = clock.progress();
    expect(leftMs).toBeGreaterThan(700 * 10);
    expect(leftMs).toBeLessThan(700 * 25);
  });

  it('ends at its total with no time left', () => {
    let now = 0;
    const clock = makeEncodeProgress(100, () => now);
    now = 10;
    clock.add(100, 37);
    expect(clock.progress()).toMatchObject({ done: 37, total: 37, leftMs: 0 });
  });
});
