import { type Failure, type Stage, toFailure } from '../model/failure.ts';
import type { Projector } from '../project/project.client.ts';
import type { Job } from './runs.ts';
import type { Store } from './store.ts';

/** Changes the displayed state of a job; has no effect after its end. */
export type UpdateJob = (change: Partial<Job>) => void;

/** How work ended: with its result or with a failure, such as `cancelled`. */
export type Outcome<Result> =
  | { readonly isDone: true; readonly result: Result }
  | { readonly isDone: false; readonly failure: Failure };

/** What a job is called. */
type Named = Pick<Job, 'kind' | 'name'>;

/** Work of one job. */
type Work<Result> = (signal: AbortSignal, update: UpdateJob) => Promise<Result>;

/** The reason of an abort by which other work takes the place of a run, so that it may be wanted back. */
export const REPLACED = 'replaced';

/**
 * Runs one piece of work at a time, and beside it one reading of files, and shows both meanwhile. A failure is reported
 * to the user, with `stage` where the error carries none; cancelling is silent. No method rejects.
 */
export interface Jobs {
  /** Runs `work` when the map that is being made, if any, has ended; other work, except a reading, is cancelled. */
  run<Result>(job: Named, stage: Stage, work: Work<Result>): Promise<Outcome<Result>>;
  /** Reads files while other work goes on. Cancels the reading before it. */
  read<Result>(job: Named, stage: Stage, work: Work<Result>): Promise<Outcome<Result>>;
  /** Cancels the current work. What was shown before it comes back. */
  cancel(): void;
  /** Cancels the current reading. */
  cancelReading(): void;
  /** Cancels the current work, with {@link REPLACED} as the reason, and resolves when it has ended. */
  stop(): Promise<void>;
  /** Pauses or resumes the current layout. */
  pause(paused: boolean): void;
}

/** The failure of work; null when it succeeded. */
export function failureOf(outcome: Outcome<unknown>): Failure | null {
  return outcome.isDone ? null : outcome.failure;
}

/** @param projector computes layouts, which can be paused */
export function makeJobs(store: Store, projector: Pick<Projector, 'pause' | 'resume'>): Jobs {
  const main = makeSlot(store, 'job');
  const reading = makeSlot(store, 'reading');
  return {
    async run(...work) {
      // Only its own Cancel, or the user's answer to a question, ends a run.
      while (store.get().job?.kind === 'building') await main.ended();
      return main.run(...work);
    },
    read: reading.run,
    cancel: () => main.cancel(),
    cancelReading: () => reading.cancel(),
    async stop() {
      main.cancel(REPLACED);
      await main.ended();
    },
    pause(paused) {
      const signal = main.signal();
      store.set(({ job }) => (job ? { job: { ...job, paused } } : {}));
      // If the worker has ended meanwhile, the run itself reports that.
      (paused ? projector.pause({ signal }) : projector.resume({ signal })).catch(() => {});
    },
  };
}

/** Runs one piece of work at a time, which the store holds as `key`. */
function makeSlot(store: Store, key: 'job' | 'reading') {
  let running: AbortController | null = null;
  let end: Promise<unknown> = Promise.resolve();

  async function start<Result>(job: Named, stage: Stage, work: Work<Result>): Promise<Outcome<Result>> {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    store.set({ [key]: { ...job, progress: null, total: 0, places: null, paused: false } });
    const update: UpdateJob = (change) => {
      if (running !== controller) return;
      store.set((state) => (state[key] ? { [key]: { ...state[key], ...change } } : {}));
    };
    try {
      return { isDone: true, result: await work(controller.signal, update) };
    } catch (error) {
      store.report(error, stage);
      return { isDone: false, failure: toFailure(error, stage) };
    } finally {
      if (running === controller) {
        running = null;
        store.set({ [key]: null });
      }
    }
  }

  return {
    run<Result>(job: Named, stage: Stage, work: Work<Result>): Promise<Outcome<Result>> {
      const outcome = start(job, stage, work);
      end = outcome;
      return outcome;
    },
    cancel: (reason?: typeof REPLACED) => running?.abort(reason),
    signal: () => running?.signal,
    ended: () => end,
  };
}
