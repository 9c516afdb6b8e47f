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
  const counts = new Map<string, number>();
  for (const value of values) {
    const key = keyOfValue(value);
    if (key !== NO_VALUE_KEY) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([key]) => key);
  const own = sorted.slice(0, MAX_BARS);
  const hasOther = sorted.length > own.length;
  const keys = hasOther ? [...own, OTHER_KEY] : own;
  const labels = hasOther ? [...own, 'other'] : own;
  const places = new Map(own.map((key, place) => [key, place]));
  const bins = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const key = keyOfValue(values[i]);
    bins[i] = key === NO_VALUE_KEY ? keys.length : (places.get(key) ?? own.length);
  }
  return { kind: 'category', bins, size: keys.length, keys, labels };
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
