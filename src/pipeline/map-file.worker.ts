import { transfer } from 'comlink';
import { decodeMapFile } from '../model/map-file/decode-map-file.ts';
import { encodeMapFile } from '../model/map-file/encode-map-file.ts';
import { serve } from '../worker/serve.web.ts';
import type { MapFileApi } from './map-file.api.ts';

const api: MapFileApi = {
  decode(file, takes) {
    if (!(file instanceof Blob)) return decodeMapFile(file, takes);
    const slice = (start: number, end: number): Promise<ArrayBuffer> => file.slice(start, end).arrayBuffer();
    return decodeMapFile({ byteLength: file.size, slice }, takes);
  },
  async encode(map) {
    const bytes = encodeMapFile(map);
    return transfer(bytes, [bytes]);
  },
  async encodeAtlas(map) {
    const { encodeAtlasFile } = await import('../model/map-file/encode-atlas-file.ts');
    const bytes = encodeAtlasFile(map);
    return transfer(bytes, [bytes]);
  },
};

serve(api);
