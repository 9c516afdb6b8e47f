import { transfer } from 'comlink';
import { nextTask } from '../worker/next-task.web.ts';
import { serve } from '../worker/serve.web.ts';
import { makeSearchSession } from './search-session.ts';

const session = makeSearchSession({
  nowMs: () => performance.now(),
  pause: nextTask,
});

serve({
  ...session,
  search(run: number, query: string, limit: number) {
    const hits = session.search(run, query, limit);
    return transfer(hits, [hits.indices.buffer, hits.scores.buffer]);
  },
});
