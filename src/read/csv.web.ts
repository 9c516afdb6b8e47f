import type { RecordSink, TextFormat, TextHead, TextParser } from './format.ts';
import type { FileOptions } from './read.api.ts';
import { distinctNames } from './table/distinct-names.ts';
import { guessTable, isTabular, NO_DELIMITER, type TableGuess } from './table/guess-table.web.ts';
import { isBlank } from './table/layout.ts';
import { makeRowFeed } from './table/row-feed.web.ts';
import { makeTable, type Table } from './table.ts';

/** Tables with any delimiter, recognised by the file's name or by rows that agree on a delimiter. */
export const CSV: TextFormat = {
  name: 'csv',
  score: (head) => scoreOf(guessTable(head), head),
  makeParser: makeCsvParser,
};

interface Header {
  readonly names: readonly string[];
  /** The column that takes surplus cells: the one with the longest cells, whose own delimiters were not quoted. */
  readonly wide: number;
  readonly delimiter: string;
}

/** UTF-16 units of a remark above a table that are told. */
const SHOWN_REMARK = 80;

/**
 * Reads CSV with any delimiter and way of quoting. Lines above the table are told and not read. Keeps ragged rows with
 * a warning: missing cells are null, surplus cells go to the longest column. An unclosed or loose quote damages its own
 * row only.
 */
function makeCsvParser(sink: RecordSink, options: FileOptions, head: TextHead): TextParser {
  const guess = guessTable(head, options);
  const { dialect, layout } = guess;
  const shown = dialect.delimiter === NO_DELIMITER ? null : dialect.delimiter;
  let header: Header | null = null;
  let table: Table | null = null;
  let row = 0;

  function begin(cells: readonly string[] | null): void {
    header = makeHeader(cells, guess);
    table = makeTable(sink, options, {
      names: header.names,
      delimiter: shown,
      quote: dialect.quote,
      headerRow: layout.headerRow,
      roles: rolesOfCodes,
    });
  }

  function take(cells: readonly string[], line: number): void {
    row++;
    if (row === layout.headerRow) begin(cells);
    else if (row < layout.firstRow) {
      if (row > 1 || !guess.hasSepLine) tellRemark(sink, cells, line, row > layout.headerRow && layout.headerRow > 0);
    } else if (!isBlank(cells)) {
      if (header === null) begin(null);
      if (header && table) table.add(header.names, fitRow(sink, header, cells, line), line);
    }
  }

  const rows = makeRowFeed({ dialect, expected: () => header?.names.length ?? null, take, notes: sink });
  return {
    push: rows.push,
    end() {
      rows.end();
      table?.end();
    },
  };
}

/** In tables of Web of Science, `ID` are keywords and `UT` is the id. */
function rolesOfCodes(names: readonly string[]): { id?: string; url?: string } {
  const isOfScience = ['TI', 'AU', 'SO', 'UT'].every((code) => names.includes(code));
  return isOfScience ? { id: 'UT', ...(names.includes('DI') ? { url: 'DI' } : {}) } : {};
}

/** A first row of well-known names over rows that all agree is hardly anything else than a table. */
function scoreOf(guess: TableGuess, { extension }: TextHead): number {
  if (!isTabular(guess)) return ['csv', 'tsv', 'tab'].includes(extension) ? 0.55 : 0;
  return guess.hasSepLine || (guess.knownNames > 1 && guess.layout.agreement >= 0.9) ? 0.8 : 0.6;
}

function tellRemark(sink: RecordSink, cells: readonly string[], line: number, isBelow: boolean): void {
  if (isBlank(cells)) return;
  const text = cells.filter((cell) => cell !== '').join(' ');
  const short = text.length > SHOWN_REMARK ? `${text.slice(0, SHOWN_REMARK)}…` : text;
  const what = isBelow ? 'describes the columns' : 'stands before the table';
  sink.warn(line, `“${short}” ${what} and is not read`);
}

/** The table's columns: from its row of names, or numbered (`cells` null). */
function makeHeader(cells: readonly string[] | null, { rows, layout, dialect }: TableGuess): Header {
  const data = rows.slice(layout.firstRow - 1).filter((row) => !isBlank(row));
  const named = cells ? withRowNames(cells, data) : Array.from({ length: layout.cells || 1 }, () => '');
  let length = named.length;
  // A delimiter after the last cell of every row begins no column.
  while (length > 1 && named[length - 1].trim() === '' && data.every((row) => (row[length - 1] ?? '').trim() === '')) {
    length--;
  }
  const names = distinctNames(named.slice(0, length));
  const whole = data.filter((row) => row.length === length);
  const lengths = names.map((_, i) =>
    (whole.length > 0 ? whole : data).reduce((sum, row) => sum + (row[i]?.length ?? 0), 0),
  );
  return { names, wide: lengths.indexOf(Math.max(...lengths.slice(0, 2000))), delimiter: dialect.delimiter };
}

/** R writes no name above the column of row names, so that all rows are one cell longer than the header. */
function withRowNames(cells: readonly string[], data: readonly (readonly string[])[]): readonly string[] {
  const isNumbered = data.every((row, i) => row.length === cells.length + 1 && Number(row[0]) === i + 1);
  return isNumbered && data.length > 1 && !data.some((row) => /^\s/u.test(row[row.length - 1]))
    ? ['', ...cells]
    : cells;
}

/** As many cells as there are columns. */
function fitRow(
  sink: RecordSink,
  { names, wide, delimiter }: Header,
  cells: readonly string[],
  line: number,
): readonly (string | null)[] {
  const surplus = cells.length - names.length;
  if (surplus === 0) return cells;
  if (surplus < 0) {
    sink.warn(line, `expected ${names.length} cells, got ${cells.length}: the missing ones are empty`);
    return names.map((_, i) => cells[i] ?? null);
  }
  if (cells.slice(names.length).every((cell) => cell.trim() === '')) return cells.slice(0, names.length);
  sink.warn(line, `expected ${names.length} cells, got ${cells.length}: the surplus is joined to “${names[wide]}”`);
  const joined = cells.slice(wide, wide + surplus + 1).join(delimiter);
  return [...cells.slice(0, wide), joined, ...cells.slice(wide + surplus + 1)];
}
