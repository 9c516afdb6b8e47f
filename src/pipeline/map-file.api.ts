import type { MapData } from '../model/map-data.ts';
import type { TakenMaps } from '../model/map-file/decode-map-file.ts';

/** The map file worker, as the page sees it; parsing an untrusted Parquet file must be possible to terminate. */
export interface MapFileApi {
  /** Fails with map-corrupt, map-invalid, not-a-map or map-newer. */
  decode(bytes: ArrayBuffer, takes?: TakenMaps): Promise<MapData>;
  encode(map: MapData): Promise<ArrayBuffer>;
}
