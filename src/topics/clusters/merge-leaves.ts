import { groupMeans, type PaperRows } from './paper-rows.ts';
import type { SpanningTree } from './spanning-tree.ts';

/** Pairs of leaves that stand side by side on the map; together they connect all of them. */
export interface Sides {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** Leaves merged two by two: merge s puts leaf group `from[s]` into `into[s]`, groups named by their lowest leaf. */
export interface Merges {
  readonly leaves: number;
  readonly from: Int32Array;
  readonly into: Int32Array;
  /** What a merge adds to the squared distances of papers to the means of their groups. */
  readonly costs: Float64Array;
}

/** So many pairs of near papers make two leaves neighbours; one may be chance. */
const LEAST_CONTACTS = 2;

/**
 * Which leaves touch: those with an edge of the spanning tree between them, and those with at least two pairs of papers
 * of which one is among the `k` nearest on the map of the other. O(n·k).
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
  for (let e = 0; e < a.length; e++) count(a[e], b[e], LEAST_CONTACTS);
  for (let at = 0; at < indices.length; at++) count(Math.floor(at / k), indices[at], 1);
  const pairs = [...contacts].filter(([, times]) => times >= LEAST_CONTACTS).map(([pair]) => pair);
  pairs.sort((one, two) => one - two);
  return {
    a: Int32Array.from(pairs, (pair) => Math.floor(pair / leaves)),
    b: Int32Array.from(pairs, (pair) => pair % leaves),
  };
}

/**
 * Ward's clustering (Ward 1963) of the leaves by the means of their papers' `rows`, where only groups that touch may
 * merge, so that every group is one region of the map. Costs may therefore fall from one merge to the next.
 * O(leaves × (pairs + touching groups × columns)).
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

/** The group of every leaf after all but the last `count` − 1 merges, numbered 0… by their lowest leaves. */
export function cutMerges({ leaves, from, into }: Merges, count: number): Int32Array {
  const named = Int32Array.from({ length: leaves }, (_, leaf) => leaf);
  // A group is merged into another at most once, so going back each finds its last name.
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
  /** By group, what a merge with each higher group that touches costs. */
  readonly touching: readonly Map<number, number>[];
  /** By group the cheapest of these, −1 without one. */
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
