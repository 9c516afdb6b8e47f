import { NO_VALUE_KEY } from './category-facet.ts';
import type { CategoryFacet, CategoryTree, Facet, Members, RangeFacet } from './facet.ts';

/** Numbers, or days since 1970-01-01, from `from` up to, but not including, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Which papers a facet lets through, as plain data: those with a named value (`only`), those without one (`without`),
 * or those in one of several ranges (and, with `keepsMissing`, those without a value).
 */
export type Filter =
  | { readonly kind: 'only' | 'without'; readonly keys: readonly string[] }
  | { readonly kind: 'ranges'; readonly ranges: readonly Range[]; readonly keepsMissing: boolean };

/** Whether a filter lets all papers of a value through, some, or none. */
export type BranchState = 'all' | 'some' | 'none';

/**
 * Writes into `mask` (n) 1 for papers that the filter lets through and 0 for the others; all 1 when the filter does not
 * apply to this facet (it is of another kind, or names only values that no longer exist). O(n × ranges).
 * @returns whether the filter applies
 */
export function writeMask(facet: Facet, filter: Filter | null, mask: Uint8Array): boolean {
  if (filter?.kind === 'ranges' && facet.kind !== 'category') {
    writeRangeMask(facet, filter.ranges, filter.keepsMissing ? 1 : 0, mask);
    return true;
  }
  if (filter && filter.kind !== 'ranges' && facet.kind === 'category') {
    const { bins, size } = facet.tree ?? facet;
    const named = filter.keys.flatMap((key) => binsOfKey(facet, key));
    const kept = keptBins(filter.kind, named, size);
    if (kept) {
      if (facet.members) writeMemberMask(facet.members, filter.kind, kept, mask);
      else for (let i = 0; i < mask.length; i++) mask[i] = kept[bins[i]];
      return true;
    }
  }
  mask.fill(1);
  return false;
}

/** Hides a value or shows it again, starting from all values: a click on a legend. Null: nothing is hidden. */
export function toggleKey(filter: Filter | null, key: string): Filter | null {
  if (filter?.kind === 'only') return otherwise('only', filter.keys, key);
  return otherwise('without', filter?.kind === 'without' ? filter.keys : [], key);
}

/** Adds a value to those kept or removes it: a click in a list of values. Null: nothing is left out. */
export function chooseKey(filter: Filter | null, key: string): Filter | null {
  if (filter?.kind === 'without') return otherwise('without', filter.keys, key);
  return otherwise('only', filter?.kind === 'only' ? filter.keys : [], key);
}

/** Keeps only one value, or all values again if only this one was kept. */
export function isolateKey(filter: Filter | null, key: string): Filter | null {
  const isAlone = filter?.kind === 'only' && filter.keys.length === 1 && filter.keys[0] === key;
  return isAlone ? null : { kind: 'only', keys: [key] };
}

/** Whether papers of this value are let through. */
export function keepsKey(filter: Filter | null, key: string): boolean {
  if (filter?.kind === 'ranges') return key === NO_VALUE_KEY && filter.keepsMissing;
  return filter === null || filter.keys.includes(key) === (filter.kind === 'only');
}

/** Hides a range or shows it again. `all`: every range of the histogram. Null: nothing is hidden, or everything is. */
export function toggleRange(filter: Filter | null, range: Range, all: readonly Range[]): Filter | null {
  const keepsMissing = filter?.kind === 'ranges' ? filter.keepsMissing : true;
  const ranges = all.filter((each) => keepsRange(filter, each) !== isSame(each, range));
  const keepsNothing = ranges.length === 0 && !keepsMissing;
  return keepsNothing || (ranges.length === all.length && keepsMissing)
    ? null
    : { kind: 'ranges', ranges, keepsMissing };
}

/** Keeps only one range (null: papers without a value), or everything again if only this was kept. */
export function isolateRange(filter: Filter | null, range: Range | null): Filter | null {
  const ranges = range ? [range] : [];
  const isAlone =
    filter?.kind === 'ranges' &&
    filter.keepsMissing === (range === null) &&
    filter.ranges.length === ranges.length &&
    ranges.every((each) => isSame(each, filter.ranges[0]));
  return isAlone ? null : { kind: 'ranges', ranges, keepsMissing: range === null };
}

/** Whether the whole of a range is let through. */
export function keepsRange(filter: Filter | null, range: Range): boolean {
  return filter?.kind !== 'ranges' || filter.ranges.some((each) => covers(each, range));
}

/** Sets whether a range filter keeps papers without a value. Without a filter, `whole` is the range kept. */
export function keepMissing(filter: Filter | null, keepsMissing: boolean, whole: Range): Filter | null {
  const ranges = filter?.kind === 'ranges' ? filter.ranges : [whole];
  const isWhole = ranges.some((range) => covers(range, whole));
  return isWhole && keepsMissing ? null : { kind: 'ranges', ranges, keepsMissing };
}

/** The range from the first to the last border of a histogram. */
export function wholeRange({ edges }: RangeFacet): Range {
  return { from: edges[0], to: edges[edges.length - 1] };
}

/** The value whose papers outside all its parts `key` means; null if `key` is itself a value. */
export function restOf(key: string): string | null {
  return key.startsWith(REST) ? key.slice(REST.length) : null;
}

/** How much of a value and all values below it a filter lets through. O(leaves). */
export function branchState(tree: CategoryTree, filter: Filter | null, key: string): BranchState {
  const kept = keptBy(tree, filter);
  const leaves = leavesOf(tree, key);
  const count = leaves.reduce((sum, leaf) => sum + kept[leaf], 0);
  return count === leaves.length ? 'all' : count === 0 ? 'none' : 'some';
}

