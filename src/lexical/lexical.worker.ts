import { releaseProxy, transfer } from 'comlink';
import { loadKernels } from '../project/kernels/kernels.web.ts';
import { nextTask, serve } from '../worker/serve.web.ts';
import type { LexicalApi } from './lexical.api.ts';
import { makeLexicalSession } from './lexical-session.ts';

const session = makeLexicalSession({ kernels: loadKernels(), now: () => performance.now(), breathe: nextTask });

const api: LexicalApi = {
  ...session,
  async outline(seed, onOutline) {
    try {
      return await session.outline(seed, (positions) => onOutline(transfer(positions, [positions.buffer])));
    } finally {
      // Comlink keeps a port open for each callback until it is released.
      const free: unknown = Reflect.get(onOutline, releaseProxy);
      if (typeof free === 'function') free();
    }
  },
  async glide() {
    const glide = await session.glide();
    return transfer(glide, [glide.positions.buffer]);
  },
};

serve(api);
