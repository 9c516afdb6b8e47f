import { itemsOf } from '../model/list-values.ts';
import type { ColumnValue } from '../model/paper.ts';
import type { CategoryFacet, CategoryTree } from './facet.ts';

/** The key of all values without their own bar. No value equals it, since control characters are removed. */
export const OTHER_KEY = '\u0000other';

/** The key of papers without a value. */
export const NO_VALUE_KEY = '';

/** Values with their own bar: more than anybody reads, and few enough to count at each move of a brush. */
const MAX_BARS = 1000;

/** The key of a value: its string; {@link NO_VALUE_KEY} for null, '' and numbers that are not finite. */
export function keyOfValue(value: ColumnValue): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return NO_VALUE_KEY;
  return String(value);
}

/** One bar for each value, most frequent first, ties by name; all after the 1000th share one. O(n + v log v). */
export function categoryFacet(values: readonly ColumnValue[]): CategoryFacet {
  const { keys, labels, placeOf } = rankBars(values.map(keyOfValue));
  const bins = Uint16Array.from(values, (value) => {
    const key = keyOfValue(value);
    return key === NO_VALUE_KEY ? keys.length : placeOf(key);
  });
  return { kind: 'category', bins, size: keys.length, keys, labels };
}

/**
 * The same for lists (see `itemsOf`): one bar for each item, and each paper in the bars of all its items. O(n + items
 * log items).
 */
export function listFacet(values: readonly ColumnValue[]): CategoryFacet {
  const { keys, labels, placeOf } = rankBars(values.flatMap(itemsOf));
  const starts = new Uint32Array(values.length + 1);
  const bars: number[] = [];
  const bins = Uint16Array.from(values, (value, i) => {
    const own = [...new Set(itemsOf(value).map(placeOf))].sort((a, b) => a - b);
    for (const bar of own) bars.push(bar);
    starts[i + 1] = bars.length;
    return own[0] ?? keys.length;
  });
  return { kind: 'category', bins, size: keys.length, keys, labels, members: { starts, bars: Uint16Array.from(bars) } };
}

interface RankedBars {
  readonly keys: readonly string[];
  readonly labels: readonly string[];
  /** The bar of a key that is among those ranked. */
  placeOf(key: string): number;
}

function rankBars(all: readonly string[]): RankedBars {
  const counts = new Map<string, number>();
  for (const key of all) if (key !== NO_VALUE_KEY) counts.set(key, (counts.get(key) ?? 0) + 1);
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([key]) => key);
  const own = sorted.slice(0, MAX_BARS);
  const hasOther = sorted.length > own.length;
  const keys = hasOther ? [...own, OTHER_KEY] : own;
  const labels = hasOther ? [...own, 'other'] : own;
  const places = new Map(own.map((key, place) => [key, place]));
  return { keys, labels, placeOf: (key) => places.get(key) ?? own.length };
}

/** The value or values that one bar shows. */
export interface Category {
  readonly key: string;
  readonly label: string;
}

/** A facet with the given bars. `bins[i]`: the bar of paper i (with a tree: its leaf), the number of bars for none. */
export function givenCategories(
  categories: readonly Category[],
  bins: Uint16Array,
  tree: CategoryTree | null = null,
): CategoryFacet {
  return {
    kind: 'category',
    bins,
    size: categories.length,
    keys: categories.map(({ key }) => key),
    labels: categories.map(({ label }) => label),
    ...(tree ? { tree } : {}),
  };
}
