import type { MapData } from '../model/map-data.ts';
import type { TakenMaps } from '../model/map-file/decode-map-file.ts';

/** A map file: its bytes, or a file of the user's, of which no more is read than tells it from a table. */
export type MapBytes = ArrayBuffer | Blob;

/** The map file worker, as the page sees it; parsing an untrusted Parquet file must be possible to terminate. */
export interface MapFileApi {
  /** Fails with map-corrupt, map-invalid, not-a-map or map-newer. */
  decode(file: MapBytes, takes?: TakenMaps): Promise<MapData>;
  encode(map: MapData): Promise<ArrayBuffer>;
  /** The papers as a table for Embedding Atlas. */
  encodeAtlas(map: MapData): Promise<ArrayBuffer>;
}
