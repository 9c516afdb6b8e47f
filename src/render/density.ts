import type { Bounds } from './viewport.ts';

/** Cells along each side of the counting grid. */
const CELLS = 128;

/** Estimates how many papers a rectangle of the map holds. */
export interface Density {
  readonly total: number;
  /**
   * How much more crowded the surroundings of a paper are than if papers were spread evenly, 1 or more: Morisita's
   * index of dispersion (1959) over the grid. 10 = as if all papers shared a tenth of the map.
   */
  readonly clumping: number;
  /** Papers within `view`: exact for the whole map, else to the resolution of a cell. O(1). */
  countWithin(view: Bounds): number;
}

/**
 * A summed-area table (Crow 1984) over a 128×128 grid of the placed points of `positions` (n×2, NaN = not placed). It
 * is interpolated bilinearly, so that counts and the size of points change smoothly while panning. O(n).
 */
export function makeDensity(positions: Float32Array, bounds: Bounds): Density {
  const side = CELLS + 1;
  const sums = new Float64Array(side * side);
  const perX = CELLS / Math.max(bounds.maxX - bounds.minX, 1e-9);
  const perY = CELLS / Math.max(bounds.maxY - bounds.minY, 1e-9);
  for (let i = 0; i + 1 < positions.length; i += 2) {
    const x = (positions[i] - bounds.minX) * perX;
    const y = (positions[i + 1] - bounds.minY) * perY;
    if (!(x >= 0 && y >= 0)) continue;
    sums[(Math.min(Math.floor(y), CELLS - 1) + 1) * side + Math.min(Math.floor(x), CELLS - 1) + 1]++;
  }
  const clumping = morisita(sums);
  for (let row = 1; row < side; row++) {
    for (let col = 1; col < side; col++) {
      const at = row * side + col;
      sums[at] += sums[at - 1] + sums[at - side] - sums[at - side - 1];
    }
  }
  const upTo = (x: number, y: number) => interpolate(sums, (x - bounds.minX) * perX, (y - bounds.minY) * perY);
  const countWithin = (view: Bounds) =>
    upTo(view.maxX, view.maxY) - upTo(view.minX, view.maxY) - upTo(view.maxX, view.minY) + upTo(view.minX, view.minY);
  return { total: sums[side * side - 1], clumping, countWithin };
}

function morisita(counts: Float64Array): number {
  let total = 0;
  let pairs = 0;
  for (const count of counts) {
    total += count;
    pairs += count * (count - 1);
  }
  return total > 1 ? Math.max(1, (CELLS * CELLS * pairs) / (total * (total - 1))) : 1;
}

function interpolate(sums: Float64Array, cellX: number, cellY: number): number {
  const x = Math.min(Math.max(cellX, 0), CELLS);
  const y = Math.min(Math.max(cellY, 0), CELLS);
  const col = Math.min(Math.floor(x), CELLS - 1);
  const row = Math.min(Math.floor(y), CELLS - 1);
  const at = row * (CELLS + 1) + col;
  const low = sums[at] + (sums[at + 1] - sums[at]) * (x - col);
  const high = sums[at + CELLS + 1] + (sums[at + CELLS + 2] - sums[at + CELLS + 1]) * (x - col);
  return low + (high - low) * (y - row);
}
