import type { Neighbors } from '../../model/map-data.ts';
import { cutMerges, type Merges } from './merge-leaves.ts';

/** How many groups the coarsest level has: few enough to take in, and as many as a reader would name. */
const TOP_RANGE = [11, 14] as const;
/**
 * From this number on it may have fewer, when the next merge would cost so many times as much as any before: then they
 * are islands. Measured by places: layouts of the sample and its halves stay below 4 there, five round groups that nearly
 * touch begin at 9.7. Two or three islands say little: layouts of the sample by umap-learn have two.
 */
const LEAST_ISLANDS = 4;
const CLEAR_GAP = 8;
/** Between the coarsest level and the leaves stands another when these are at least so many times as many. */
const DEEP = 2;
/** A level has at most about so many times the groups of the one above it. */
const MOST_STEP = 4;
/** How far a level may stand from equal steps to where the gap is widest, as a factor. */
const LEEWAY = 1.2;
/** A paper with less of its possible neighbours in its group stands there by an accident of the layout. */
const LEAST_SUPPORT = 0.1;

/**
 * How many groups each level has, coarse to fine, the leaves last: steps as equal as may be, no more of them than
 * {@link MOST_STEP} asks for, but two where the leaves are twice the groups of the first level. Within each range it is the
 * count at which the next merge costs most in proportion, where the groups are furthest apart.
 */
export function chooseCounts(merges: Merges): number[] {
  const { leaves } = merges;
  const counts = [chooseTop(merges)];
  const ratio = leaves / counts[0];
  const steps = Math.max(Math.ceil(Math.log(ratio) / Math.log(MOST_STEP)), ratio >= DEEP ? 2 : ratio > 1 ? 1 : 0);
  for (let left = steps; left > 1; left--) {
    const last = counts[counts.length - 1];
    const even = last * (leaves / last) ** (1 / left);
    const range = [Math.max(last + 1, Math.ceil(even / LEEWAY)), Math.floor(even * LEEWAY)] as const;
    counts.push(widestGap(merges, range).count);
  }
  return steps > 0 ? [...counts, leaves] : counts;
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
 * By level, coarse to fine, the groups without strays (−1): papers that the map alone puts there, since they are marked
 * in `sparse` or their support is low. In a group of no more papers than the `k` neighbours that are known, to have
 * none of these says little: it keeps those whom the level above keeps. A stray is one at all finer levels. A group that would lose more than half of
 * what the level above left it keeps all of that, and no group of the finest level is lost to a coarser one: then it is
 * the neighbours that are odd.
 */
export function dropStrays(
  groups: readonly Int32Array[],
  counts: readonly number[],
  support: readonly Float32Array[],
  { sparse, k }: { readonly sparse: Uint8Array; readonly k: number },
): Int32Array[] {
  const finest = groups.length - 1;
  let stays = new Uint8Array(sparse.length).fill(1);
  return groups.map((groupOf, level) => {
    const sizes = new Int32Array(counts[level]);
    for (const group of groupOf) sizes[group]++;
    const isTold = (i: number): boolean => support[level][i] >= LEAST_SUPPORT || sizes[groupOf[i]] <= k;
    const fits = sparse.map((far, i) => (far === 0 && isTold(i) ? 1 : 0));
    const next = narrow(stays, fits, groupOf, counts[level], 0.5);
    stays = narrow(stays, next, groups[finest], counts[finest], 0);
    return groupOf.map((group, i) => (stays[i] === 1 ? group : -1));
  });
}

/** Those of `had` that are in `wanted` too; all of a group's where none or less than a share `least` would be left. */
function narrow(
  had: Uint8Array,
  wanted: Uint8Array,
  groupOf: Int32Array,
  groups: number,
  least: number,
): Uint8Array<ArrayBuffer> {
  const before = new Int32Array(groups);
  const after = new Int32Array(groups);
  for (let i = 0; i < had.length; i++) {
    before[groupOf[i]] += had[i];
    after[groupOf[i]] += had[i] & wanted[i];
  }
  const keepsAll = after.map((left, group) => (left === 0 || left < before[group] * least ? 1 : 0));
  const kept = new Uint8Array(had.length);
  for (let i = 0; i < had.length; i++) kept[i] = had[i] & (keepsAll[groupOf[i]] | wanted[i]);
  return kept;
}

/** How many groups the coarsest level has. */
function chooseTop(merges: Merges): number {
  const clear = widestGap(merges, [LEAST_ISLANDS, TOP_RANGE[0] - 1]);
  if (clear.gap >= CLEAR_GAP) return clear.count;
  return merges.leaves <= TOP_RANGE[1] ? merges.leaves : widestGap(merges, TOP_RANGE).count;
}

/**
 * The count within the range at which the next merge costs most in proportion to the costliest before it; the lower of
 * equals.
 */
function widestGap({ leaves, costs }: Merges, [low, high]: readonly [number, number]): { count: number; gap: number } {
  const best = { count: low, gap: 0 };
  let most = 0;
  for (let count = leaves - 1; count >= low; count--) {
    most = Math.max(most, costs[leaves - count - 1]);
    const gap = costs[leaves - count] / most;
    if (count <= high && gap >= best.gap) {
      best.count = count;
      best.gap = gap;
    }
  }
  return best;
}
