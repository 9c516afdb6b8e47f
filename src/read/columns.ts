import type { Column, ColumnValue, Corpus, Paper } from '../model/paper.ts';
import type { GivenVectors, ReadNote } from '../model/read-report.ts';
import { type DayOrder, type DayOrderGuess, guessDayOrder, parseDate } from '../text/dates.ts';
import { MAX_CELLS, MAX_COLUMNS } from './limits.ts';
import type { FilePreview } from './read.api.ts';

/** Further columns while papers are read. */
export interface ColumnStore {
  /** Sets a paper's value unless it already has one. Ignores empty values. */
  put(name: string, paper: number, value: ColumnValue): void;
  /** The columns for `papers` papers in order of appearance, and how many were dropped as too many. */
  finish(papers: number): { readonly columns: Column[]; readonly dropped: number };
}

/** A corpus without its vector columns, and the vectors. */
interface SplitVectors {
  readonly columns: Column[];
  readonly vectors: GivenVectors[];
  /** One note for each vector that cannot be used. */
  readonly warnings: ReadNote[];
}

/** A store that keeps the first 2000 columns and 40 M cells to appear. */
export function makeColumnStore(): ColumnStore {
  const columns = new Map<string, Map<number, ColumnValue> | ColumnValue[]>();
  const refused = new Set<string>();

  function column(name: string): Map<number, ColumnValue> | ColumnValue[] | null {
    const known = columns.get(name);
    if (known) return known;
    if (columns.size >= MAX_COLUMNS) {
      if (refused.size < MAX_COLUMNS) refused.add(name);
      return null;
    }
    const made: ColumnValue[] = [];
    columns.set(name, made);
    return made;
  }

  function putSparse(
    name: string,
    values: Map<number, ColumnValue> | ColumnValue[],
    paper: number,
    value: ColumnValue,
  ) {
    let cells = values;
    if (Array.isArray(cells) && paper > 1024 + 8 * cells.length) {
      cells = new Map(cells.map((cell, i) => [i, cell]));
      columns.set(name, cells);
    }
    if (Array.isArray(cells)) {
      while (cells.length < paper) cells.push(null);
      cells[paper] ??= value;
    } else if ((cells.get(paper) ?? null) === null) cells.set(paper, value);
  }

  return {
    put(name, paper, value) {
      if (value === null || value === '') return;
      const values = column(name);
      if (values) putSparse(name, values, paper, value);
    },
    finish(papers) {
      const kept: Column[] = [];
      const room = papers > 0 ? Math.floor(MAX_CELLS / papers) : MAX_COLUMNS;
      for (const [name, cells] of columns) {
        if (kept.length >= Math.max(1, room)) break;
        const at = Array.isArray(cells) ? (i: number) => cells[i] ?? null : (i: number) => cells.get(i) ?? null;
        kept.push({ name, values: typeValues(Array.from({ length: papers }, (_, i) => at(i))) });
      }
      const dropped = columns.size - kept.length + refused.size;
      columns.clear();
      return { columns: kept, dropped };
    },
  };
}

/**
 * Completes ambiguous dates such as 03/04/2023, of which only the year was certain: in the order wanted for a paper's first file, or else in
 * the order that all dates of the column suggest. Changes `papers`; returns the previews with the order used. O(papers ×
 * date columns).
 */
export function settleDates(
  papers: Paper[],
  columns: readonly Column[],
  previews: readonly FilePreview[],
  wanted: (file: string) => DayOrder | undefined,
): FilePreview[] {
  const guesses = new Map<string, DayOrderGuess>();
  for (const name of new Set(previews.map(({ table }) => table?.roles.date ?? null))) {
    // Dates that are not ISO are kept in their own column as they were written.
    const values = columns.find((column) => column.name === name)?.values ?? [];
    const guess = guessDayOrder(values);
    if (name === null || !guess) continue;
    guesses.set(name, guess);
    values.forEach((value, i) => {
      const { date, sources } = papers[i];
      const order = wanted(sources[0].file) ?? guess.order;
      const exact = typeof value === 'string' && date !== null ? parseDate(value, order) : null;
      // A merged paper may have its date from elsewhere.
      if (exact && date && exact.length > date.length && exact.startsWith(date))
        papers[i] = { ...papers[i], date: exact };
    });
  }
  return previews.map((preview) => {
    const { file, table } = preview;
    const days = guesses.get(table?.roles.date ?? '');
    if (!table || !days) return preview;
    return { ...preview, table: { ...table, days: { ...days, order: wanted(file) ?? days.order } } };
  });
}

