import { transfer } from 'comlink';
import { nextTask, serve } from '../../worker/serve.web.ts';
import { makeContourSession } from './contour-session.ts';
import type { ContoursApi } from './contours.api.ts';

const session = makeContourSession(nextTask);

const api: ContoursApi = {
  async trace(ticket, request) {
    const traced = await session.trace(ticket, request);
    const rings = (traced ?? []).flatMap(({ levels }) => levels.flatMap((level) => level.rings));
    return transfer(
      traced,
      rings.map((ring) => ring.buffer),
    );
  },
};

serve(api);
