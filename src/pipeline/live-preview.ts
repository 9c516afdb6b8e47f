import { isCancelled } from '../model/failure.ts';
import type { Projector } from '../project/project.client.ts';
import type { BuildWatch } from './build-map.ts';

/** Places for the papers whose vectors are there, while the rest is still being encoded. */
export interface LivePreview {
  /** More vectors have arrived. */
  arrived(): void;
  stop(): void;
}

const MIN_PAUSE_MS = 250;
/** A preview takes at most about a tenth of the time, or it would slow down what it shows. */
const PAUSE_FACTOR = 9;

/** One preview at a time, the newest state each time; none while nothing has arrived. */
export function makeLivePreview(projector: Projector, watch: Pick<BuildWatch, 'onPlaces' | 'signal'>): LivePreview {
  let waiting = false;
  let busy = false;
  let stopped = false;

  async function show(): Promise<void> {
    if (busy || stopped || !waiting) return;
    busy = true;
    waiting = false;
    const began = performance.now();
    try {
      const positions = await projector.preview({ signal: watch.signal });
      if (!stopped) watch.onPlaces(positions);
    } catch (error) {
      stopped = true;
      // A preview is a courtesy: the run itself will meet the same failure and report it.
      if (!isCancelled(error)) console.warn('no preview:', error);
    }
    const tookMs = performance.now() - began;
    setTimeout(
      () => {
        busy = false;
        void show();
      },
      Math.max(MIN_PAUSE_MS, tookMs * PAUSE_FACTOR),
    );
  }

  return {
    arrived() {
      waiting = true;
      void show();
    },
    stop() {
      stopped = true;
    },
  };
}
