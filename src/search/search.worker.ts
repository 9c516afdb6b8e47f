import { transfer } from 'comlink';
import { nextTask, serve } from '../worker/serve.web.ts';
import type { SearchRequest } from './search.api.ts';
import { makeSearchSession } from './search-session.ts';

const session = makeSearchSession({
  nowMs: () => performance.now(),
  pause: nextTask,
});

serve({
  ...session,
  search(run: number, request: SearchRequest) {
    const hits = session.search(run, request);
    return transfer(hits, [hits.indices.buffer, hits.scores.buffer, hits.why.buffer]);
  },
});