/**
 * Takes out the columns of vectors: lists of numbers, nearly all of one length of at least 8, as JSON (`[0.1, …]`) or
 * separated by commas, semicolons or blanks. O(papers × dimensions) for each such column.
 */
export function splitVectors({ papers, columns }: Corpus): SplitVectors {
  const split: SplitVectors = { columns: [], vectors: [], warnings: [] };
  for (const column of columns) {
    const dimensions = dimensionsOf(column.values);
    if (dimensions === null) {
      split.columns.push(column);
      continue;
    }
    const rows = new Float32Array(papers.length * dimensions);
    const without: number[] = [];
    column.values.forEach((value, paper) => {
      const reason = fillRow(value, rows.subarray(paper * dimensions, (paper + 1) * dimensions));
      if (reason === null) return;
      without.push(paper);
      const [{ file, line }] = papers[paper].sources;
      split.warnings.push({ file, line, reason: `column “${column.name}”: ${reason}` });
    });
    split.vectors.push({ column: column.name, dimensions, rows, without });
  }
  return split;
}

/**
 * `values` as numbers if all that are not null convert to finite numbers exactly, as booleans if all do, unchanged if
 * they already have one type, otherwise as strings. `007` and integers beyond 2^53 stay strings.
 */
function typeValues(values: readonly ColumnValue[]): ColumnValue[] {
  if (values.every((value) => value === null || toNumber(value) !== null)) {
    return values.map((value) => (value === null ? null : toNumber(value)));
  }
  if (values.every((value) => value === null || toBoolean(value) !== null)) {
    return values.map((value) => (value === null ? null : toBoolean(value)));
  }
  return values.map((value) => (value === null ? null : String(value)));
}

function toNumber(value: ColumnValue): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.length > 40) return null;
  const text = value.trim();
  if (!/^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d{1,3})?$/iu.test(text)) return null;
  const number = Number(text);
  const exact = Number.isSafeInteger(number) || /[.e]/iu.test(text);
  return exact && Number.isFinite(number) ? number : null;
}

function toBoolean(value: ColumnValue): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const word = value.trim().toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : null;
}

/** Shorter lists are coordinates, ranges or tags. */
const MIN_DIMENSIONS = 8;
const SAMPLED_VALUES = 200;
/** Share of the sampled values that must be lists of the same length. */
const MIN_SHARE = 0.75;
/** Longest value that is parsed: 16,000 numbers of float64. */
const MAX_VALUE_LENGTH = 400_000;

/** The length of nearly all values of a column as lists; null when there is no such length. */
function dimensionsOf(values: readonly ColumnValue[]): number | null {
  const counts = new Map<number, number>();
  let seen = 0;
  for (const value of values) {
    if (value === null || value === '') continue;
    // A column with any value that is not a string does not hold lists.
    if (typeof value !== 'string') return null;
    const length = numbersOf(value)?.length ?? 0;
    counts.set(length, (counts.get(length) ?? 0) + 1);
    if (++seen === SAMPLED_VALUES) break;
  }
  for (const [length, count] of counts) if (length >= MIN_DIMENSIONS && count >= MIN_SHARE * seen) return length;
  return null;
}

/** Writes the vector at unit length and returns null, or leaves the row at zeros and returns why it cannot be used. */
function fillRow(value: ColumnValue, row: Float32Array): string | null {
  if (value === null || value === '') return 'no vector';
  const numbers = numbersOf(String(value));
  if (!numbers) return 'no list of numbers';
  if (numbers.length !== row.length) return `${numbers.length} numbers, not ${row.length}`;
  const norm = Math.hypot(...numbers);
  if (!(norm > 0 && norm < Number.POSITIVE_INFINITY)) return 'a vector without a direction';
  for (let j = 0; j < row.length; j++) row[j] = numbers[j] / norm;
  return null;
}

function numbersOf(text: string): number[] | null {
  if (text.length > MAX_VALUE_LENGTH) return null;
  const inner = text.replace(/^[\s[(]+|[\s\])]+$/gu, '');
  if (inner === '' || !/^[-+.\d]/u.test(inner)) return null;
  const numbers = inner.split(/[\s,;]+/u).map(Number);
  return numbers.every(Number.isFinite) ? numbers : null;
}
