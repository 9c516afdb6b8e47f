import { transfer } from 'comlink';
import { StageError } from '../../model/failure.ts';
import { nextTask, serve } from '../../worker/serve.web.ts';
import { loadKernels } from '../kernels/kernels.web.ts';
import type { KnnApi } from './knn.api.ts';
import { makeNeighborSearch } from './neighbor-search.ts';
import type { SharedSearch } from './shared-search.ts';

/** Longest stretch of work before the thread answers messages and sends its pulse. */
const BREATH_MS = 200;

const kernels = loadKernels();
let opening: Promise<SharedSearch> | null = null;

const api: KnnApi = {
  async open(vectors, order) {
    opening = kernels.then((makeKernels) => makeNeighborSearch(vectors, order, makeKernels));
    await opening;
  },
  async work(share, state) {
    const search = await opening;
    if (!search) throw new StageError('internal', 'project', 'expected open(vectors, order) before work');
    search.load(state);
    search.begin(share);
    let breathMs = performance.now();
    while (search.step()) {
      if (performance.now() - breathMs < BREATH_MS) continue;
      await nextTask();
      breathMs = performance.now();
    }
    const { round, indices, distances, flags, evaluations } = search.state();
    // Copies are transferred: the next round needs the arrays themselves.
    const found = { round, indices: indices.slice(), distances: distances.slice(), flags: flags.slice(), evaluations };
    return transfer(found, [found.indices.buffer, found.distances.buffer, found.flags.buffer]);
  },
};

serve(api);
