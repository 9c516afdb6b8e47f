import type { ColumnValue } from '../model/paper.ts';
import type { CategoryFacet, CategoryTree } from './facet.ts';

/** The key of all values without a bar of their own. No value equals it, since control characters are removed. */
export const OTHER_KEY = '\u0000other';

/** Papers without a value, as filters name them. */
export const NO_VALUE_KEY = '';

/** Values with a bar of their own: more than anybody reads, and few enough to count at each move of a brush. */
const MAX_BARS = 1000;

/** The key of a value: its string; {@link NO_VALUE_KEY} for null, '' and numbers that are none. */
export function keyOfValue(value: ColumnValue): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return NO_VALUE_KEY;
  return String(value);
}

/** One bar for each value, the most frequent first, equal ones by name; all after the 1000th share one. O(n + v log v). */
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

/** What one bar stands for. */
export interface Category {
  readonly key: string;
  readonly label: string;
}

/** Bars that are known beforehand, in their order; `bins[i]` is paper i's, `categories.length` for none; with their parts. */
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
