import type { Box } from './density-grid.ts';

/** A part of the map at a depth of zoom, for which contours are computed once and can be kept by `key`. */
export interface ContourTile {
  /** 1, 2, …: how many times the map has been doubled. */
  readonly octave: number;
  /** Holds the view with room around it. */
  readonly box: Box;
  readonly key: string;
}

/** Deeper than this, single papers are seen. */
const MAX_OCTAVE = 8;

/** Share of a tile's step that is added around the view. */
const MARGIN = 0.5;

/**
 * The tile that holds `view`: its edges stand on a grid of half a view's width or so, hence small moves keep the tile.
 * null for a view that is not yet half as wide as the map: there the contours of the whole map are fine enough.
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
