import type { Box } from './density-grid.ts';

/** A part of the map at a zoom level; its contours are computed once and can be cached by `key`. */
export interface ContourTile {
  /** 1, 2, …: how often the map's size has been doubled. */
  readonly octave: number;
  /** Contains the view with a margin. */
  readonly box: Box;
  readonly key: string;
}

/** At deeper zoom, single papers can be seen. */
const MAX_OCTAVE = 8;

/** Margin around the view, as a share of a tile's step. */
const MARGIN = 0.5;

/**
 * The tile that contains `view`. Its edges lie on a grid of about half a view's width, so that small moves keep the
 * tile. Null for a view wider than half the map, for which the contours of the whole map are fine enough.
 */
export function contourTile(view: Box, map: Box): ContourTile | null {
  const mapSide = Math.max(map.maxX - map.minX, map.maxY - map.minY);
  const viewSide = Math.max(view.maxX - view.minX, view.maxY - view.minY);
  const octave = Math.min(Math.floor(Math.log2(mapSide / viewSide)), MAX_OCTAVE);
  if (!(octave >= 1)) return null;
  const step = mapSide / 2 ** (octave + 1);
  const low = (value: number) => Math.floor(value / step - MARGIN);
  const high = (value: number) => Math.ceil(value / step + MARGIN);
  const [left, bottom, right, top] = [low(view.minX), low(view.minY), high(view.maxX), high(view.maxY)];
  const box = { minX: left * step, minY: bottom * step, maxX: right * step, maxY: top * step };
  return { octave, box, key: [octave, left, bottom, right, top].join('/') };
}
