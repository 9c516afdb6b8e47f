import type { SparseGraph } from './fuzzy-graph.ts';

/** The rows of each connected part of a graph, ascending; the largest part first, of equal ones that of the least row. O(edges). */
export function connectedParts({ n, starts, tails }: SparseGraph): Int32Array[] {
  const seen = new Uint8Array(n);
  const queue = new Int32Array(n);
  const parts: Int32Array[] = [];
  for (let first = 0; first < n; first++) {
    if (seen[first]) continue;
    let end = 0;
    queue[end++] = first;
    seen[first] = 1;
    for (let at = 0; at < end; at++) {
      for (let e = starts[queue[at]]; e < starts[queue[at] + 1]; e++) {
        if (seen[tails[e]]) continue;
        seen[tails[e]] = 1;
        queue[end++] = tails[e];
      }
    }
    parts.push(queue.slice(0, end).sort());
  }
  return parts.sort((a, b) => b.length - a.length || a[0] - b[0]);
}

/** A disc in the plane. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * The disc of `wanted`, moved away from 0 along its own direction just so far that it meets none of `placed` (to the
 * right when it stands at 0). Discs placed one after another keep their directions and never overlap. O(placed) a pass,
 * of which there are few.
 */
export function placeFree(wanted: Disc, placed: readonly Disc[]): Disc {
  const { radius } = wanted;
  const length = Math.sqrt(wanted.x * wanted.x + wanted.y * wanted.y);
  const [ux, uy] = length > 0 ? [wanted.x / length, wanted.y / length] : [1, 0];
  let distance = length;
  let isFree = false;
  while (!isFree) {
    isFree = true;
    for (const other of placed) {
      const along = ux * other.x + uy * other.y;
      const across = ux * other.y - uy * other.x;
      const reach = radius + other.radius;
      const half = Math.sqrt(Math.max(0, reach * reach - across * across));
      if (distance <= along - half || distance >= along + half) continue;
      distance = along + half;
      isFree = false;
    }
  }
  return { x: distance * ux, y: distance * uy, radius };
}
