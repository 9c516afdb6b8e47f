import { nearRange } from '../model/near-range.ts';
import type { DateFacet, DateUnit } from './facet.ts';
import { binsOf } from './facet.ts';

/** Most bars of a time line. */
const MAX_BARS = 100;
/** A unit is used only if at least this share of the dates is exact enough for it. */
const MIN_EXACT_SHARE = 0.9;

const ISO = /^(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|--(\d\d)-(\d\d))(?:[T ]\d.*)?$/u;

/**
 * A time line of ISO 8601 dates (null = none). Its bars are days, months, quarters, years or 2, 5, 10 … years: the
 * finest unit that gives at most 100 bars and that nine dates in ten are exact enough for. No date is guessed: papers
 * without a year, and those whose date is less exact than a bar, have no value and are counted by the reason. Null
 * when no paper has a date. Where a few dates are so far away that all others would fall into a few bars (the year
 * 9999), they get one bar of their own at either end. O(n log n).
 */
export function dateFacet(dates: readonly (string | null)[]): DateFacet | null {
  const parts = dates.map((date) => (date === null ? null : partsOf(date)));
  const known = parts.filter((part): part is DateParts => part !== null && part.year !== null);
  const days = known.map(startOf);
  const sorted = Float64Array.from(days).sort();
  const [first, last] = nearRange(sorted) ?? [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const span = SPANS.find(
    (candidate) =>
      known.filter(({ exact }) => exact >= candidate.exact).length >= MIN_EXACT_SHARE * known.length &&
      barsBetween(first, last, candidate) <= MAX_BARS,
  );
  if (known.length === 0 || !span) return null;
  const values = Float64Array.from(parts, (part) =>
    part === null || part.year === null || part.exact < span.exact ? NaN : startOf(part),
  );
  const edges = widened(edgesOf(first, last, span), sorted[0], sorted[sorted.length - 1]);
  return {
    kind: 'date',
    unit: span.unit,
    edges,
    values,
    size: edges.length - 1,
    bins: binsOf(values, edges),
    undated: parts.filter((part) => part === null).length,
    yearless: parts.filter((part) => part !== null && part.year === null).length,
    vague: known.filter(({ exact }) => exact < span.exact).length,
  };
}

/** The most exact part of a date: 1 its year, 2 its month, 3 its day. */
type Exactness = 1 | 2 | 3;

interface DateParts {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  readonly exact: Exactness;
}

interface Span {
  readonly unit: DateUnit;
  readonly exact: Exactness;
  /** Length in months; 0 for one day. */
  readonly months: number;
}

const YEARS = [2, 5, 10, 20, 50, 100, 200];

const SPANS: readonly Span[] = [
  { unit: 'day', exact: 3, months: 0 },
  { unit: 'month', exact: 2, months: 1 },
  { unit: 'quarter', exact: 2, months: 3 },
  { unit: 'year', exact: 1, months: 12 },
  ...YEARS.map((years): Span => ({ unit: 'years', exact: 1, months: 12 * years })),
];

function partsOf(text: string): DateParts | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [, year, monthText = match[4], dayText = match[5]] = match;
  const month = Number(monthText ?? 1);
  const day = Number(dayText ?? 1);
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const exact = dayText !== undefined ? 3 : monthText !== undefined ? 2 : 1;
  return { year: year === undefined ? null : Number(year), month, day, exact };
}

function startOf({ year, month, day }: DateParts): number {
  return dayNumber(year ?? 0, month, day);
}

function barsBetween(first: number, last: number, span: Span): number {
  if (span.months === 0) return last - first + 1;
  return barOfDay(last, span) - barOfDay(first, span) + 1;
}

/** Bar borders, from the start of the first day's bar to the end of the last day's. */
function edgesOf(first: number, last: number, span: Span): Float64Array {
  const count = barsBetween(first, last, span);
  const from = span.months === 0 ? first : barOfDay(first, span);
  return Float64Array.from({ length: count + 1 }, (_, i) =>
    span.months === 0 ? from + i : dayNumber(0, 1 + (from + i) * span.months, 1),
  );
}

/** The borders with a bar at either end for what lies beyond them, where anything does. */
function widened(edges: Float64Array, first: number, last: number): Float64Array {
  const before = first < edges[0] ? [first] : [];
  const after = last >= edges[edges.length - 1] ? [last + 1] : [];
  return Float64Array.from([...before, ...edges, ...after]);
}

/** The bar that holds a day; bars of `span.months` months are counted from the year 0. */
function barOfDay(day: number, { months }: Span): number {
  const date = new Date(day * 86_400_000);
  return Math.floor((12 * date.getUTCFullYear() + date.getUTCMonth()) / months);
}

/** The day number (days since 1970-01-01, UTC) of a day of the Gregorian calendar; `month` from 1. */
function dayNumber(year: number, month: number, day: number): number {
  // `Date.UTC` would read the years 0 to 99 as 1900 to 1999.
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day);
  return Math.round(time.getTime() / 86_400_000);
}
