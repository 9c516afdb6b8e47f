import { StageError } from '../../model/failure.ts';
import { openPackage, readXml, type XmlEvents } from '../documents/package.ts';
import type { Cell } from '../format.ts';
import { MAX_COLUMNS } from '../limits.ts';
import type { Sheet } from './sheet-table.ts';

/** Rows and cells of all sheets that are read; programs write millions of empty ones as repeated. */
const MAX_ROWS = 2_000_000;
const MAX_FILLED = 4_000_000;

/**
 * The sheets of an OpenDocument spreadsheet (.ods) with their cells as text, numbers, truth values and ISO dates. Throws `bad-format`
 * for a damaged or protected one. Source: OpenDocument 1.3 part 3, 9 and 19.
 * @param warn takes a sentence about what is not read
 */
export function readCalc(bytes: ArrayBuffer, warn: (reason: string) => void): Sheet[] {
  const file = openPackage(bytes, 'this OpenDocument spreadsheet', (name) => name === 'content.xml');
  const content = file.part('content.xml');
  if (content === null)
    throw new StageError('bad-format', 'read', 'this spreadsheet has no content: save the sheet as CSV');
  const book: OpenBook = {
    sheets: [],
    row: [],
    rowRepeat: 1,
    emptyCells: 0,
    emptyRows: 0,
    cell: null,
    skipped: 0,
    rowCount: 0,
    cellCount: 0,
  };
  if (!readXml(content, makeReader(book))) {
    throw new StageError('bad-format', 'read', 'this spreadsheet is damaged or protected: save the sheet as CSV');
  }
  if (!hasRoom(book)) warn('this spreadsheet has more rows or cells than can be read: the last ones are left out');
  return book.sheets;
}

interface OpenCell {
  readonly value: Cell | undefined;
  readonly repeat: number;
  readonly paragraphs: string[];
  depth: number;
}

/** A workbook as far as it has been read. */
interface OpenBook {
  readonly sheets: { readonly name: string; readonly rows: Cell[][] }[];
  row: Cell[];
  rowRepeat: number;
  /** Empty cells and rows since the last filled one, which count only if another follows. */
  emptyCells: number;
  emptyRows: number;
  cell: OpenCell | null;
  /** Open elements whose words are no cell's. */
  skipped: number;
  rowCount: number;
  cellCount: number;
}

function makeReader(book: OpenBook): XmlEvents {
  return {
    open(name, attributes) {
      if (name === 'annotation') book.skipped++;
      if (book.skipped === 0) openElement(book, name, attributes);
    },
    close(name) {
      if (name === 'annotation') book.skipped--;
      else if (book.skipped > 0) return;
      else if (name === 'table-row') endRow(book);
      else if (book.cell && name === 'p') book.cell.depth--;
      else if (isCell(name)) endCell(book);
    },
    text(text) {
      if (book.cell && book.cell.depth > 0 && book.skipped === 0) addWords(book.cell, text);
    },
  };
}

function isCell(name: string): boolean {
  return name === 'table-cell' || name === 'covered-table-cell';
}

function openElement(book: OpenBook, name: string, attributes: ReadonlyMap<string, string>): void {
  const { sheets, cell } = book;
  if (name === 'table') {
    sheets.push({ name: attributes.get('name') ?? `sheet ${sheets.length + 1}`, rows: [] });
    book.emptyRows = 0;
  } else if (name === 'table-row') book.rowRepeat = countOf(attributes.get('number-rows-repeated'));
  else if (isCell(name)) {
    const repeat = countOf(attributes.get('number-columns-repeated'));
    book.cell = { value: cellValue(attributes), repeat, paragraphs: [], depth: 0 };
  } else if (cell && name === 'p') {
    cell.paragraphs.push('');
    cell.depth++;
  } else if (cell && name === 's') addWords(cell, ' ');
}

function endCell(book: OpenBook): void {
  const { cell, row } = book;
  book.cell = null;
  if (!cell) return;
  const text = cell.paragraphs.join('\n').trim();
  const found = cell.value ?? (text === '' ? null : text);
  if (found === null) {
    book.emptyCells += cell.repeat;
    return;
  }
  for (; book.emptyCells > 0 && row.length < MAX_COLUMNS; book.emptyCells--) row.push(null);
  for (let i = 0; i < cell.repeat && row.length < MAX_COLUMNS; i++) row.push(found);
  book.emptyCells = 0;
}

function endRow(book: OpenBook): void {
  const rows = book.sheets.at(-1)?.rows;
  if (rows && book.row.length > 0) {
    for (; book.emptyRows > 0 && book.rowCount < MAX_ROWS; book.emptyRows--, book.rowCount++) rows.push([]);
    for (let i = 0; i < book.rowRepeat && hasRoom(book); i++) {
      rows.push(book.row);
      book.rowCount++;
      book.cellCount += book.row.length;
    }
    book.emptyRows = 0;
  } else book.emptyRows = Math.min(MAX_ROWS, book.emptyRows + book.rowRepeat);
  book.row = [];
  book.emptyCells = 0;
}

function hasRoom({ rowCount, cellCount }: OpenBook): boolean {
  return rowCount < MAX_ROWS && cellCount < MAX_FILLED;
}

function addWords(cell: OpenCell, text: string): void {
  const last = cell.paragraphs.length - 1;
  if (last >= 0) cell.paragraphs[last] += text;
}

function countOf(value: string | undefined): number {
  return Math.min(MAX_ROWS, Math.max(1, Number(value) || 1));
}

/** The value that a cell's attributes give; undefined where its text is the value. */
function cellValue(attributes: ReadonlyMap<string, string>): Cell | undefined {
  const type = attributes.get('value-type');
  if (type === 'float' || type === 'percentage' || type === 'currency') return Number(attributes.get('value'));
  if (type === 'date') return attributes.get('date-value')?.replace(/T00:00:00(?:\.0+)?$/u, '') ?? null;
  if (type === 'boolean') return attributes.get('boolean-value') === 'true';
  return undefined;
}
