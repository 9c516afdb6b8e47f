import type { MapData } from '../../model/map-data.ts';
import { type EffectiveRank, effectiveRank } from './effective-rank.ts';
import { type Hubness, measureHubness } from './hubness.ts';
import { keptNeighbors } from './map-neighbors.ts';
import { neighborhoodOf } from './quality.ts';

/** What is measured of a map that its file does not tell. */
export interface MapMeasures {
  /** Null without vectors. */
  readonly effectiveRank: EffectiveRank | null;
  /** Null without neighbours. */
  readonly hubness: Hubness | null;
  /**
   * Of each paper the share (0…1) of its true neighbours that the map has kept, NaN for one whose vector has no
   * direction; null without neighbours.
   */
  readonly preservation: Float32Array | null;
  /** Neighbours that `preservation` is measured at. */
  readonly k: number;
}

/** What maps are measured on. */
export type MeasuredMap = Pick<MapData, 'positions' | 'neighbors' | 'embedding'>;

/** Measures a map by its own int8 vectors and neighbours. O(n·log n + n·d²), n at most 10,000 in the second part. */
export function measureMap({ positions, neighbors, embedding }: MeasuredMap): MapMeasures {
  const n = positions.length / 2;
  const apart = embedding && Uint8Array.from(embedding.scales, (scale) => (scale === 0 ? 1 : 0));
  const k = Math.min(neighbors?.k ?? 0, neighborhoodOf(n));
  const preservation = neighbors && k > 0 ? keptNeighbors(neighbors, positions, k) : null;
  if (preservation && apart) for (let i = 0; i < n; i++) if (apart[i] === 1) preservation[i] = Number.NaN;
  return {
    effectiveRank: embedding && effectiveRank(embedding),
    hubness: neighbors && measureHubness(neighbors, apart),
    preservation,
    k,
  };
}
