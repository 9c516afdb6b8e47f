import { isKnownName } from './column-names.ts';

/** Where the table is in a file of rows. Rows count from 1, blank ones included. */
export interface Layout {
  /** The row of names; 0 for none. */
  readonly headerRow: number;
  /** The first row that holds data. */
  readonly firstRow: number;
  /** The number of cells that most rows have. */
  readonly cells: number;
  /** Share of the rows from the header on that have that number of cells. */
  readonly agreement: number;
}

type Rows = readonly (readonly string[])[];

/** Rows before a table that may be titles and remarks. */
const MAX_PREAMBLE = 50;
/** Share of the rows that must agree on a number of cells before rows with fewer cells count as remarks. */
const MIN_AGREEMENT = 0.8;

/**
 * Finds the table in the first rows of a file: before it may stand comments, titles and remarks, which have fewer cells
 * than the rows of the table. `wanted`: the row of names, if a user knows it (0: none). O(cells).
 */
export function findLayout(rows: Rows, wanted?: number): Layout {
  const start = wanted === undefined ? preambleLength(rows) : Math.max(0, wanted - 1);
  const table = rows.slice(start).filter((row) => !isBlank(row));
  const cells = usualLength(table);
  const agreement = table.filter((row) => row.length === cells).length / Math.max(1, table.length);
  const hasHeader = wanted === undefined ? guessHeader(table) : wanted > 0;
  const headerRow = hasHeader ? start + 1 : 0;
  const firstRow = start + 1 + (hasHeader ? 1 + labelRows(rows.slice(start + 1)) : 0);
  return { headerRow, firstRow, cells, agreement };
}

/** Whether a row holds nothing but blanks. */
export function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === '');
}

/** Whether a cell may be a name: short, with letters, not several sentences. */
export function isNameLike(cell: string): boolean {
  return cell.length <= 60 && /\p{L}/u.test(cell) && !/[.!?]\s|\n/u.test(cell);
}

/** The most common number of cells. */
function usualLength(rows: Rows): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let usual = 0;
  for (const [length, count] of counts) if (count > (counts.get(usual) ?? 0)) usual = length;
  return usual;
}

function preambleLength(rows: Rows): number {
  const filled = rows.filter((row) => !isBlank(row));
  const usual = usualLength(filled);
  const known = rows.slice(0, MAX_PREAMBLE).findIndex(hasNames);
  const first = rows.slice(0, MAX_PREAMBLE).findIndex((row) => !isBlank(row) && !isRemark(row, usual));
  if (known >= 0 && (first < 0 || known <= first)) return known;
  // A list of texts below its name may have delimiters in every text.
  const alone = first > 0 ? rows.findIndex((row) => row.length === 1 && isKnownName(row[0])) : -1;
  if (alone >= 0 && alone < first) return alone;
  if (first <= 0) return 0;
  const table = rows.slice(first).filter((row) => !isBlank(row));
  const before = rows.slice(0, first).filter((row) => !isBlank(row));
  const areSure = before.every((row) => isComment(row[0]) || row.filter((cell) => cell.trim() !== '').length === 1);
  const agreement = table.filter((row) => row.length === usual).length / table.length;
  // A header may have fewer cells than rows with unquoted delimiters in their texts have.
  return areSure || (agreement >= MIN_AGREEMENT && guessHeader(table)) ? first : 0;
}

/** Whether a row has several cells, all of them names, of which one is well known. */
function hasNames(row: readonly string[]): boolean {
  const cells = row.filter((cell) => cell.trim() !== '');
  const known = cells.filter((cell) => isKnownName(cell)).length;
  return cells.length > 1 && (known > 1 || (known === 1 && cells.every(isNameLike) && !isComment(row[0])));
}

/** A title or a remark above a table: fewer cells than its rows, or only its first cell filled. */
function isRemark(row: readonly string[], usual: number): boolean {
  if (usual < 2) return isComment(row[0]);
  if (row.length !== usual) return row.length < usual || isComment(row[0]);
  return row[0].trim() !== '' && row.slice(1).every((cell) => cell.trim() === '');
}

function isComment(cell: string): boolean {
  return /^\s*(?:#|%|\/\/)\s*\S/u.test(cell);
}

/** Whether the first row holds names: it has a known name, or short words over longer, numeric or repeated cells. */
function guessHeader(rows: Rows): boolean {
  const [first, ...others] = rows;
  if (!first) return false;
  const recurs = (cell: string, column: number): boolean => others.some((row) => row[column] === cell);
  if (first.some((cell, column) => isKnownName(cell) && !recurs(cell, column))) return true;
  if (
    first.some((cell, column) =>
      standsOverNumbers(
        cell,
        others.map((row) => row[column] ?? ''),
      ),
    )
  )
    return true;
  const names = first.filter((cell) => cell.trim() !== '');
  if (!names.every(isNameLike) || new Set(names).size < names.length || others.length === 0) return false;
  return first.some((name, column) => {
    const cells = others.map((row) => row[column] ?? '').filter((cell) => cell !== '');
    if (cells.length === 0) return false;
    if (cells.every((cell) => Number.isFinite(Number(cell.replace(',', '.'))))) return true;
    if (/^\p{Ll}+(?:_[\p{Ll}\p{N}]+)+$/u.test(name) && !cells.some((cell) => cell.includes('_'))) return true;
    const mean = cells.reduce((sum, cell) => sum + cell.length, 0) / cells.length;
    const areRepeated = cells.length >= 6 && new Set(cells).size * 2 <= cells.length && !cells.includes(name);
    return mean > 3 * name.length || areRepeated;
  });
}

/** Cells below a name that must be numbers, so that a word among a few of them is no accident. */
const MIN_NUMBERS = 5;

/** Whether a cell is words and everything below it a number: a name, even a whole question of a survey. */
function standsOverNumbers(cell: string, below: readonly string[]): boolean {
  const filled = below.filter((each) => each.trim() !== '');
  if (filled.length < MIN_NUMBERS || !/\p{L}{2}.*\P{L}+\p{L}{2}/u.test(cell)) return false;
  return filled.every((each) => Number.isFinite(Number(each.replace(',', '.'))));
}

/**
 * Rows below the names that describe them: a survey of Qualtrics has the questions and `{"ImportId":"QID1"}`, one of
 * SurveyMonkey the choices and `Open-Ended Response`, without anything below the number of the answer.
 */
function labelRows(rows: Rows): number {
  const at = rows.slice(0, 2).findIndex((row) => {
    const cells = row.filter((cell) => cell.trim() !== '');
    return cells.length > 0 && cells.every((cell) => cell.startsWith('{"ImportId"'));
  });
  if (at >= 0) return at + 1;
  const [first = [''], ...others] = rows;
  const hasLabels = first[0].trim() === '' && first.some((cell) => /^(?:open-ended )?response$/iu.test(cell.trim()));
  return hasLabels && others.every((row) => row[0].trim() !== '' || isBlank(row)) ? 1 : 0;
}
