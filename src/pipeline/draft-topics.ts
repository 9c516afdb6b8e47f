import { isCancelled } from '../model/failure.ts';
import type { TopicTree } from '../model/topics.ts';
import type { TopicDraft } from './analysis.client.ts';

/** The topics of a map in the making, and where its papers stood when they were last drawn. */
export interface Draft {
  readonly topics: TopicTree;
  /** n×2 in map units, NaN for a paper without a position: for names and contours, which rest while the papers move. */
  readonly places: Float32Array;
}

/** Finds topics on the pictures of a map in the making. */
export interface DraftTopics {
  /**
   * Takes the newest picture (n×2). Topics are found anew where `step` is higher than when they were last found; otherwise
   * only their names follow the papers.
   */
  see(positions: Float32Array, step: number): void;
  /** Ends it and frees its worker. Resolves when the last draft has stood for a second, at once after an abort. */
  end(): Promise<void>;
}

/** Callback and signal of a draft. */
export interface DraftWatch {
  readonly signal: AbortSignal;
  /** Called with each draft, at most once a second, so that no name or colour changes twice within one. */
  readonly onDraft: (draft: Draft) => void;
}

/** Resolves after this many milliseconds or more. */
export type After = (ms: number) => Promise<void>;

/** The window's timer. */
export const afterMs: After = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Nothing on the map changes its name or colour twice within this time. */
const STAND_MS = 1000;
/** Finding topics takes at most about a tenth of the time, so that it does not slow down the run. */
const PAUSE_FACTOR = 9;

/** Up to this step, of the map by words once it has settled, topics are found without a pause. */
const URGENT_STEP = 1;

/** Begins at once to read the texts; the first draft comes with the first picture after that. */
export function makeDraftTopics(draft: TopicDraft, { signal, onDraft }: DraftWatch, after: After): DraftTopics {
  let newest: { readonly positions: Float32Array; readonly step: number } | null = null;
  let drawn: Float32Array | null = null;
  let topics: TopicTree | null = null;
  let foundStep = Number.NEGATIVE_INFINITY;
  let drawnMs = Number.NEGATIVE_INFINITY;
  let quietUntilMs = Number.NEGATIVE_INFINITY;
  let isRunning = false;
  let isOver = false;

  // An abort may come before anything waits for the texts.
  draft.isRead.catch(() => undefined);

  async function findTopics({ positions, step }: NonNullable<typeof newest>): Promise<void> {
    if (step <= foundStep || (step > URGENT_STEP && performance.now() < quietUntilMs)) return;
    const began = performance.now();
    foundStep = step;
    topics = await draft.find(positions);
    const ended = performance.now();
    quietUntilMs = ended + (ended - began) * PAUSE_FACTOR;
  }

  async function run(): Promise<void> {
    await draft.isRead;
    while (!isOver && newest && (newest.positions !== drawn || newest.step > foundStep)) {
      await findTopics(newest);
      if (isOver || signal.aborted) return;
      drawn = newest.positions;
      if (topics) {
        onDraft({ topics, places: drawn });
        drawnMs = performance.now();
      }
      await after(STAND_MS);
    }
  }

  return {
    see(positions, step) {
      if (isOver) return;
      newest = { positions, step: Math.max(step, newest?.step ?? step) };
      if (isRunning) return;
      isRunning = true;
      run()
        .catch((error: unknown) => {
          // Drafts are optional: the run itself will meet the same failure and report it.
          isOver = true;
          if (!isCancelled(error)) console.warn('no draft of topics:', error);
        })
        .finally(() => {
          isRunning = false;
        });
    },
    async end() {
      isOver = true;
      draft.stop();
      const left = drawnMs + STAND_MS - performance.now();
      if (left > 0 && !signal.aborted) await after(left);
    },
  };
}
