import { transfer } from 'comlink';
import { StageError } from '../../model/failure.ts';
import { nextTask, serve } from '../../worker/serve.web.ts';
import { loadKernels } from '../kernels/kernels.web.ts';
import type { KnnApi } from './knn.api.ts';
import { makeNeighborSearch } from './neighbor-search.ts';
import type { SharedSearch } from './shared-search.ts';

/** Longest stretch of work between breaths, in which the pulse goes out. */
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
    const { round, indices, distances, marks, evaluations } = search.state();
    // Copies go: the next round needs the arrays.
    const told = { round, indices: indices.slice(), distances: distances.slice(), marks: marks.slice(), evaluations };
    return transfer(told, [told.indices.buffer, told.distances.buffer, told.marks.buffer]);
  },
};

serve(api);
