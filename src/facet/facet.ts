interface Binned {
  /** The bar of each paper; `size` for papers without a value. */
  readonly bins: Uint16Array;
  /** How many bars there are. */
  readonly size: number;
}

/** One bar a value. */
export interface CategoryFacet extends Binned {
  readonly kind: 'category';
  /** What each bar stands for, as filters name it; `OTHER_KEY` for all values beyond the last bar of their own. */
  readonly keys: readonly string[];
  /** What each bar is called. */
  readonly labels: readonly string[];
}

interface Ranged extends Binned {
  /** size + 1 ascending borders: bar b holds the values from `edges[b]` up to, but not with, `edges[b + 1]`. */
  readonly edges: Float64Array;
  /** One a paper, NaN for none. */
  readonly values: Float64Array;
}

/** A histogram of numbers. */
export interface NumberFacet extends Ranged {
  readonly kind: 'number';
  /** All values are whole numbers. */
  readonly isWhole: boolean;
}

/** What one bar of a time line spans. */
export type DateUnit = 'day' | 'month' | 'quarter' | 'year' | 'years';

/** A histogram of dates, in days since 1970-01-01. */
export interface DateFacet extends Ranged {
  readonly kind: 'date';
  readonly unit: DateUnit;
  /** Papers without a value, by the reason: no date, a date without a year, a date that names no one bar. */
  readonly undated: number;
  readonly yearless: number;
  readonly vague: number;
}

export type RangeFacet = NumberFacet | DateFacet;
export type Facet = CategoryFacet | RangeFacet;
