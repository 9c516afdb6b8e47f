import {
  type LeadingSearch,
  type LeadingVectors,
  type SymmetricOperator,
  searchLeadingVectors,
} from '../../math/leading-vectors.ts';
import type { SparseGraph } from './fuzzy-graph.ts';

/** The placing of a graph's connected parts, in steps. */
export interface Placing {
  /** Works a few milliseconds. False when nothing is left, or a part did not converge. */
  step(): boolean;
  /** 0…1, never falling. */
  readonly share: number;
  /** Null when a part did not converge. */
  positions(): Float32Array | null;
}

/** Leaves a gap between the discs of two parts. */
const FILL = 0.9;
/** A smaller part does not have two eigenvectors. */
const MIN_PART = 3;

/**
 * Lays out the connected parts of `graph` one by one, in steps: each by its own eigenvectors, in a disc with an area in
 * proportion to its papers. The disc is at their mean in the PCA start, moved outwards until it meets no other
 * (umap-learn takes eigenvectors of the means, or the axes for up to four parts, and ignores sizes).
 */
export function placeParts(graph: SparseGraph, pca: Float32Array, seed: number): Placing {
  const parts = connectedParts(graph);
  const out = new Float32Array(graph.n * 2);
  const local = new Int32Array(graph.n);
  const discs: Disc[] = [];
  let search: LeadingSearch | null = null;
  let isSound = true;
  let placed = 0;

  /** Finishes the next part; `found` is null for one too small. */
  function place(found: LeadingVectors | null): boolean {
    const rows = parts[discs.length];
    const disc = parts.length === 1 ? null : discFor(rows, graph.n, pca, discs);
    writePart(out, rows, found ? found.vectors : rowOf(rows.length), disc);
    discs.push(disc ?? { x: 0, y: 0, radius: 1 });
    search = null;
    placed += rows.length;
    return discs.length < parts.length;
  }

  return {
    step() {
      if (!isSound || discs.length === parts.length) return false;
      const rows = parts[discs.length];
      if (rows.length < MIN_PART) return place(null);
      search ??= searchPart(graph, rows, local, seed);
      if (search.step()) return true;
      const found = search.result();
      isSound = found !== null;
      return found !== null && place(found);
    },
    get share() {
      const searched = search ? search.share * parts[discs.length].length : 0;
      return (placed + searched) / Math.max(1, graph.n);
    },
    positions: () => (isSound ? out : null),
  };
}

/** The rows of each connected part, ascending; largest part first, equal ones by their first row. O(edges). */
function connectedParts({ n, starts, tails }: SparseGraph): Int32Array[] {
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

/** Searches a part's eigenvectors. `local`, scratch space for n numbers, gets each row's index within the part. */
function searchPart(graph: SparseGraph, rows: Int32Array, local: Int32Array, seed: number): LeadingSearch {
  const n = rows.length;
  const top = new Float64Array(n);
  let [total, edges] = [0, 0];
  for (let r = 0; r < n; r++) {
    local[rows[r]] = r;
    for (let e = graph.starts[rows[r]]; e < graph.starts[rows[r] + 1]; e++) top[r] += graph.weights[e];
    total += top[r];
    edges += graph.starts[rows[r] + 1] - graph.starts[rows[r]];
    top[r] = Math.sqrt(top[r]);
  }
  const [starts, tails, values] = [new Int32Array(n + 1), new Int32Array(edges), new Float64Array(edges)];
  let count = 0;
  for (let r = 0; r < n; r++) {
    for (let e = graph.starts[rows[r]]; e < graph.starts[rows[r] + 1]; e++) {
      const tail = local[graph.tails[e]];
      tails[count] = tail;
      values[count++] = graph.weights[e] / (top[r] * top[tail]);
    }
    starts[r + 1] = count;
  }
  for (let r = 0; r < n; r++) top[r] /= Math.sqrt(total);
  return searchLeadingVectors(sparseOperator(starts, tails, values), { top, count: 2, seed });
}

function sparseOperator(starts: Int32Array, tails: Int32Array, values: Float64Array): SymmetricOperator {
  const n = starts.length - 1;
  return {
    n,
    apply(from, at, out) {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let e = starts[i]; e < starts[i + 1]; e++) sum += values[e] * from[at + tails[e]];
        out[at + i] = sum;
      }
    },
  };
}

/** A disc in the plane. */
interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

function discFor(rows: Int32Array, n: number, pca: Float32Array, placed: readonly Disc[]): Disc {
  let [x, y] = [0, 0];
  for (const row of rows) {
    x += pca[row * 2] / rows.length;
    y += pca[row * 2 + 1] / rows.length;
  }
  return placeFree({ x, y, radius: Math.sqrt(rows.length / n) }, placed);
}

/**
 * The disc `wanted`, moved away from 0 along its own direction just far enough to meet none of `placed` (to the right
 * when it is at 0). Discs placed one after another keep their directions and never overlap. O(placed) in each pass.
 */
function placeFree(wanted: Disc, placed: readonly Disc[]): Disc {
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

/** One paper in the middle, or two side by side: 2×count, in the shape of eigenvectors. */
function rowOf(count: number): Float64Array {
  return Float64Array.from({ length: count * 2 }, (_, i) => (count === 2 && i < 2 ? 2 * i - 1 : 0));
}

/** Writes a part (2×rows) so that the largest magnitude is 1, or all of it lies in the disc. */
function writePart(out: Float32Array, rows: Int32Array, part: Float64Array, disc: Disc | null): void {
  const count = rows.length;
  let [peak, reach] = [0, 0];
  for (let r = 0; r < count; r++) {
    const [x, y] = [part[r], part[count + r]];
    peak = Math.max(peak, Math.abs(x), Math.abs(y));
    reach = Math.max(reach, x * x + y * y);
  }
  const size = disc ? Math.sqrt(reach) / (disc.radius * FILL) : peak;
  const scale = size > 0 ? 1 / size : 0;
  for (let r = 0; r < count; r++) {
    out[rows[r] * 2] = part[r] * scale + (disc?.x ?? 0);
    out[rows[r] * 2 + 1] = part[count + r] * scale + (disc?.y ?? 0);
  }
}
