import { type Failure, type Stage, toFailure } from '../model/failure.ts';
import type { Projector } from '../project/project.client.ts';
import type { Job } from './state.ts';
import type { Store } from './store.ts';

/** Changes the displayed state of a job; has no effect after its end. */
export type UpdateJob = (change: Partial<Job>) => void;

/** How work ended: with its result or with a failure, such as `cancelled`. */
export type Outcome<Result> =
  | { readonly isDone: true; readonly result: Result }
  | { readonly isDone: false; readonly failure: Failure };

/** Runs one piece of work at a time and shows it meanwhile. */
export interface Jobs {
  /**
   * Runs `work` after cancelling what is running. A failure is reported to the user, with `stage` where the error
   * carries none; cancelling is silent. Never rejects.
   */
  run<Result>(
    job: Pick<Job, 'kind' | 'name'>,
    stage: Stage,
    work: (signal: AbortSignal, update: UpdateJob) => Promise<Result>,
  ): Promise<Outcome<Result>>;
  /** Cancels the current work. What was shown before it comes back. */
  cancel(): void;
  /** Pauses or resumes the current layout. */
  pause(paused: boolean): void;
}

/** The failure of work; null when it succeeded. */
export function failureOf(outcome: Outcome<unknown>): Failure | null {
  return outcome.isDone ? null : outcome.failure;
}

/** @param projector computes layouts, which can be paused */
export function makeJobs(store: Store, projector: Pick<Projector, 'pause' | 'resume'>): Jobs {
  let running: AbortController | null = null;
  return {
    async run(job, stage, work) {
      running?.abort();
      const controller = new AbortController();
      running = controller;
      store.set({ job: { ...job, progress: null, total: 0, places: null, paused: false } });
      const update: UpdateJob = (change) => {
        if (running !== controller) return;
        store.set((state) => (state.job ? { job: { ...state.job, ...change } } : {}));
      };
      try {
        return { isDone: true, result: await work(controller.signal, update) };
      } catch (error) {
        store.report(error, stage);
        return { isDone: false, failure: toFailure(error, stage) };
      } finally {
        if (running === controller) {
          running = null;
          store.set({ job: null });
        }
      }
    },
    cancel: () => running?.abort(),
    pause(paused) {
      const signal = running?.signal;
      store.set(({ job }) => (job ? { job: { ...job, paused } } : {}));
      // If the worker has ended meanwhile, the run itself reports that.
      (paused ? projector.pause({ signal }) : projector.resume({ signal })).catch(() => {});
    },
  };
}
