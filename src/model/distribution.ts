import type { ColumnValue } from './paper.ts';
import { invertSelection, type Selection } from './selection.ts';

/** One value or range of values, and how many papers of each of two sets have it. */
export interface DistributionBar {
  readonly label: string;
  readonly kind: 'value' | 'range' | 'other' | 'missing';
  readonly a: number;
  readonly b: number;
}

/** How the values of a column are distributed in two sets of papers. The counts of each set add up to its size. */
export interface Distribution {
  /** Values by count in both sets, or ranges in ascending order; then other values, then papers without one. */
  readonly bars: readonly DistributionBar[];
  readonly sizeA: number;
  readonly sizeB: number;
}

/** Limits the number of bars. */
export interface DistributionOptions {
  /** Maximum number of ranges, or of values with their own bar. Default 10. */
  readonly maxBars?: number;
}

/**
 * The distribution of two sets of papers over `values` (one for each paper); `b` null means all papers that are not in
 * `a`. Numbers with more distinct values than bars are put into equal ranges between the minimum and maximum of both
 * sets (whole numbers into ranges of whole numbers); everything else is counted by value. null, '' and NaN are missing.
 * Empty bars are left out, except for ranges. O(n + values log values).
 */
export function distributionOf(
  values: readonly ColumnValue[],
  a: Selection,
  b: Selection | null,
  { maxBars = 10 }: DistributionOptions = {},
): Distribution {
  const rest = b ?? invertSelection(a, values.length);
  const numbers = numbersOf(values, a, rest, maxBars);
  const groups = numbers ? rangesOf(numbers, maxBars) : valuesOf(values, a, rest, maxBars);
  const last = groups.labels.length;
  const countsA = countGroups(values, a, groups);
  const countsB = countGroups(values, rest, groups);
  const bars = groups.labels.map((label, g): DistributionBar => ({ label, kind: groups.kind, ...at(g) }));
  if (countsA[last] + countsB[last] > 0) bars.push({ label: 'others', kind: 'other', ...at(last) });
  if (countsA[last + 1] + countsB[last + 1] > 0) bars.push({ label: 'none', kind: 'missing', ...at(last + 1) });
  return { bars, sizeA: a.length, sizeB: rest.length };

  function at(group: number): Pick<DistributionBar, 'a' | 'b'> {
    return { a: countsA[group], b: countsB[group] };
  }
}

/** Groups by index in `labels`; `labels.length` is the group of other values, the next one that of missing values. */
interface Groups {
  readonly labels: readonly string[];
  readonly kind: 'value' | 'range';
  groupOf(value: ColumnValue): number;
}

function isMissing(value: ColumnValue | undefined): boolean {
  return value === null || value === undefined || value === '' || Number.isNaN(value);
}

/** The numbers of both sets if all values are numbers and more than `maxBars` are distinct, otherwise null. */
function numbersOf(values: readonly ColumnValue[], a: Selection, b: Selection, maxBars: number): Float64Array | null {
  const numbers = new Float64Array(a.length + b.length);
  const distinct = new Set<number>();
  let size = 0;
  for (const papers of [a, b]) {
    for (const paper of papers) {
      const value = values[paper];
      if (isMissing(value)) continue;
      if (typeof value !== 'number' || !Number.isFinite(value)) return null;
      numbers[size++] = value;
      if (distinct.size <= maxBars) distinct.add(value);
    }
  }
  return distinct.size > maxBars ? numbers.subarray(0, size) : null;
}

function rangesOf(numbers: Float64Array, maxBars: number): Groups {
  let low = numbers[0];
  let high = numbers[0];
  let isWhole = true;
  for (const value of numbers) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    isWhole &&= Number.isInteger(value);
  }
  const width = isWhole ? Math.ceil((high - low + 1) / maxBars) : (high - low) / maxBars;
  const count = isWhole ? Math.ceil((high - low + 1) / width) : maxBars;
  const labels = Array.from({ length: count }, (_, g) => {
    const from = low + g * width;
    const to = isWhole ? Math.min(from + width - 1, high) : Math.min(from + width, high);
    return from === to ? numberLabel(from) : `${numberLabel(from)}–${numberLabel(to)}`;
  });
  const groupOf = (value: ColumnValue) =>
    typeof value === 'number' && !Number.isNaN(value)
      ? Math.min(Math.floor((value - low) / width), count - 1)
      : count + 1;
  return { labels, kind: 'range', groupOf };
}

function numberLabel(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : String(Number(value.toPrecision(4)));
}

function valuesOf(values: readonly ColumnValue[], a: Selection, b: Selection, maxBars: number): Groups {
  const counts = new Map<string, number>();
  for (const papers of [a, b]) {
    for (const paper of papers) {
      const value = values[paper];
      if (!isMissing(value)) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
    }
  }
  const labels = [...counts.keys()]
    .sort((x, y) => (counts.get(y) ?? 0) - (counts.get(x) ?? 0) || (x < y ? -1 : 1))
    .slice(0, maxBars);
  const groups = new Map(labels.map((label, g) => [label, g]));
  const groupOf = (value: ColumnValue) =>
    isMissing(value) ? labels.length + 1 : (groups.get(String(value)) ?? labels.length);
  return { labels, kind: 'value', groupOf };
}

function countGroups(values: readonly ColumnValue[], papers: Selection, { labels, groupOf }: Groups): Int32Array {
  const counts = new Int32Array(labels.length + 2);
  for (const paper of papers) counts[groupOf(values[paper])]++;
  return counts;
}
