interface Binned {
  /** The bar, or leaf of a tree, of each paper; `size` for papers without a value. */
  readonly bins: Uint16Array;
  /** Number of bars or leaves. */
  readonly size: number;
}

/** One bar for each value. */
export interface CategoryFacet extends Binned {
  readonly kind: 'category';
  /** The value of each bar, as filters name it; `OTHER_KEY` for all values without a bar of their own. */
  readonly keys: readonly string[];
  /** The label of each bar. */
  readonly labels: readonly string[];
  /** All bars of each paper of a list column, where `bins` has but the longest one; absent if no paper has several. */
  readonly members?: Members;
  /** The values below those of the bars, which filters may name too; absent if there are none. */
  readonly tree?: CategoryTree;
}

/** The bars of paper i: `bars` from `starts[i]` up to, but not including, `starts[i + 1]`, ascending. */
export interface Members {
  /** One more than papers. */
  readonly starts: Uint32Array;
  readonly bars: Uint16Array;
}

/** Values with parts. Every paper is in one leaf: a value without parts, or the rest of a value beside its parts. */
export interface CategoryTree extends Binned {
  /** The keys of the bars. */
  readonly tops: readonly string[];
  readonly branches: ReadonlyMap<string, Branch>;
}

/** One value of a tree. */
export interface Branch {
  readonly label: string;
  /** The leaf of its papers that are in none of its parts; −1 if there are none. */
  readonly own: number;
  /** The keys of its parts. */
  readonly parts: readonly string[];
}

interface Ranged extends Binned {
  /** size + 1 ascending borders: bar b holds the values v with `edges[b]` ≤ v < `edges[b + 1]`. */
  readonly edges: Float64Array;
  /** One for each paper, NaN for no value. */
  readonly values: Float64Array;
}

/** A histogram of numbers. */
export interface NumberFacet extends Ranged {
  readonly kind: 'number';
  /** Whether all values are whole numbers. */
  readonly isWhole: boolean;
}

/** The period that one bar of a time line spans. */
export type DateUnit = 'day' | 'month' | 'quarter' | 'year' | 'years';

/** A histogram of dates, in days since 1970-01-01. */
export interface DateFacet extends Ranged {
  readonly kind: 'date';
  readonly unit: DateUnit;
  /** Papers without a value, by the reason: no date, a date without a year, a date less exact than a bar. */
  readonly undated: number;
  readonly yearless: number;
  readonly vague: number;
}

/** A facet with a histogram. */
export type RangeFacet = NumberFacet | DateFacet;
/** The values of one column as bars, for counting and filtering papers. */
export type Facet = CategoryFacet | RangeFacet;

/** The bars of one paper: one, or several of a list; bar `size` for none. */
export function barsOf({ bins, members }: CategoryFacet, paper: number): ArrayLike<number> & Iterable<number> {
  const own = members?.bars.subarray(members.starts[paper], members.starts[paper + 1]) ?? [];
  return own.length > 0 ? own : [bins[paper]];
}

/**
 * The bar of each value: b where `edges[b]` ≤ value < `edges[b + 1]`; the number of bars for NaN and for values outside
 * all bars. `edges` ascend. O(n log bars).
 */
export function binsOf(values: Float64Array, edges: Float64Array): Uint16Array {
  const size = edges.length - 1;
  const bins = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    bins[i] = value >= edges[0] && value < edges[size] ? barAt(edges, value) : size;
  }
  return bins;
}

/** The last bar that begins at or before `value`; 0 if none does. O(log bars). */
export function barAt(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
