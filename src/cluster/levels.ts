import type { Neighbors } from '../model/map-data.ts';
import { cutMerges, type Merges } from './merge-leaves.ts';

/** How many groups the coarsest level may have. */
const TOP_RANGE = [11, 14] as const;
/** A level has so many times the groups of the one above it, and one that would have fewer is left out. */
const STEP_RANGE = [3, 4.5] as const;
/** The leaves are the next level when there are at most so many times as many. */
const LAST_STEP = 5.5;
/** A paper with less of its possible neighbours in its group stands there by an accident of the layout. */
const LEAST_SUPPORT = 0.1;

/**
 * How many groups each level has, coarse to fine, the leaves last: within each range where the next merge costs most in
 * proportion to the last one, which is where the groups are furthest apart.
 */
export function chooseCounts({ leaves, costs }: Merges): number[] {
  const counts: number[] = [];
  let range: readonly [number, number] = TOP_RANGE;
  while (range[1] < leaves) {
    counts.push(widestGap(costs, leaves, range));
    const last = counts[counts.length - 1];
    if (leaves <= last * LAST_STEP) break;
    range = [Math.ceil(last * STEP_RANGE[0]), Math.floor(last * STEP_RANGE[1])];
  }
  counts.push(leaves);
  return counts;
}

/** Groups of the joined papers at each level. */
export function groupsAt(merges: Merges, counts: readonly number[], labels: Int32Array): Int32Array[] {
  return counts.map((count) => {
    const groupOf = cutMerges(merges, count);
    return labels.map((leaf) => groupOf[leaf]);
  });
}

/**
 * Share of a paper's nearest by meaning that are in its own group, 0…1 (by as many as the group could hold); 1 where
 * nothing is known. O(n·k).
 */
export function supportOf(groupOf: Int32Array, groups: number, neighbors: Neighbors | null): Float32Array {
  const support = new Float32Array(groupOf.length).fill(1);
  if (!neighbors || neighbors.k === 0) return support;
  const { k, indices } = neighbors;
  const sizes = new Int32Array(groups);
  for (const group of groupOf) sizes[group]++;
  for (let i = 0; i < groupOf.length; i++) {
    let own = 0;
    for (let at = i * k; at < (i + 1) * k; at++) if (groupOf[indices[at]] === groupOf[i]) own++;
    const possible = Math.min(k, sizes[groupOf[i]] - 1);
    if (possible > 0) support[i] = Math.min(1, own / possible);
  }
  return support;
}

/**
 * By level the groups without strays (−1): papers that the map alone puts there, since they are marked in `sparse` or
 * their support is low. A group that would lose more than half of its papers keeps them all: then it is the neighbours
 * that are odd. A paper that stays at a level stays at all coarser ones.
 */
export function dropStrays(
  groups: readonly Int32Array[],
  counts: readonly number[],
  support: readonly Float32Array[],
  sparse: Uint8Array,
): Int32Array[] {
  const kept: Int32Array[] = [];
  for (let level = groups.length - 1; level >= 0; level--) {
    const below = kept[level + 1] ?? null;
    const stays = stayingPapers(groups[level], counts[level], support[level], sparse);
    kept[level] = groups[level].map((group, i) => (stays[i] === 1 || (below && below[i] >= 0) ? group : -1));
  }
  return kept;
}

function stayingPapers(groupOf: Int32Array, groups: number, support: Float32Array, sparse: Uint8Array): Uint8Array {
  const sizes = new Int32Array(groups);
  const staying = new Int32Array(groups);
  const stays = Uint8Array.from(support, (share, i) => (sparse[i] === 0 && share >= LEAST_SUPPORT ? 1 : 0));
  groupOf.forEach((group, i) => {
    sizes[group]++;
    staying[group] += stays[i];
  });
  return stays.map((stay, i) => (stay === 1 || staying[groupOf[i]] * 2 < sizes[groupOf[i]] ? 1 : 0));
}

/** The count within the range after whose merge the next one costs most in proportion; the lower of equals. */
function widestGap(costs: Float64Array, leaves: number, [low, high]: readonly [number, number]): number {
  let best = low;
  let widest = -1;
  for (let count = low; count <= Math.min(high, leaves - 1); count++) {
    const gap = costs[leaves - count] / costs[leaves - count - 1];
    if (gap > widest) {
      widest = gap;
      best = count;
    }
  }
  return best;
}
