import { makeWorkerSlot } from '../../worker/worker-slot.ts';
import type { KnnApi } from './knn.api.ts';
import type { SearchHelper } from './neighbor-search.ts';

/**
 * A helper in a worker of its own, which starts at once, and ends at the latest with the worker that started it. Its
 * calls reject where no worker can be started.
 */
export function makeKnnHelper(): SearchHelper {
  const slot = makeWorkerSlot<KnnApi>(
    'neighbour',
    () => new Worker(new URL('./knn.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    open: async (vectors, order) => slot.call((api) => api.open(vectors, order)),
    work: async (share, state) => slot.call((api) => api.work(share, state)),
    close: () => slot.stop(),
  };
}