/**
 * Hides a value with all below it, or shows all of it if a part was hidden: a click on a legend. The filter names as
 * few values as possible. Null: nothing is hidden, or everything would be.
 */
export function toggleBranch(tree: CategoryTree, filter: Filter | null, key: string): Filter | null {
  const kept = keptBy(tree, filter);
  const isAll = branchState(tree, filter, key) === 'all';
  for (const leaf of leavesOf(tree, key)) kept[leaf] = isAll ? 0 : 1;
  return filterOf(tree, kept, filter?.kind === 'only' ? 'only' : 'without');
}

/** The same for a click in a list of values, where the first click keeps only that value. */
export function chooseBranch(tree: CategoryTree, filter: Filter | null, key: string): Filter | null {
  if (filter === null || filter.kind === 'ranges') return { kind: 'only', keys: [key] };
  return toggleBranch(tree, filter, key);
}

/** Papers of a value and of all below it. `counts`: papers in each leaf. */
export function countBranch(tree: CategoryTree, counts: ArrayLike<number>, key: string): number {
  return leavesOf(tree, key).reduce((sum, leaf) => sum + counts[leaf], 0);
}

/** Prefix of the key for a value's papers that are in none of its parts. No topic's key begins like this. */
const REST = 'rest:';

function writeRangeMask({ values }: RangeFacet, ranges: readonly Range[], missing: 0 | 1, mask: Uint8Array): void {
  for (let i = 0; i < mask.length; i++) mask[i] = Number.isNaN(values[i]) ? missing : 0;
  for (const { from, to } of ranges) {
    for (let i = 0; i < mask.length; i++) if (values[i] >= from && values[i] < to) mask[i] = 1;
  }
}

/** A list passes `only` with any item that is named, and `without` when none of its items is. */
function writeMemberMask(
  { starts, bars }: Members,
  kind: 'only' | 'without',
  kept: Uint8Array,
  mask: Uint8Array,
): void {
  const missing = kept[kept.length - 1];
  for (let i = 0; i < mask.length; i++) {
    const own = bars.subarray(starts[i], starts[i + 1]);
    if (own.length === 0) mask[i] = missing;
    else mask[i] = (kind === 'only' ? own.some((bar) => kept[bar] === 1) : own.every((bar) => kept[bar] === 1)) ? 1 : 0;
  }
}

/** The bars, or leaves, of a value; none for an unknown key. */
function binsOfKey(facet: CategoryFacet, key: string): number[] {
  if (facet.tree) return leavesOf(facet.tree, key);
  if (key === NO_VALUE_KEY) return [facet.size];
  const bar = facet.keys.indexOf(key);
  return bar < 0 ? [] : [bar];
}

/** The leaves of a value and all below it; the tree's `size` for `NO_VALUE_KEY`; none for an unknown key. O(leaves). */
function leavesOf(tree: CategoryTree, key: string): number[] {
  if (key === NO_VALUE_KEY) return [tree.size];
  const rest = restOf(key);
  const branch = tree.branches.get(rest ?? key);
  if (!branch) return [];
  const own = branch.own < 0 ? [] : [branch.own];
  return rest === null ? [...own, ...branch.parts.flatMap((part) => leavesOf(tree, part))] : own;
}

/** 1 for each of `size` bins that is kept and, last, for papers without a value; null when no bin is named. */
function keptBins(kind: 'only' | 'without', named: readonly number[], size: number): Uint8Array | null {
  if (named.length === 0) return null;
  const kept = new Uint8Array(size + 1).fill(kind === 'only' ? 0 : 1);
  for (const bin of named) kept[bin] = kind === 'only' ? 1 : 0;
  return kept;
}

function otherwise(kind: 'only' | 'without', keys: readonly string[], key: string): Filter | null {
  const next = keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key];
  return next.length === 0 ? null : { kind, keys: next };
}

function isSame(a: Range, b: Range): boolean {
  return a.from === b.from && a.to === b.to;
}

function covers(outer: Range, inner: Range): boolean {
  return outer.from <= inner.from && outer.to >= inner.to;
}

function keptBy(tree: CategoryTree, filter: Filter | null): Uint8Array {
  const keys = filter && filter.kind !== 'ranges' ? filter.keys : [];
  const named = keys.flatMap((key) => leavesOf(tree, key));
  const kind = filter?.kind === 'only' ? 'only' : 'without';
  return keptBins(kind, named, tree.size) ?? new Uint8Array(tree.size + 1).fill(1);
}

function filterOf(tree: CategoryTree, kept: Uint8Array, kind: 'only' | 'without'): Filter | null {
  if (kept.every((value) => value === 1)) return null;
  const wanted = kind === 'only' ? 1 : 0;
  const keys = tree.tops.flatMap((key) => keysWith(tree, kept, wanted, key));
  if (kept[tree.size] === wanted) keys.push(NO_VALUE_KEY);
  return keys.length === 0 ? null : { kind, keys };
}

/** The fewest keys at or below `key` that cover just the leaves whose `kept` is `wanted`. */
function keysWith(tree: CategoryTree, kept: Uint8Array, wanted: number, key: string): string[] {
  const leaves = leavesOf(tree, key);
  if (leaves.length > 0 && leaves.every((leaf) => kept[leaf] === wanted)) return [key];
  const { own = -1, parts = [] } = tree.branches.get(key) ?? {};
  const rest = own >= 0 && kept[own] === wanted ? [REST + key] : [];
  return [...rest, ...parts.flatMap((part) => keysWith(tree, kept, wanted, part))];
}
