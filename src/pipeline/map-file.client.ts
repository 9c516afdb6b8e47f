import { transfer } from 'comlink';
import type { MapData } from '../model/map-data.ts';
import type { TakenMaps } from '../model/map-file/decode-map-file.ts';
import { makeWorkerSlot } from '../worker/worker-slot.ts';
import type { MapBytes, MapFileApi } from './map-file.api.ts';

/** Reads and writes map files. */
export interface MapFiles {
  /** The map in `file`; bytes are transferred. Fails with map-corrupt, map-invalid, not-a-map or map-newer. */
  decode(file: MapBytes, signal?: AbortSignal, takes?: TakenMaps): Promise<MapData>;
  encode(map: MapData): Promise<ArrayBuffer>;
  /** The papers as a table for Embedding Atlas. */
  encodeAtlas(map: MapData): Promise<ArrayBuffer>;
  dispose(): void;
}

/** Reads and writes map files in a separate worker. */
export function makeMapFiles(): MapFiles {
  const slot = makeWorkerSlot<MapFileApi>(
    'map file',
    () => new Worker(new URL('./map-file.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    decode: (file, signal, takes) => {
      const given = file instanceof Blob ? file : transfer(file, [file]);
      return slot.call((api) => api.decode(given, takes), { signal });
    },
    encode: (map) => slot.call((api) => api.encode(map)),
    encodeAtlas: (map) => slot.call((api) => api.encodeAtlas(map)),
    dispose: () => slot.stop(),
  };
}
