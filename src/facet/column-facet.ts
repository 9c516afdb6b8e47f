import { itemsOf } from '../model/list-values.ts';
import type { ColumnValue } from '../model/paper.ts';
import { type DayOrder, type DayOrderGuess, guessDayOrder, parseDate, unixDate } from '../text/dates.ts';
import { categoryFacet, listFacet } from './category-facet.ts';
import { dateFacet } from './date-facet.ts';
import type { Facet } from './facet.ts';
import { numberFacet } from './number-facet.ts';

/** A column read as dates. */
export interface ColumnDates {
  /** One for each paper: ISO 8601 as far as known; null for no value and for a value that is not a date. */
  readonly dates: readonly (string | null)[];
  /** How ambiguous dates are read; null when there are none. */
  readonly days: DayOrderGuess | null;
}

/**
 * The facet of a column: a histogram if all values are numbers or nearly all are dates ({@link columnDates}, which may
 * be given), otherwise one bar for each value. Null where no facet helps: texts and names of single papers (more than
 * half of the values differ, and they are long or many), and columns with at most one value. A list (`isList`) has a
 * bar for each of its items. O(n log n).
 */
export function columnFacet(
  values: readonly ColumnValue[],
  dates: ColumnDates | null = columnDates(values),
  isList = false,
): Facet | null {
  if (isList) return itemFacet(values);
  const traits = traitsOf(values);
  if (traits.filled === 0 || (traits.distinct < 2 && traits.filled === values.length)) return null;
  if (dates) return dateFacet(dates.dates) ?? categoryFacet(values);
  if (traits.numbers === traits.filled && traits.distinct > 1) return numberFacet(values);
  const areSingle = traits.distinct * 2 > traits.filled && traits.filled > 1;
  if (areSingle && (traits.distinct > FEW_VALUES || traits.length > TEXT_LENGTH * traits.filled)) return null;
  return categoryFacet(values);
}

/**
 * The dates of a column in which nearly all values are dates: in digits or words, of any precision, or Unix times as
 * numbers if the column's name suggests time. Unless `order` is given, all dates together decide whether the day or the
 * month comes first. Null for other columns. O(values).
 */
export function columnDates(
  values: readonly ColumnValue[],
  name = '',
  order: DayOrder | null = null,
): ColumnDates | null {
  const filled = values.reduce<number>((sum, value) => sum + (isMissing(value) ? 0 : 1), 0);
  if (filled === 0) return null;
  const areTimes = TIME_NAME.test(name);
  const guess = guessDayOrder(values);
  const days = guess && { ...guess, order: order ?? guess.order };
  let others = 0;
  const dates: (string | null)[] = [];
  for (const value of values) {
    const date = typeof value === 'number' ? (areTimes ? unixDate(value) : null) : dateOf(value, days?.order ?? null);
    if (date === null && !isMissing(value) && ++others > MAX_OTHER_SHARE * filled) return null;
    dates.push(date);
  }
  return { dates, days };
}

/** Whether a column that begins with `values` may hold dates, so that reading all of it is worth while. */
export function mayBeDates(values: readonly ColumnValue[], name: string): boolean {
  const first = values.find((value) => !isMissing(value));
  if (typeof first === 'number') return TIME_NAME.test(name) && unixDate(first) !== null;
  return first !== undefined && (dateOf(first, null) !== null || TIME_NAME.test(name));
}

/** Strings that are longer than this on average and mostly differ are texts. */
const TEXT_LENGTH = 60;
/** Up to this number of values, bars of one paper each are few enough to look at. */
const FEW_VALUES = 30;

/** Share of the values that need not be dates: people write something else for an unknown date. */
const MAX_OTHER_SHARE = 0.1;
/** Numbers are times only in a column with such a name, since any large number could be a time. */
const TIME_NAME = /date|time|created|updated|published|submitted|modified|utc|epoch|unix|(?:^|[^a-z])(?:at|on)$/iu;

/** Null where hardly any item comes twice. */
function itemFacet(values: readonly ColumnValue[]): Facet | null {
  const items = values.flatMap(itemsOf);
  const distinct = new Set(items).size;
  const areSingle = distinct * 1.25 > items.length && distinct > FEW_VALUES;
  return distinct < 2 || areSingle ? null : listFacet(values);
}

interface Traits {
  /** Papers with a value. */
  readonly filled: number;
  readonly numbers: number;
  readonly distinct: number;
  /** UTF-16 units of all strings. */
  readonly length: number;
}

function traitsOf(values: readonly ColumnValue[]): Traits {
  const seen = new Set<ColumnValue>();
  let filled = 0;
  let numbers = 0;
  let length = 0;
  for (const value of values) {
    if (isMissing(value)) continue;
    filled++;
    seen.add(value);
    if (typeof value === 'number') numbers++;
    if (typeof value === 'string') length += value.length;
  }
  return { filled, numbers, distinct: seen.size, length };
}

function dateOf(value: ColumnValue, order: DayOrder | null): string | null {
  return typeof value === 'string' ? parseDate(value, order) : null;
}

function isMissing(value: ColumnValue): boolean {
  return value === null || value === '' || (typeof value === 'number' && !Number.isFinite(value));
}
