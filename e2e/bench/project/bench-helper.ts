import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { Matrix } from '../../../src/model/matrix.ts';
import { loadKernels } from '../../../src/project/kernels/kernels.web.ts';
import {
  makeNeighborSearch,
  type SearchHelper,
  type SearchOrder,
} from '../../../src/project/neighbors/neighbor-search.ts';
import type { SearchState, SharedSearch } from '../../../src/project/neighbors/shared-search.ts';

type Request =
  | { readonly vectors: Matrix; readonly order: SearchOrder }
  | { readonly share: number; readonly state: SearchState };

/** `knn.worker.ts` in a thread of Node's, which loads the module at `url`: one that calls `serveHelper`. */
export function startHelper(url: URL): SearchHelper {
  const worker = new Worker(url);
  const waiting: ((told: SearchState) => void)[] = [];
  worker.on('message', (told: SearchState) => waiting.shift()?.(told));
  return {
    async open(vectors, order) {
      worker.postMessage({ vectors, order } satisfies Request);
    },
    work(share, state) {
      worker.postMessage({ share, state } satisfies Request);
      return new Promise((resolve) => waiting.push(resolve));
    },
    close: () => void worker.terminate(),
  };
}

/** In a helper's thread: does what it is asked. Elsewhere nothing. */
export async function serveHelper(): Promise<void> {
  if (isMainThread || !parentPort) return;
  const port = parentPort;
  const requests: Request[] = [];
  const makeKernels = loadKernels();
  let search: SharedSearch | null = null;
  const answer = async (request: Request): Promise<void> => {
    if ('order' in request) {
      search = makeNeighborSearch(request.vectors, request.order, await makeKernels);
      return;
    }
    if (!search) throw new Error('expected an order before work');
    search.load(request.state);
    search.begin(request.share);
    while (search.step());
    port.postMessage(search.state());
  };
  let busy = false;
  port.on('message', async (request: Request) => {
    requests.push(request);
    if (busy) return;
    busy = true;
    for (let next = requests.shift(); next; next = requests.shift()) await answer(next);
    busy = false;
  });
}
