import { serve } from '../worker/serve.web.ts';
import type { ContrastApi } from './contrast.api.ts';
import { makeContrastSession } from './contrast-session.ts';

const session = makeContrastSession();

const api: ContrastApi = {
  async read(texts) {
    session.read(texts);
  },
  async tellApart(request) {
    return session.tellApart(request);
  },
};

serve(api);
