import { insertSlot, makeSlots } from '../math/top-k.ts';
import type { Bounds, MapPoint } from './viewport.ts';

/** Papers in a rectangle of the map. */
export interface PapersWithin {
  /** How many there are. */
  readonly total: number;
  /** The ones nearest to the centre, nearest first, equally near ones by lower index. */
  readonly nearest: Int32Array;
}

/**
 * The papers of `positions` (n×2 map units, NaN = not placed) within `bounds`, borders included, of which at most `limit`
 * are named: those nearest to `center`. O(n).
 */
export function papersWithin(positions: Float32Array, bounds: Bounds, center: MapPoint, limit: number): PapersWithin {
  const n = positions.length / 2;
  const slots = makeSlots(1, Math.min(limit, n));
  let total = 0;
  for (let i = 0; i < n; i++) {
    const x = positions[2 * i];
    const y = positions[2 * i + 1];
    if (!(x >= bounds.minX && x <= bounds.maxX && y >= bounds.minY && y <= bounds.maxY)) continue;
    total++;
    insertSlot(slots, 0, i, Math.fround((x - center.x) ** 2 + (y - center.y) ** 2));
  }
  return { total, nearest: slots.indices.slice(0, Math.min(total, slots.k)) };
}

/** The placed paper nearest to a point, leaving out those in `except`; −1 when there is none. Lower index of equals. O(n). */
export function nearestPaper(positions: Float32Array, { x, y }: MapPoint, except: ReadonlySet<number>): number {
  let best = -1;
  let bestSquare = Number.POSITIVE_INFINITY;
  for (let i = 0; 2 * i < positions.length; i++) {
    const square = (positions[2 * i] - x) ** 2 + (positions[2 * i + 1] - y) ** 2;
    if (!(square < bestSquare) || except.has(i)) continue;
    best = i;
    bestSquare = square;
  }
  return best;
}
