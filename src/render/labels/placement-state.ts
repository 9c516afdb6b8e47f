import Flatbush from 'flatbush';

/** A text box at a point of the map; its size does not depend on the scale. */
export interface LabelBox {
  /** The point of the map that it stands at: map units, y up. */
  readonly anchor: { readonly x: number; readonly y: number };
  /** How far its middle is above the anchor, CSS pixels, 0…half its height and `gapPx` / 2. Default 0. */
  readonly risePx?: number;
  /** CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Boxes that keep their size on the screen while the map under them grows. Scales are CSS pixels per map unit. */
export interface LabelBoxes {
  readonly count: number;
  /** Scale from which on hardly any overlap ever ends: a search from fine to coarse begins here. */
  readonly fineScale: number;
  /** Pairs compared so far. */
  readonly comparisons: number;
  /** The scale from which on two boxes no longer overlap: 0 = they never overlap, Infinity = always. */
  separation(i: number, j: number): number;
  /** Boxes that may overlap box `i` at `scale`, including `i`: all that do, and some that do not. */
  near(i: number, scale: number): readonly number[];
}

/** Allows for rounding: exactly at the scale of their separation two boxes must not overlap by the last bit. */
const SLACK = 1 + 2 ** -40;

/**
 * Boxes over an R-tree of their anchors (flatbush, O(m log m) once). Two boxes overlap at scale s while
 * s·|dx| < half their summed widths and |s·dy + the difference of their rises| < half their summed heights, with `gapPx`
 * added to both. Rises differ by less than that, so boxes only move apart, and one division for each side gives the
 * scale at which the overlap ends.
 */
export function makeLabelBoxes(labels: readonly LabelBox[], gapPx: number): LabelBoxes {
  const count = labels.length;
  const x = Float64Array.from(labels, ({ anchor }) => anchor.x);
  const y = Float64Array.from(labels, ({ anchor }) => anchor.y);
  const halfWidth = Float64Array.from(labels, ({ widthPx }) => (widthPx + gapPx) / 2);
  const halfHeight = Float64Array.from(labels, ({ heightPx }) => (heightPx + gapPx) / 2);
  const rise = Float64Array.from(labels, ({ risePx = 0 }) => risePx);
  const widest = largest(halfWidth);
  const tallest = largest(halfHeight) + largest(rise);
  const tree = count > 0 ? new Flatbush(count) : null;
  for (let i = 0; i < count; i++) tree?.add(x[i], y[i], x[i], y[i]);
  tree?.finish();
  const extent = tree ? Math.max(tree.maxX - tree.minX, tree.maxY - tree.minY) : 0;
  let comparisons = 0;
  return {
    count,
    fineScale: extent > 0 ? (8 * Math.max(widest, tallest) * Math.sqrt(count)) / extent : 1,
    get comparisons() {
      return comparisons;
    },
    separation(i, j) {
      comparisons++;
      const across = endOfOverlap(Math.abs(x[i] - x[j]), halfWidth[i] + halfWidth[j]);
      // The upper anchor's box may hang lower than the other's by what it rises less.
      const [upper, lower] = y[i] >= y[j] ? [i, j] : [j, i];
      const lift = rise[upper] - rise[lower];
      const along = endOfOverlap(y[upper] - y[lower], halfHeight[i] + halfHeight[j] - lift);
      return Math.min(across, along);
    },
    near(i, scale) {
      if (!tree) return [];
      // A little wider, so that rounding leaves out no box that `separation` would find.
      const reachX = scale > 0 ? ((halfWidth[i] + widest) / scale) * 1.001 : Infinity;
      const reachY = scale > 0 ? ((halfHeight[i] + tallest) / scale) * 1.001 : Infinity;
      return tree.search(x[i] - reachX, y[i] - reachY, x[i] + reachX, y[i] + reachY);
    },
  };
}

function endOfOverlap(distance: number, reachPx: number): number {
  if (reachPx <= 0) return 0;
  return (reachPx / distance) * SLACK;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** Items, each due at a scale: the lowest scale first, of equal ones the lower rank. */
export interface DueQueue {
  /** The scale at which each item is due; Infinity = not scheduled. Read only. */
  readonly due: Float64Array;
  /** Moves an item to `scale`, earlier or later; Infinity takes it out. O(log of the calls so far). */
  schedule(item: number, scale: number): void;
  /** Removes and returns the item that is due first; null when none is scheduled. */
  pop(): { readonly item: number; readonly scale: number } | null;
}

/**
 * A queue of the items 0…ranks.length − 1, none of them scheduled: a binary heap (Williams 1964). Outdated entries stay
 * until they come up, because items are moved far too often to search the heap for each.
 */
export function makeDueQueue(ranks: Int32Array): DueQueue {
  const due = new Float64Array(ranks.length).fill(Infinity);
  const scales: number[] = [];
  const items: number[] = [];
  const isBefore = (a: number, b: number): boolean =>
    scales[a] === scales[b] ? ranks[items[a]] < ranks[items[b]] : scales[a] < scales[b];
  return {
    due,
    schedule(item, scale) {
      if (due[item] === scale) return;
      due[item] = scale;
      if (scale === Infinity) return;
      scales.push(scale);
      items.push(item);
      rise(scales, items, isBefore);
    },
    pop() {
      while (items.length > 0) {
        const scale = scales[0];
        const item = items[0];
        takeFirst(scales, items, isBefore);
        if (due[item] !== scale) continue;
        due[item] = Infinity;
        return { item, scale };
      }
      return null;
    },
  };
}

type IsBefore = (a: number, b: number) => boolean;

function rise(scales: number[], items: number[], isBefore: IsBefore): void {
  let at = items.length - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!isBefore(at, above)) return;
    swap(scales, items, at, above);
    at = above;
  }
}

function takeFirst(scales: number[], items: number[], isBefore: IsBefore): void {
  swap(scales, items, 0, items.length - 1);
  scales.pop();
  items.pop();
  for (let at = 0; ; ) {
    const left = 2 * at + 1;
    if (left >= items.length) return;
    const least = left + 1 < items.length && isBefore(left + 1, left) ? left + 1 : left;
    if (!isBefore(least, at)) return;
    swap(scales, items, at, least);
    at = least;
  }
}

function swap(scales: number[], items: number[], a: number, b: number): void {
  const scale = scales[a];
  const item = items[a];
  scales[a] = scales[b];
  items[a] = items[b];
  scales[b] = scale;
  items[b] = item;
}
