import { isCancelled } from '../model/failure.ts';

/** Pictures of the map in the making, one after the other, while vectors arrive. */
export interface LivePreview {
  /** More vectors have arrived. */
  arrived(): void;
  stop(): void;
}

const MIN_PAUSE_MS = 250;
/** A preview takes at most about a tenth of the time, or it would slow down what it shows. */
const PAUSE_FACTOR = 9;

/**
 * Calls `show` for the newest state each time: one at a time, none while nothing has arrived, and none after it has
 * failed.
 */
export function makeLivePreview(show: () => Promise<void>): LivePreview {
  let waiting = false;
  let busy = false;
  let stopped = false;

  async function next(): Promise<void> {
    if (busy || stopped || !waiting) return;
    busy = true;
    waiting = false;
    const began = performance.now();
    try {
      await show();
    } catch (error) {
      stopped = true;
      // A preview is a courtesy: the run itself will meet the same failure and report it.
      if (!isCancelled(error)) console.warn('no preview:', error);
    }
    const tookMs = performance.now() - began;
    setTimeout(
      () => {
        busy = false;
        void next();
      },
      Math.max(MIN_PAUSE_MS, tookMs * PAUSE_FACTOR),
    );
  }

  return {
    arrived() {
      waiting = true;
      void next();
    },
    stop() {
      stopped = true;
    },
  };
}
