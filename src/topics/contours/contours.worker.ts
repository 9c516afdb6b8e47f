import { transfer } from 'comlink';
import { nextTask, serve } from '../../worker/serve.web.ts';
import { buffersOf, makeContourSession } from './contour-session.ts';
import type { ContoursApi } from './contours.api.ts';

const session = makeContourSession(nextTask);

const api: ContoursApi = {
  async trace(ticket, request) {
    const traced = await session.trace(ticket, request);
    return transfer(traced, buffersOf(traced));
  },
};

serve(api);
