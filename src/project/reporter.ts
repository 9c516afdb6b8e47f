import type { OnProgress, Progress } from '../model/progress.ts';
import type { OnPreview } from './project.api.ts';

/** What a reporter needs from the thread that it runs in. */
export interface ReporterClock {
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** Lets the thread answer messages and fire timers. */
  readonly breathe: () => Promise<void>;
}

/** Pauses work between two of its steps. */
interface Gate {
  shut(): void;
  open(): void;
  /** Null when it is open; else a promise that resolves when it opens. */
  wait(): Promise<void> | null;
}

/** Where a reporter reports to. */
interface ReporterOptions {
  readonly onProgress: OnProgress;
  readonly onPreview: OnPreview;
  /** Pauses the tasks that can be paused. */
  readonly gate: Gate;
}

/** A task and its progress. */
export interface Task extends Pick<Progress, 'stage' | 'unit' | 'total'> {
  readonly done: () => number;
  /** The current positions, where there are any to show. Only such a task can be paused. */
  readonly look?: () => Float32Array;
}

/** Drives the steps of a run: reports progress, shows pictures, and lets the thread answer messages in between. */
export interface Reporter {
  /** Repeats `step` until it returns false, with reports, and pauses for messages. */
  work(step: () => boolean, task: Task): Promise<void>;
  /** `work` for a task that is done in several parts. */
  begin(task: Task): (step: () => boolean) => Promise<void>;
  /** Shows a picture at once. */
  preview(look: () => Float32Array): Promise<void>;
}

/** Longest stretch of work without a pause, except for the current step: the time of one screen refresh. */
const BREATH_MS = 16;
/** Time between previews, and between progress reports: ten a second look live and cost the page little. */
const REPORT_MS = 100;
/** Weight of the newest pace in the moving average. */
const NEWEST = 0.2;

/** An open gate. */
export function makeGate(): Gate {
  let opened: Promise<void> | null = null;
  let open = (): void => {};
  return {
    shut() {
      if (opened) return;
      opened = new Promise((resolve) => {
        open = resolve;
      });
    },
    open() {
      opened = null;
      open();
    },
    wait: () => opened,
  };
}

/** A reporter of one run. Time spent at the gate does not affect estimates. */
export function makeReporter(
  { now, breathe }: ReporterClock,
  { onProgress, onPreview, gate }: ReporterOptions,
): Reporter {
  let previewMs = Number.NEGATIVE_INFINITY;
  let heldMs = 0;

  function show(look: () => Float32Array): void {
    if (now() - previewMs < REPORT_MS) return;
    // A copy, since the receiver may transfer it.
    onPreview(look().slice());
    previewMs = now();
  }

  async function pass(): Promise<void> {
    const shutMs = now();
    for (let opened = gate.wait(); opened; opened = gate.wait()) await opened;
    heldMs += now() - shutMs;
  }

  function begin({ stage, unit, total, done, look }: Task): (step: () => boolean) => Promise<void> {
    const timeLeft = makeTimeLeft(() => now() - heldMs);
    let reportMs = now();
    const report = (): void => onProgress({ stage, done: done(), total, unit, leftMs: timeLeft(done(), total) });
    report();
    return async (step) => {
      let breathMs = now();
      while (step()) {
        if (now() - breathMs < BREATH_MS) continue;
        if (now() - reportMs >= REPORT_MS) {
          report();
          reportMs = now();
        }
        if (look) show(look);
        await breathe();
        if (look && gate.wait()) await pass();
        breathMs = now();
      }
      report();
      await breathe();
    };
  }

  return {
    begin,
    work: (step, task) => begin(task)(step),
    async preview(look) {
      show(look);
      await breathe();
    },
  };
}

/**
 * Estimates the milliseconds left from the amount done and the total, by a moving average of the pace between calls;
 * null until there is a pace. `now` is a clock in milliseconds.
 */
function makeTimeLeft(now: () => number): (done: number, total: number) => number | null {
  let lastMs = now();
  let lastDone = 0;
  let msPerUnit: number | null = null;
  return (done, total) => {
    const ms = now();
    if (done > lastDone) {
      const pace = (ms - lastMs) / (done - lastDone);
      msPerUnit = msPerUnit === null ? pace : msPerUnit + NEWEST * (pace - msPerUnit);
      lastMs = ms;
      lastDone = done;
    }
    return msPerUnit === null ? null : Math.max(0, Math.round(msPerUnit * (total - done)));
  };
}
