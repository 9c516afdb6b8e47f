const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const WEEKDAY = '(?:[a-z]{3,9},?\\s+)?';
/** A counter, or a time with its zone. */
const TAIL = '(?:,?\\s+(?:\\d{1,4}|\\d{1,2}:\\d\\d.*))?';

const MONTH_DAY = new RegExp(`^${WEEKDAY}${MONTH}\\s+${DAY}(?:,?\\s+(\\d{4}))?${TAIL}$`, 'iu');
const MONTH_YEAR = new RegExp(`^${MONTH},?[\\s-]+(\\d{4})$`, 'iu');
const DAY_MONTH = new RegExp(`^${WEEKDAY}${DAY}\\.?[\\s-]+(?:of\\s+)?${MONTH}(?:,?[\\s-]+(\\d{4}))?${TAIL}$`, 'iu');
const YEAR_MONTH = new RegExp(`^(\\d{4})[\\s-]+${MONTH}(?:[\\s-]+${DAY})?$`, 'iu');
const ISO = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d.*|\/\D*)?$/u;
const COMPACT = /^(\d{4})(\d\d)(\d\d)$/u;
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/u;
const YEARLESS = /^--(\d\d)-(\d\d)$/u;

/** A date as the paper listings write it: `Mar 26, 2023`, `Jul 25`, `Mar 7, 2024 3` (the last number is a counter). */
export const LISTING_DATE = /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2}(?:, \d{4})?(?: \d{1,6})?$/u;

/** Whether the first or the second number of a date such as `03/04/2023` is the day. */
export type DayOrder = 'day-first' | 'month-first';

/** How to read a column's ambiguous dates, judged by all its dates together. */
export interface DayOrderGuess {
  readonly order: DayOrder;
  /** Whether some date of the column can be read only in this way, and none only in the other. */
  readonly isSure: boolean;
  /** How many dates can be read in two ways, and the first of them. */
  readonly ambiguous: number;
  readonly example: string;
}

/**
 * `raw` as ISO 8601, as exact as it is: `2023-03-26`, `2023-03`, `2023`, or `--07-25` without a year, which is never
 * guessed. Null when it is not a date. Without `order`, `03/04/2023` gives only its year; `03.04.2023` is always read
 * with the day first, as it is written where points are used. Ten or thirteen digits are Unix time.
 */
export function parseDate(raw: string, order: DayOrder | null = null): string | null {
  const text = raw.trim();
  if (text === '' || text.length > 64) return null;
  return numericDate(text, order) ?? wordDate(text);
}

/**
 * The most exact date that several values of one record give together: the longest that has a year; a month and day
 * without a year, or a month alone, completes a year beside it. A date without a year only when there is no year. Null
 * when no value is a date.
 */
export function bestDate(values: readonly string[], order: DayOrder | null = null): string | null {
  const parsed = values.map((value) => parseDate(value, order));
  const best = longest(parsed.map((date) => (date?.startsWith('-') ? null : date)));
  if (best === null) return parsed.find((date) => date !== null) ?? null;
  const year = best.slice(0, 4);
  const completed = values.map((value, i) => {
    const date = parsed[i];
    if (date !== null) return date.startsWith('-') ? year + date.slice(1) : date;
    return parseDate(`${value} ${year}`) ?? parseDate(`${year} ${value}`);
  });
  return longest([best, ...completed.map((date) => (date?.startsWith(best) ? date : null))]);
}

function longest(dates: readonly (string | null)[]): string | null {
  let found: string | null = null;
  for (const date of dates) if (date !== null && date.length > (found?.length ?? 0)) found = date;
  return found;
}

/** The day of a Unix time, in seconds or, from 1e11 on, milliseconds; null for fractions and outside 1980–2099. */
export function unixDate(time: number): string | null {
  const ms = time < 1e11 ? 1000 * time : time;
  if (!Number.isInteger(time) || ms < UNIX_FROM || ms >= UNIX_TO) return null;
  return new Date(ms).toISOString().slice(0, 10);
}

