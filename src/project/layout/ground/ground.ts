/** The grid by which a map's use of its ground is told: a canvas of 16:10 in square cells, 24 × 15. */
const GRID = { columns: 24, rows: 15 } as const;
/** Width divided by height of the canvas that maps are laid out for. */
export const SHAPE = 1.6;
/** Share of the canvas that stays empty at each side where the whole map is shown, as `fitBounds` has it. */
const MARGIN = 0.06;

/** The bounds of finite places. */
export interface Frame {
  readonly minX: number;
  readonly minY: number;
  readonly width: number;
  readonly height: number;
}

/** The bounds of `places` (n×2, finite). O(n). */
export function frameOf(places: Float32Array | Float64Array): Frame {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at + 1 < places.length; at += 2) {
    const [x, y] = [places[at], places[at + 1]];
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return { minX, minY, width: maxX - minX, height: maxY - minY };
}

/**
 * How much of its ground a map uses, 0…1: the share of the cells of a grid of 24 × 15 over a canvas of 16:10, shown
 * whole with the usual margin, that hold papers. Places: n×2, finite, any unit. O(n).
 */
export function groundShare(places: Float32Array | Float64Array): number {
  const { minX, minY, width, height } = frameOf(places);
  const { columns, rows } = GRID;
  const scale = (1 - 2 * MARGIN) * Math.min(columns / width, rows / height);
  if (!Number.isFinite(scale)) return 0;
  const [left, top] = [(columns - width * scale) / 2, (rows - height * scale) / 2];
  const held = new Uint8Array(columns * rows);
  let count = 0;
  for (let at = 0; at + 1 < places.length; at += 2) {
    const column = Math.floor(left + (places[at] - minX) * scale);
    const row = Math.floor(top + (places[at + 1] - minY) * scale);
    const cell = row * columns + column;
    count += 1 - held[cell];
    held[cell] = 1;
  }
  return count / held.length;
}

/**
 * The places turned by at most a quarter so that the direction in which they vary most lies across the map: their first
 * principal axis, in closed form for two dimensions. Distances stay as they are. O(n).
 */
export function turnAcross(places: Float32Array): Float64Array {
  const n = Math.max(1, places.length / 2);
  let [meanX, meanY] = [0, 0];
  for (let at = 0; at < places.length; at += 2) {
    meanX += places[at] / n;
    meanY += places[at + 1] / n;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (let at = 0; at < places.length; at += 2) {
    const [dx, dy] = [places[at] - meanX, places[at + 1] - meanY];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const half = (xx - yy) / 2;
  const reach = Math.sqrt(half * half + xy * xy);
  // The eigenvector of the larger eigenvalue, in the form that does not cancel.
  let [ux, uy] = half >= 0 ? [half + reach, xy] : [Math.abs(xy), (xy < 0 ? -1 : 1) * (reach - half)];
  const length = Math.sqrt(ux * ux + uy * uy);
  if (!(length > 0)) [ux, uy] = [1, 0];
  else [ux, uy] = [ux / length, uy / length];
  const out = new Float64Array(places.length);
  for (let at = 0; at < places.length; at += 2) {
    out[at] = places[at] * ux + places[at + 1] * uy;
    out[at + 1] = places[at + 1] * ux - places[at] * uy;
  }
  return out;
}
