import type { ContourTile } from './contour-tile.ts';
import type { Contours } from './contours.ts';

/** What to trace contours of. */
export interface ContourRequest {
  /** n×2 in map units, NaN = not placed. */
  readonly positions: Float32Array;
  /** Paper indices of each group; null: all papers. Every group has its own density and levels. */
  readonly groups: readonly (Int32Array | null)[];
  /** See `ContourOptions.shares`. */
  readonly shares?: readonly number[];
  /** A part of the map, finer; default: the whole map. */
  readonly tile?: ContourTile | null;
}

/** What the contours worker offers. It holds nothing between calls. */
export interface ContoursApi {
  /** The contours of each group; null when a call with a higher `ticket` came before they were done. */
  trace(ticket: number, request: ContourRequest): Promise<readonly Contours[] | null>;
}
