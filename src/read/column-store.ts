import type { Column, ColumnValue } from '../model/paper.ts';
import { MAX_CELLS, MAX_COLUMNS } from './limits.ts';

/** Further columns while papers are read. */
export interface ColumnStore {
  /** Sets a paper's value where it has none yet. Empty values are passed over. */
  put(name: string, paper: number, value: ColumnValue): void;
  /** The columns for `papers` papers, in order of appearance, and how many were too many. */
  finish(papers: number): { readonly columns: Column[]; readonly dropped: number };
}

/** At most 2000 columns and 40 M cells are kept, the first to appear. */
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
 * `values` as numbers when all that are not null read as finite numbers exactly, as booleans when all read as such, as
 * they are when they already are of one kind, else as strings. `007` and integers beyond 2^53 stay strings.
 */
export function typeValues(values: readonly ColumnValue[]): ColumnValue[] {
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
