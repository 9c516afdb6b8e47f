import { transfer } from 'comlink';
import { withSoundHues } from '../math/topic-hues.ts';
import type { MapData } from '../model/map-data.ts';
import { decodeMapFile } from '../model/map-file/decode-map-file.ts';
import { encodeMapFile } from '../model/map-file/encode-map-file.ts';
import { serve } from '../worker/serve.web.ts';
import type { MapFileApi } from './map-file.api.ts';

const api: MapFileApi = {
  async decode(file, takes) {
    if (!(file instanceof Blob)) return withColors(await decodeMapFile(file, takes));
    const slice = (start: number, end: number): Promise<ArrayBuffer> => file.slice(start, end).arrayBuffer();
    return withColors(await decodeMapFile({ byteLength: file.size, slice }, takes));
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

function withColors(map: MapData): MapData {
  return { ...map, topics: map.topics && withSoundHues(map.topics, map.positions) };
}
