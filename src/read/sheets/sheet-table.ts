import { StageError } from '../../model/failure.ts';
import type { Cell, RecordSink } from '../format.ts';
import type { FileOptions } from '../read.api.ts';
import { distinctNames } from '../table/distinct-names.ts';
import { findLayout, isBlank } from '../table/layout.ts';
import { makeTable } from '../table.ts';

/** One sheet of a workbook: its rows of cells, from the first. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** Rows by which the table in a sheet is found. */
const SAMPLE_ROWS = 200;
/** Characters of a remark above the table that are told. */
const SHOWN_REMARK = 80;

/**
 * Reads the sheet that `options.sheet` names, else the one with the most rows that hold words; the others are told. The row of
 * names is found as for CSV. Lines count from 1. Throws `bad-format` for a workbook without rows and as `makeTable` does.
 * @param isFull asked before each row; true when no more are wanted
 */
export function takeSheets(
  sheets: readonly Sheet[],
  sink: RecordSink,
  options: FileOptions,
  isFull: () => boolean,
): void {
  const full = sheets.filter(({ rows }) => rows.length > 0);
  if (full.length === 0) throw new StageError('empty-input', 'read', 'this workbook holds no filled cell');
  const counts = new Map(full.map((sheet) => [sheet, wordLength(sheet)]));
  const likeliest = full.reduce((best, sheet) => ((counts.get(sheet) ?? 0) > (counts.get(best) ?? 0) ? sheet : best));
  const sheet = full.find(({ name }) => name === options.sheet) ?? likeliest;
  sink.parts({ sheets: full.map(({ name }) => name), part: sheet.name });
  const others = full.filter((each) => each !== sheet).map(({ name, rows }) => `“${name}” (${rows.length} rows)`);
  if (others.length > 0) {
    const more = others.length > 5 ? ` and ${others.length - 5} more` : '';
    sink.warn(0, `sheet “${sheet.name}” is read, and not ${others.slice(0, 5).join(', ')}${more}`);
  }
  takeRows(sheet, sink, options, isFull);
}

function takeRows({ rows }: Sheet, sink: RecordSink, options: FileOptions, isFull: () => boolean): void {
  const skipped = Math.min(rows.length, options.skipLines ?? 0);
  const filled = rows.slice(skipped);
  const sample = filled.slice(0, SAMPLE_ROWS).map((row) => row.map(wordsOf));
  const { headerRow, firstRow } = findLayout(sample.map(trimEnd), options.headerRow);
  const start = firstFilledColumn(sample);
  const width = filled.reduce((most, row) => Math.max(most, row.length), 0);
  const given = headerRow > 0 ? (sample[headerRow - 1] ?? []) : [];
  const named = Array.from({ length: width - start }, (_, i) => given[start + i] ?? '');
  const names = distinctNames(named);
  const table = makeTable(sink, options, { names, headerRow });
  for (const [i, row] of filled.entries()) {
    if (isFull()) break;
    const line = skipped + i + 1;
    if (i + 1 === headerRow) continue;
    if (i + 1 < firstRow) {
      const text = row
        .map(wordsOf)
        .filter((cell) => cell !== '')
        .join(' ');
      if (text !== '') sink.warn(line, `“${text.slice(0, SHOWN_REMARK)}” stands before the table and is not read`);
    } else if (row.some((cell) => cell !== null && cell !== '')) {
      table.add(
        names,
        names.map((_, column) => row[start + column] ?? null),
        line,
      );
    }
  }
  table.end();
}

/** UTF-16 units of the cells of several words: a glossary of many short rows is less text than a few reports. */
function wordLength({ rows }: Sheet): number {
  let length = 0;
  for (const row of rows) {
    for (const cell of row) {
      if (typeof cell === 'string' && /\p{L}+\s+\p{L}/u.test(cell.slice(0, 500))) length += cell.length;
    }
  }
  return length;
}

function wordsOf(cell: Cell): string {
  return cell === null ? '' : String(cell).trim();
}

/** Cells up to the last filled one, since programs write rows as wide as the widest. */
function trimEnd(row: readonly string[]): readonly string[] {
  const end = row.findLastIndex((cell) => cell !== '');
  return row.slice(0, end + 1);
}

/** Tables may begin below and to the right of a sheet's corner. */
function firstFilledColumn(sample: readonly (readonly string[])[]): number {
  const starts = sample.filter((row) => !isBlank(row)).map((row) => row.findIndex((cell) => cell !== ''));
  return starts.length === 0 ? 0 : Math.min(...starts);
}