const UNIX_FROM = Date.UTC(1980, 0, 1);
const UNIX_TO = Date.UTC(2100, 0, 1);

/**
 * How to read the ambiguous dates of one column: as most of its unambiguous ones. If there are none, the number that is
 * 1 in all dates is the day; otherwise slashes mean month first and hyphens day first. Null when no date is ambiguous.
 * O(values).
 */
export function guessDayOrder(values: Iterable<unknown>): DayOrderGuess | null {
  let [dayFirst, monthFirst, ambiguous, example] = [0, 0, 0, ''];
  let [isFirstOne, isSecondOne] = [true, true];
  for (const value of values) {
    const parts = typeof value === 'string' && value.length <= 64 ? NUMERIC.exec(value.trim()) : null;
    if (!parts || parts[2] === '.') continue;
    const [first, second] = [Number(parts[1]), Number(parts[3])];
    if (first > 12) dayFirst++;
    else if (second > 12) monthFirst++;
    isFirstOne &&= first === 1;
    isSecondOne &&= second === 1;
    if (first > 12 || second > 12 || first === second || first === 0 || second === 0) continue;
    if (ambiguous++ === 0) example = parts[0];
  }
  if (ambiguous === 0) return null;
  const usual = isFirstOne !== isSecondOne ? isFirstOne : example.includes('-');
  const isDayFirst = dayFirst === monthFirst ? usual : dayFirst > monthFirst;
  const isSure = (dayFirst === 0) !== (monthFirst === 0);
  return { order: isDayFirst ? 'day-first' : 'month-first', isSure, ambiguous, example };
}

function numericDate(text: string, order: DayOrder | null): string | null {
  const yearless = YEARLESS.exec(text);
  if (yearless) return isoDate('', yearless[1], yearless[2]);
  if (/^\d{4}\.0$/u.test(text)) return text.slice(0, 4);
  if (/^(?:\d{10}|\d{13})(?:\.\d+)?$/u.test(text)) {
    const ms = Number(text) * (/^\d{13}/u.test(text) ? 1 : 1000);
    return new Date(ms).toISOString().slice(0, 10);
  }
  const iso = ISO.exec(text) ?? COMPACT.exec(text);
  if (iso) return isoDate(iso[1], iso[2], iso[3]);
  const parts = NUMERIC.exec(text);
  if (!parts) return null;
  const [, first, mark, second, year] = parts;
  if (mark === '.' || Number(first) > 12) return isoDate(year, second, first);
  if (Number(second) > 12 || Number(first) === Number(second)) return isoDate(year, first, second);
  if (order === null) return year;
  return order === 'day-first' ? isoDate(year, second, first) : isoDate(year, first, second);
}

function wordDate(text: string): string | null {
  const monthDay = MONTH_DAY.exec(text);
  if (monthDay) return isoDate(monthDay[3], monthNumber(monthDay[1]), monthDay[2]);
  const monthYear = MONTH_YEAR.exec(text);
  if (monthYear) return isoDate(monthYear[2], monthNumber(monthYear[1]), undefined);
  const dayMonth = DAY_MONTH.exec(text);
  if (dayMonth) return isoDate(dayMonth[3], monthNumber(dayMonth[2]), dayMonth[1]);
  const yearMonth = YEAR_MONTH.exec(text);
  return yearMonth ? isoDate(yearMonth[1], monthNumber(yearMonth[2]), yearMonth[3]) : null;
}

function monthNumber(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

function isoDate(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  const y = year || '-';
  if (month === undefined) return year || null;
  const m = Number(month);
  if (m < 1 || m > 12) return null;
  const start = `${y}-${String(m).padStart(2, '0')}`;
  if (day === undefined) return year ? start : null;
  const d = Number(day);
  const leap = !year || (Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0));
  const longest = m === 2 && !leap ? 28 : DAYS[m - 1];
  return d >= 1 && d <= longest ? `${start}-${String(d).padStart(2, '0')}` : null;
}
