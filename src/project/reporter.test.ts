import { describe, expect, it, vi } from 'vitest';
import type { Progress } from '../model/progress.ts';
import { makeGate, makeReporter } from './reporter.ts';

/** Lets real tasks run in each pause, with a clock that advances by 20 ms each time it is read. */
function lab() {
  const gate = makeGate();
  const progress: Progress[] = [];
  let [ms, breaths] = [0, 0];
  const reporter = makeReporter(
    {
      now: () => {
        ms += 20;
        return ms;
      },
      breathe: () => {
        breaths++;
        return new Promise((resolve) => setTimeout(resolve));
      },
    },
    { onProgress: (step) => progress.push(step), onPreview: () => {}, gate },
  );
  return { gate, progress, reporter, breaths: () => breaths };
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));

describe('a reporter', () => {
  it('holds what has a picture up at the gate, without a step or a breath, and goes on where it was', async () => {
    const { gate, reporter, breaths } = lab();
    let steps = 0;
    const step = (): boolean => {
      steps++;
      if (steps === 5) gate.shut();
      return steps < 20;
    };
    const task = { stage: 'laying out', unit: 'epochs', total: 20, done: () => steps } as const;
    const run = reporter.work(step, { ...task, look: () => new Float32Array(2) });
    await vi.waitFor(() => expect(steps).toBe(5));
    await pause();
    const before = breaths();
    await pause();
    expect(steps).toBe(5);
    expect(breaths()).toBe(before);
    gate.open();
    await run;
    expect(steps).toBe(20);
  });

  it('does not hold up what has no picture', async () => {
    const { gate, reporter } = lab();
    let steps = 0;
    gate.shut();
    gate.shut();
    await reporter.work(() => ++steps < 9, { stage: 'measuring', unit: 'papers', total: 9, done: () => steps });
    expect(steps).toBe(9);
  });

  it('tells each go of one task from where the one before has ended', async () => {
    const { progress, reporter } = lab();
    let steps = 0;
    const work = reporter.begin({ stage: 'finding neighbours', unit: 'papers', total: 40, done: () => steps });
    await work(() => ++steps < 20);
    await work(() => ++steps < 40);
    expect(progress[0]).toMatchObject({ done: 0, leftMs: null });
    expect(progress.at(-1)).toMatchObject({ done: 40, leftMs: 0 });
    for (let i = 1; i < progress.length; i++) expect(progress[i].done).toBeGreaterThanOrEqual(progress[i - 1].done);
  });

  it('does not know the time left at first and then follows the pace', async () => {
    const { tell, report } = paced();
    const work = tell(100);
    expect(report().leftMs).toBeNull();
    expect(await work(1000, 10)).toBe(9000);
    expect(await work(3000, 20)).toBe(80 * 120);
    expect(await work(3000, 20)).toBe(80 * 120);
    expect(await work(3000, 100)).toBe(0);
  });

  it('forgets the pace of a task that is over', async () => {
    const { tell, report } = paced();
    await tell(50)(500, 50);
    tell(10);
    expect(report().leftMs).toBeNull();
  });
});

/** A reporter with a settable clock: `tell` begins a task that reports the given work done at the given times. */
function paced() {
  const progress: Progress[] = [];
  let [ms, done] = [0, 0];
  const reporter = makeReporter(
    { now: () => ms, breathe: async () => {} },
    { onProgress: (step) => progress.push(step), onPreview: () => {}, gate: makeGate() },
  );
  const report = () => progress[progress.length - 1];
  return {
    report,
    tell(total: number) {
      done = 0;
      const work = reporter.begin({ stage: 'measuring', unit: 'papers', total, done: () => done });
      return async (atMs: number, doneThen: number) => {
        [ms, done] = [atMs, doneThen];
        await work(() => false);
        return report().leftMs;
      };
    },
  };
}
