import type { Neighbors } from '../../model/map-data.ts';
import { groupMeans, type PaperRows } from './paper-rows.ts';
import type { SpanningTree } from './spanning-tree.ts';

/** Pairs of leaves that touch on the map; together they connect all leaves. */
export interface Sides {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** Merges of leaves: merge s puts group `from[s]` into `into[s]`; a group has the number of its lowest leaf. */
export interface Merges {
  readonly leaves: number;
  readonly from: Int32Array;
  readonly into: Int32Array;
  /** The increase of the sum of squared distances of papers to the means of their groups, by merge. */
  readonly costs: Float64Array;
}

/** Leaves touch if they have this many pairs of near papers; a single one may be chance. */
const MIN_CONTACTS = 2;

/**
 * Which leaves touch: those with an edge of the spanning tree between them, and those with at least two pairs of papers
 * where one paper is among the other's `k` nearest on the map. O(n·k).
 */
export function findSides(
  labels: Int32Array,
  leaves: number,
  { a, b }: Pick<SpanningTree, 'a' | 'b'>,
  { k, indices }: { readonly k: number; readonly indices: Int32Array },
): Sides {
  const contacts = new Map<number, number>();
  const count = (i: number, j: number, weight: number): void => {
    const [p, q] = [Math.min(labels[i], labels[j]), Math.max(labels[i], labels[j])];
    if (p !== q) contacts.set(p * leaves + q, (contacts.get(p * leaves + q) ?? 0) + weight);
  };
  for (let e = 0; e < a.length; e++) count(a[e], b[e], MIN_CONTACTS);
  for (let at = 0; at < indices.length; at++) count(Math.floor(at / k), indices[at], 1);
  const pairs = [...contacts].filter(([, times]) => times >= MIN_CONTACTS).map(([pair]) => pair);
  pairs.sort((one, two) => one - two);
  return {
    a: Int32Array.from(pairs, (pair) => Math.floor(pair / leaves)),
    b: Int32Array.from(pairs, (pair) => pair % leaves),
  };
}

/**
 * Ward's clustering (Ward 1963) of the leaves by the means of their papers' `rows`. Only groups that touch may merge,
 * so that every group is one region of the map; costs may therefore fall from one merge to the next. O(leaves × (pairs
 * + touching groups × columns)).
 */
export function mergeLeaves(rows: PaperRows, labels: Int32Array, leaves: number, sides: Sides): Merges {
  const groups = makeGroups(rows, labels, leaves, sides);
  const steps = Math.max(0, leaves - 1);
  const merges = { leaves, from: new Int32Array(steps), into: new Int32Array(steps), costs: new Float64Array(steps) };
  for (let step = 0; step < steps; step++) {
    let into = -1;
    for (let group = 0; group < leaves; group++) {
      if (groups.partner[group] >= 0 && (into < 0 || groups.costs[group] < groups.costs[into])) into = group;
    }
    const from = groups.partner[into];
    merges.into[step] = into;
    merges.from[step] = from;
    merges.costs[step] = groups.costs[into];
    absorb(groups, into, from);
  }
  return merges;
}

/** The group of every leaf when `count` groups are left, numbered 0… by their lowest leaves. */
function cutMerges({ leaves, from, into }: Merges, count: number): Int32Array {
  const named = Int32Array.from({ length: leaves }, (_, leaf) => leaf);
  // A group is merged into another at most once, so in reverse order the target's final number is already known.
  for (let step = leaves - count - 1; step >= 0; step--) named[from[step]] = named[into[step]];
  const numbers = new Map<number, number>();
  return named.map((name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}

interface Groups {
  readonly means: Float64Array;
  readonly cols: number;
  readonly sizes: Float64Array;
  /** By group, the cost of a merge with each touching group of a higher number. */
  readonly touching: readonly Map<number, number>[];
  /** By group, the cheapest of these, −1 without one. */
  readonly partner: Int32Array;
  readonly costs: Float64Array;
}

function makeGroups(rows: PaperRows, labels: Int32Array, leaves: number, sides: Sides): Groups {
  const { cols } = rows;
  const { means, sizes } = groupMeans(rows, labels, leaves);
  const touching = Array.from({ length: leaves }, () => new Map<number, number>());
  const groups = { means, cols, sizes, touching, partner: new Int32Array(leaves), costs: new Float64Array(leaves) };
  for (let pair = 0; pair < sides.a.length; pair++) {
    touching[sides.a[pair]].set(sides.b[pair], costOf(groups, sides.a[pair], sides.b[pair]));
  }
  for (let group = 0; group < leaves; group++) findCheapest(groups, group);
  return groups;
}

function costOf({ means, cols, sizes }: Groups, a: number, b: number): number {
  let square = 0;
  for (let j = 0; j < cols; j++) {
    const off = means[a * cols + j] - means[b * cols + j];
    square += off * off;
  }
  return ((sizes[a] * sizes[b]) / (sizes[a] + sizes[b])) * square;
}

function findCheapest({ touching, partner, costs }: Groups, group: number): void {
  partner[group] = -1;
  for (const [other, cost] of touching[group]) {
    const held = partner[group];
    if (held < 0 || cost < costs[group] || (cost === costs[group] && other < held)) {
      partner[group] = other;
      costs[group] = cost;
    }
  }
}

/** Puts group `from` into the lower group `into`. */
function absorb(groups: Groups, into: number, from: number): void {
  const { means, cols, sizes, touching } = groups;
  const size = sizes[into] + sizes[from];
  for (let j = 0; j < cols; j++) {
    const sum = means[into * cols + j] * sizes[into] + means[from * cols + j] * sizes[from];
    means[into * cols + j] = sum / size;
  }
  sizes[into] = size;
  const around = new Set([...touching[into].keys(), ...touching[from].keys()]);
  const changed = new Set([into, from]);
  touching[from].clear();
  for (let lower = 0; lower < from; lower++) {
    const had = touching[lower].delete(from);
    if (lower !== into && (touching[lower].has(into) || had)) {
      around.add(lower);
      touching[lower].delete(into);
      changed.add(lower);
    }
  }
  around.delete(into);
  around.delete(from);
  touching[into].clear();
  for (const other of around) {
    const [low, high] = [Math.min(into, other), Math.max(into, other)];
    touching[low].set(high, costOf(groups, low, high));
    changed.add(low);
  }
  for (const group of changed) findCheapest(groups, group);
}

/** Range of the number of groups at the coarsest level: few enough to grasp, and as many as a reader would name. */
const TOP_RANGE = [11, 14] as const;
/**
 * The coarsest level may have fewer groups, down to this number, if they are islands: if the next merge would cost at
 * least {@link CLEAR_GAP} times as much as any before. By places, this ratio is below 4 in layouts of the sample and
 * its halves, and 9.7 or more for five round groups that nearly touch. Fewer islands mean little: layouts of the sample
 * by umap-learn have two.
 */
const MIN_ISLANDS = 4;
const CLEAR_GAP = 8;
/** There is a level between the coarsest one and the leaves if the leaves are at least this many times as many. */
const DEEP = 2;
/** A level has at most about this many times the groups of the one above it. */
const MAX_STEP = 4;
/** Factor by which a level may deviate from equal steps to find the widest gap. */
const LEEWAY = 1.2;
/** A paper with a smaller share of its possible neighbours in its group is there by an accident of the layout. */
const MIN_SUPPORT = 0.1;

/**
 * The number of groups at each level, coarse to fine, the leaves last. The steps are about equal and as few as
 * {@link MAX_STEP} allows, but at least two if there are twice as many leaves as top groups. Near each equal step, the
 * count is chosen at which the groups are furthest apart, that is, the next merge costs most in proportion.
 */
export function chooseCounts(merges: Merges): number[] {
  const { leaves } = merges;
  const counts = [chooseTop(merges)];
  const ratio = leaves / counts[0];
  const steps = Math.max(Math.ceil(Math.log(ratio) / Math.log(MAX_STEP)), ratio >= DEEP ? 2 : ratio > 1 ? 1 : 0);
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
 * Share of a paper's nearest papers by meaning that are in its own group, 0…1, of as many as the group could hold; 1
 * where nothing is known. O(n·k).
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
 * By level, coarse to fine, the groups without strays (−1): papers that are marked in `sparse` or have low support. Low
 * support does not count in a group of at most `k` papers, where missing neighbours mean little. A stray stays one at
 * all finer levels. A group that would lose more than half of the papers that the level above left it keeps all of
 * them, and no group of the finest level is emptied by a coarser one: there the neighbours are at fault.
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
    const isTold = (i: number): boolean => support[level][i] >= MIN_SUPPORT || sizes[groupOf[i]] <= k;
    const fits = sparse.map((far, i) => (far === 0 && isTold(i) ? 1 : 0));
    const next = narrow(stays, fits, groupOf, counts[level], 0.5);
    stays = narrow(stays, next, groups[finest], counts[finest], 0);
    return groupOf.map((group, i) => (stays[i] === 1 ? group : -1));
  });
}

/** The papers in both `had` and `wanted`, but a group keeps all it had if none or less than a share `least` is left. */
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
  const clear = widestGap(merges, [MIN_ISLANDS, TOP_RANGE[0] - 1]);
  if (clear.gap >= CLEAR_GAP) return clear.count;
  return merges.leaves <= TOP_RANGE[1] ? merges.leaves : widestGap(merges, TOP_RANGE).count;
}

/** The count within the range at which the next merge costs most relative to the costliest before; ties: the lower. */
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
