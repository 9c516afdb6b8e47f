import { monthNumber, plainLetters } from './month-names.ts';

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MONTH = '(\\p{L}{3,14})\\.?';
const DAY = '(\\d{1,2})(?:st|nd|rd|th|er|o|[.ºª])?';
/** Words before a date: a weekday, an article. */
const WEEKDAY = '(?:(?:\\p{L}[\\p{L}-]{0,15}\\.?,?\\s+){0,2})';
const OF = '(?:(?:of|de|del|di)\\s+)?';
const TIME = '\\d{1,2}[:.]\\d\\d';
/** A counter, or a time with its zone; the word for year that Russian and Polish add. */
const TAIL = `(?:,?\\s+(?:\\d{1,4}|(?:at\\s+)?${TIME}.*)|\\s*(?:г|года|року|р|r)\\.?)?`;
/** The second month or day of a range, which is not looked at. */
const RANGE = '(?:\\s*[-–/].*)?';

const MONTH_DAY = new RegExp(`^${WEEKDAY}${MONTH}\\s+${DAY}(?:,?\\s+(\\d{4}))?${TAIL}$`, 'iu');
/** As Unix and Twitter write it: `Wed Oct 10 20:19:24 +0000 2018`. */
const MONTH_DAY_TIME_YEAR = new RegExp(
  `^${WEEKDAY}${MONTH}\\s+${DAY}\\s+${TIME}(?:${'[:.]\\d\\d'})?(?:\\s+[\\w+:-]{1,9}){0,2}\\s+(\\d{4})$`,
  'iu',
);
const MONTH_YEAR = new RegExp(
  `^${MONTH}(?:\\s*[-–/]\\s*\\p{L}{3,14}\\.?)?,?[\\s/-]+${OF}(\\d{4})(?:\\s*(?:г|r)\\.?)?$`,
  'iu',
);
const DAY_MONTH = new RegExp(`^${WEEKDAY}${DAY}[\\s/-]+${OF}${MONTH}(?:,?[\\s/-]+${OF}(\\d{4}))?${TAIL}$`, 'iu');
/** Two digits of a year after hyphens or slashes, or before a time: `12-Mar-20`, `02/Mar/21` (Jira), `12 Mar 98 10:11 GMT`. */
const DAY_MONTH_SHORT = new RegExp(
  `^${WEEKDAY}${DAY}(?:[-/]${MONTH}[-/](\\d\\d)|\\s+${MONTH}\\s+(\\d\\d)(?=\\s+${TIME}))${TAIL}$`,
  'iu',
);
const YEAR_MONTH = new RegExp(`^(\\d{4})[.,]?[\\s/-]+${MONTH}(?:[\\s-]+${DAY})?${RANGE}$`, 'iu');
const ISO =
  /^(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?(?:[T ]\d.*|Z|[-+]\d\d:?\d\d|\/\D*|\s*[/–]\s*\d{4}(?:-.*)?)?$/u;
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:T?\d{6}.*)?$/u;
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d(?=$|[ T,]))(?:[ T,]\s*\d{1,2}[:.]\d\d.*)?$/u;
/** Years of writing alone, since `6.7606` is a number. */
const NUMERIC_MONTH = /^(\d{1,2})[-/.]((?:1[5-9]|20)\d\d)$/u;
const YEARLESS = /^--(\d\d)-(\d\d)$/u;
/** A year and what is less than a month: a season, a quarter, a week. */
const YEAR_PART =
  /^(?:(\d{4})[\s-]+(?:spring|summer|autumn|fall|winter|[QW]\d{1,2}|\d(?:st|nd|rd|th) (?:quart(?:er)?|trimester|semester))|Q[1-4][\s/-]+(\d{4})|\[(\d{4})\]|(\d{4})\s*[-–]\s*\d{4})$/iu;
/** Chinese, Japanese and Korean: 2020年3月5日, 2020년 3월 5일, 2020. 3. 5. */
const EAST_ASIAN =
  /^(\d{4})(?:\s*[年년]|\.(?=\s))\s*(?:(\d{1,2})(?:\s*[月월]|\.)\s*(?:(\d{1,2})(?:\s*[日일号號]|\.|$).*)?)?$/u;
