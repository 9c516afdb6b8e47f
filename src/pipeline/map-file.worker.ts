import { transfer } from 'comlink';
import { decodeMapFile, encodeMapFile } from '../model/map-file.ts';
import { serve } from '../worker/serve.web.ts';
import type { MapFileApi } from './map-file.api.ts';

const api: MapFileApi = {
  decode: decodeMapFile,
  async encode(map) {
    const bytes = await encodeMapFile(map);
    return transfer(bytes, [bytes]);
  },
};

serve(api);
