import { transfer } from 'comlink';
import { decodeMapFile } from '../model/map-file/decode-map-file.ts';
import { encodeMapFile } from '../model/map-file/encode-map-file.ts';
import { serve } from '../worker/serve.web.ts';
import type { MapFileApi } from './map-file.api.ts';

const api: MapFileApi = {
  decode: decodeMapFile,
  async encode(map) {
    const bytes = encodeMapFile(map);
    return transfer(bytes, [bytes]);
  },
};

serve(api);
