import { describe, expect, it } from 'vitest';
import { fill, lab, options, run } from './fixtures/session-lab.ts';

describe('a projection session while it runs', () => {
  it('reports each stage to its end, with the time left', async () => {
    const made = lab(11);
    fill(made.session, 60, 8);
    const { progress } = await run(made);
    for (const stage of ['finding neighbours', 'laying out', 'measuring']) {
      const steps = progress.filter((step) => step.stage === stage);
      expect(steps[0]).toMatchObject({ done: 0, leftMs: null });
      expect(steps.at(-1)?.done).toBe(steps.at(-1)?.total);
      for (let i = 1; i < steps.length; i++) expect(steps[i].done).toBeGreaterThanOrEqual(steps[i - 1].done);
    }
  });

  it('shows pictures at most every 100 ms of its clock and breathes between', async () => {
    const slow = lab(25);
    fill(slow.session, 40, 8);
    const { previews } = await run(slow);
    expect(previews.length).toBeGreaterThan(3);
    expect(previews.length).toBeLessThan(45);
    for (const positions of previews) expect(Math.max(...positions.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(slow.breaths).toBeGreaterThan(previews.length);
    const fast = lab(0);
    fill(fast.session, 40, 8);
    expect((await run(fast)).previews.length).toBe(1);
  });

  it('gives the same bytes whatever the clock says', async () => {
    const [one, two] = [lab(0), lab(17)];
    for (const { session } of [one, two]) fill(session, 40, 8);
    expect((await run(one)).result).toEqual((await run(two)).result);
  });

  it('stands still while it is paused, and ends in the same bytes as if it had not been', async () => {
    const [whole, held] = [lab(20), lab(20)];
    for (const { session } of [whole, held]) fill(session, 60, 8);
    const undisturbed = (await run(whole)).result;
    let previews = 0;
    const running = held.session.run(
      options,
      () => {},
      () => {
        previews++;
        if (previews === 2) held.session.pause();
      },
    );
    const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 40));
    await later();
    const breaths = held.breaths;
    await later();
    expect(previews).toBe(2);
    expect(held.breaths).toBe(breaths);
    held.session.resume();
    expect(await running).toEqual(undisturbed);
    expect(previews).toBeGreaterThan(2);
  });

  it('begins a run unpaused', async () => {
    const made = lab(20);
    fill(made.session, 30, 8);
    made.session.pause();
    expect((await run(made)).result.positions.length).toBe(60);
  });

  it('posts n × 8 bytes a picture', async () => {
    const made = lab(25);
    fill(made.session, 45, 8);
    for (const positions of (await run(made)).previews) expect(positions.buffer.byteLength).toBe(45 * 8);
  });

  it('keeps its result whole when pictures are transferred away', async () => {
    const made = lab(40);
    fill(made.session, 30, 8);
    const result = await made.session.run(
      options,
      () => {},
      (positions) => structuredClone(positions, { transfer: [positions.buffer] }),
    );
    expect(result.positions.every(Number.isFinite)).toBe(true);
  });
});
