import { type Failure, type Stage, toFailure } from '../model/failure.ts';
import type { Projector } from '../project/project.client.ts';
import type { Job } from './state.ts';
import type { Store } from './store.ts';

/** Changes what is shown of a job; without effect once it is over. */
export type UpdateJob = (change: Partial<Job>) => void;

/** How work has ended: with its result, or with a failure, which `cancelled` is too. */
export type Outcome<Result> =
  | { readonly isDone: true; readonly result: Result }
  | { readonly isDone: false; readonly failure: Failure };

/** Work that is shown while it runs: one at a time. */
export interface Jobs {
  /**
   * Runs `work`, in place of what runs before. What fails is said in words, as a failure at `stage` where the error
   * carries none; what is cancelled is silent. Never rejects.
   */
  run<Result>(
    job: Pick<Job, 'kind' | 'name'>,
    stage: Stage,
    work: (signal: AbortSignal, update: UpdateJob) => Promise<Result>,
  ): Promise<Outcome<Result>>;
  /** Stops what is under way. What was shown before it comes back. */
  cancel(): void;
  /** Holds the layout under way up, or lets it go on. */
  pause(paused: boolean): void;
}

/** What work has failed with; null where it was done. */
export function failureOf(outcome: Outcome<unknown>): Failure | null {
  return outcome.isDone ? null : outcome.failure;
}

/** @param projector lays maps out: what can be held up */
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
      // When the worker ends meanwhile, the run itself says so.
      (paused ? projector.pause({ signal }) : projector.resume({ signal })).catch(() => {});
    },
  };
}