/** A time that stands before a date: `8:19 PM · Oct 10, 2018`. */
const TIME_BEFORE = /^\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[,·–-]|on\b)?\s+/iu;

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
 * with the day first, as it is written where points are used. Of two digits of a year, 00–49 are 2000–2049 and 50–99 are
 * 1950–1999. Of a range, the first date counts. Ten or thirteen digits are Unix time; the day numbers of spreadsheets are
 * no dates. Months may be named in the larger European languages (`month-names.ts`).
 */
export function parseDate(raw: string, order: DayOrder | null = null): string | null {
  const text = raw.trim().slice(0, 65).normalize('NFKC');
  if (text === '' || text.length > 64 || !/\d/u.test(text)) return null;
  const date = numericDate(text, order) ?? wordDate(plainLetters(text)) ?? eastAsianDate(text);
  const rest = date === null ? text.replace(TIME_BEFORE, '') : text;
  return rest === text ? date : parseDate(rest, order);
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
    if (date !== null) return date.startsWith('-') ? parseDate(year + date.slice(1)) : date;
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
  const iso = ISO.exec(text);
  if (iso) return isoDate(iso[1], withoutZeros(iso[3]), withoutZeros(iso[3]) && withoutZeros(iso[4]));
  const compact = COMPACT.exec(text);
  if (compact) return isoDate(compact[1], compact[2], compact[3]);
  const month = NUMERIC_MONTH.exec(text);
  if (month) return isoDate(month[2], month[1], undefined);
  const part = YEAR_PART.exec(text);
  if (part) return part[1] ?? part[2] ?? part[3] ?? part[4];
  const parts = NUMERIC.exec(text);
  return parts && dayAndMonth(parts, order);
}

/** A date such as 03/04/2023, whose day and month could be either. */
function dayAndMonth([, first, mark, second, digits]: RegExpExecArray, order: DayOrder | null): string | null {
  // 20-03-05 may begin with the year.
  if (digits.length === 2 && mark === '-') return null;
  const year = fullYear(digits);
  if (mark === '.' || Number(first) > 12) return isoDate(year, second, first);
  if (Number(second) > 12 || Number(first) === Number(second)) return isoDate(year, first, second);
  if (order === null) return year;
  return order === 'day-first' ? isoDate(year, second, first) : isoDate(year, first, second);
}

/** Databases write 2020-03-00 for a month. */
function withoutZeros(part: string | undefined): string | undefined {
  return part === '00' ? undefined : part;
}

/** The year of two digits, in 1950–2049; four digits as they are. */
function fullYear(digits: string): string {
  if (digits.length === 4) return digits;
  return `${Number(digits) < 50 ? '20' : '19'}${digits}`;
}

/** A date with a month's name. `text` is plain letters, as `plainLetters` makes them. */
function wordDate(text: string): string | null {
  const late = MONTH_DAY_TIME_YEAR.exec(text);
  if (late) return named(late[3], late[1], late[2]);
  const monthDay = MONTH_DAY.exec(text);
  if (monthDay) return named(monthDay[3], monthDay[1], monthDay[2]);
  const monthYear = MONTH_YEAR.exec(text);
  if (monthYear) return named(monthYear[2], monthYear[1], undefined);
  const short = DAY_MONTH_SHORT.exec(text);
  if (short) return named(fullYear(short[3] ?? short[5]), short[2] ?? short[4], short[1]);
  const dayMonth = DAY_MONTH.exec(text);
  if (dayMonth) return named(dayMonth[3], dayMonth[2], dayMonth[1]);
  const yearMonth = YEAR_MONTH.exec(text);
  return yearMonth && named(yearMonth[1], yearMonth[2], yearMonth[3]);
}

function named(year: string | undefined, month: string, day: string | undefined): string | null {
  const number = monthNumber(month);
  return number === 0 ? null : isoDate(year, String(number), day);
}

function eastAsianDate(text: string): string | null {
  const parts = EAST_ASIAN.exec(text);
  return parts && isoDate(parts[1], parts[2], parts[3]);
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
