import readWorkbook from 'read-excel-file/universal';
import { StageError } from '../../model/failure.ts';
import { openPackage } from '../documents/package.ts';
import type { Cell } from '../format.ts';
import type { Sheet } from './sheet-table.ts';

/**
 * The sheets of an Excel workbook (.xlsx, .xlsm) with their cells as text, numbers, truth values and ISO dates. Throws `bad-format`
 * for a damaged or protected workbook, `too-large` for one that unpacks to more than 512 MB. Source: ECMA-376 part 1, 18.
 */
export async function readExcel(bytes: ArrayBuffer): Promise<Sheet[]> {
  needSize(bytes);
  try {
    const sheets = await readWorkbook(bytes, { trim: false });
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellOf)) }));
  } catch (error) {
    const cause = error instanceof Error ? error.message.split('\n', 1)[0].slice(0, 120) : String(error);
    const next = 'save it again in Excel or LibreOffice, or save the sheet as CSV';
    throw new StageError('bad-format', 'read', `this Excel workbook cannot be read (${cause}): ${next}`, {
      cause: error,
    });
  }
}

/** Cells of one sheet's area, filled or not, since the library makes a list of all of them. */
const MAX_CELLS = 20_000_000;

/** Throws `too-large` before the library would unpack too much, or fill an area up to a stray cell far away. */
function needSize(bytes: ArrayBuffer): void {
  const isSheet = (name: string): boolean => /(?:^|\/)xl\/worksheets\/[^/]+\.xml$/u.test(name);
  const file = openPackage(bytes, 'this Excel workbook', isSheet, (name) => /\.xml(?:\.rels)?$/u.test(name));
  for (const name of file.names.filter(isSheet)) {
    const { rows, columns } = areaOf(file.part(name) ?? '');
    if (rows * columns <= MAX_CELLS) continue;
    const area = `${rows.toLocaleString('en')} rows and ${columns.toLocaleString('en')} columns`;
    const next = 'save the sheet as CSV, or delete what is outside the table';
    throw new StageError('too-large', 'read', `a sheet of this Excel workbook has ${area}, too many to hold: ${next}`);
  }
}

/** The last row and column of a sheet that have a cell, by the cells' addresses such as `AB12`. */
function areaOf(sheet: string): { readonly rows: number; readonly columns: number } {
  let rows = 0;
  let columns = 0;
  for (const [, letters, row] of sheet.matchAll(/\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']/gu)) {
    rows = Math.max(rows, Number(row));
    columns = Math.max(
      columns,
      Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0),
    );
  }
  return { rows, columns };
}

function cellOf(value: unknown): Cell {
  if (value instanceof Date) return dateOf(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Excel's dates have no zone; one without a time of day is a day. */
function dateOf(value: Date): string | null {
  if (Number.isNaN(value.getTime())) return null;
  const text = value.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19);
}
