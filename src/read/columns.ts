import type { Column, ColumnValue, Paper } from '../model/paper.ts';
import { type DayOrder, type DayOrderGuess, guessDayOrder, parseDate } from '../text/dates.ts';
import { MAX_CELLS, MAX_COLUMNS } from './limits.ts';
import type { FilePreview } from './read.api.ts';
import type { Steps } from './steps.ts';

/** Further columns while papers are read. */
export interface ColumnStore {
  /** Makes a place for the column, in order of appearance; false when there are too many. One without values is left out. */
  reserve(name: string): boolean;
  /** Sets a paper's value unless it already has one. Ignores empty values. */
  put(name: string, paper: number, value: ColumnValue): void;
  /** The columns for `papers` papers in order of appearance, and how many were dropped as too many; a step for each. */
  finish(papers: number): Steps<{ readonly columns: Column[]; readonly dropped: number }>;
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
    reserve: (name) => column(name) !== null,
    put(name, paper, value) {
      if (value === null || value === '') return;
      const values = column(name);
      if (values) putSparse(name, values, paper, value);
    },
    *finish(papers) {
      const kept: Column[] = [];
      const room = papers > 0 ? Math.floor(MAX_CELLS / papers) : MAX_COLUMNS;
      const filled = [...columns].filter(([, cells]) => (Array.isArray(cells) ? cells.length : cells.size) > 0);
      for (const [name, cells] of filled) {
        if (kept.length >= Math.max(1, room)) break;
        const at = Array.isArray(cells) ? (i: number) => cells[i] ?? null : (i: number) => cells.get(i) ?? null;
        kept.push({ name, values: typeValues(Array.from({ length: papers }, (_, i) => at(i))) });
        yield;
      }
      const dropped = filled.length - kept.length + refused.size;
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
  return withSettledDates(previews, papers).map((preview) => {
    const { file, table } = preview;
    const days = guesses.get(table?.roles.date ?? '');
    if (!table || !days) return preview;
    return { ...preview, table: { ...table, days: { ...days, order: wanted(file) ?? days.order } } };
  });
}

/** The previews with the dates that their records have on the map. O(papers). */
function withSettledDates(previews: readonly FilePreview[], papers: readonly Paper[]): FilePreview[] {
  const keyOf = (file: string, line: number): string => `${line} ${file}`;
  const dates = new Map<string, string | null>();
  for (const { file, records } of previews) for (const { date, line } of records) dates.set(keyOf(file, line), date);
  for (const { date, sources } of papers) {
    const [{ file, line }] = sources;
    const key = keyOf(file, line);
    if (dates.has(key)) dates.set(key, date);
  }
  return previews.map((preview) => ({
    ...preview,
    records: preview.records.map((one) => ({ ...one, date: dates.get(keyOf(preview.file, one.line)) ?? one.date })),
  }));
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
