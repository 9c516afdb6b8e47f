import Papa from 'papaparse';
import { type RecordSink, type TextFormat, type TextHead, type TextParser, TOO_LONG_LINE } from './format.ts';
import { MAX_RECORD_LENGTH } from './limits.ts';
import type { FileOptions } from './read.api.ts';
import { isKnownName, makeTable, type Table } from './table.ts';

/** Tables with any delimiter, recognised by the file's name or by rows that agree on a delimiter. */
export const CSV: TextFormat = {
  name: 'csv',
  score: (head) => (isTabular(guessDelimiter(head)) ? 0.6 : ['csv', 'tsv', 'tab'].includes(head.extension) ? 0.55 : 0),
  makeParser: makeCsvParser,
};

/** Rows with an unclosed quote are mended one by one; after this many the file is read without quotes. */
const MAX_MENDED_ROWS = 20;

interface Header {
  readonly names: readonly string[];
  /** The column that takes surplus cells: the one with the longest cells, whose own delimiters were not quoted. */
  readonly wide: number;
}

/**
 * Reads CSV with any delimiter. Keeps ragged rows with a warning: missing cells are null, surplus cells go to the
 * longest column. An unclosed quote damages its own row only.
 */
function makeCsvParser(sink: RecordSink, options: FileOptions, head: TextHead): TextParser {
  const guess = guessDelimiter(head);
  const delimiter = options.delimiter ?? guess.delimiter;
  const rows = makeRowFeed(sink, delimiter, take);
  const shown = delimiter === NO_DELIMITER ? null : delimiter;
  const sampled = options.delimiter
    ? splitRows(head.text, { delimiter, final: head.whole }).rows.slice(0, GUESS_ROWS)
    : guess.rows;
  let header: Header | null = null;
  let table: Table | null = null;

  function take(cells: readonly string[], line: number): void {
    if (cells.every((cell) => cell.trim() === '')) return;
    if (header && table) {
      table.add(header.names, fitRow(sink, header, cells, line, shown ?? ','), line);
      return;
    }
    const named = options.headerRow === undefined ? guessHeader(sampled) : options.headerRow > 0;
    header = makeHeader(named ? cells : cells.map(() => ''), sampled);
    table = makeTable(sink, options, { names: header.names, delimiter: shown });
    if (!named) take(cells, line);
  }

  return {
    push: rows.push,
    end() {
      rows.end();
      table?.end();
    },
  };
}

/** Makes names distinct: numbers empty ones and appends a number to repeated ones. */
function distinctNames(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return cells.map((cell, i) => {
    const base = cell.trim() || `column ${i + 1}`;
    let count = counts.get(base) ?? 1;
    let name = count === 1 ? base : `${base} (${count})`;
    while (taken.has(name)) name = `${base} (${++count})`;
    counts.set(base, count + 1);
    taken.add(name);
    return name;
  });
}

function makeHeader(cells: readonly string[], sampled: readonly (readonly string[])[]): Header {
  const names = distinctNames(cells);
  const lengths = names.map((_, i) => sampled.reduce((sum, row) => sum + (row[i]?.length ?? 0), 0));
  return { names, wide: lengths.indexOf(Math.max(...lengths.slice(0, 2000))) };
}

function fitRow(
  sink: RecordSink,
  { names, wide }: Header,
  cells: readonly string[],
  line: number,
  delimiter: string,
): (string | null)[] {
  const surplus = cells.length - names.length;
  if (surplus === 0) return [...cells];
  if (surplus < 0) {
    sink.warn(line, `expected ${names.length} cells, got ${cells.length}: the missing ones are empty`);
    return names.map((_, i) => cells[i] ?? null);
  }
  if (cells.slice(names.length).every((cell) => cell.trim() === '')) return cells.slice(0, names.length);
  sink.warn(line, `expected ${names.length} cells, got ${cells.length}: the surplus is joined to “${names[wide]}”`);
  const joined = cells.slice(wide, wide + surplus + 1).join(delimiter);
  return [...cells.slice(0, wide), joined, ...cells.slice(wide + surplus + 1)];
}

type TakeRow = (cells: readonly string[], line: number) => void;

/** Splits text that arrives in pieces into whole rows, each with the line on which it begins. */
function makeRowFeed(sink: RecordSink, delimiter: string, take: TakeRow): TextParser {
  let held = '';
  let line = 1;
  /** Length of `held` at which to try again. It doubles, so that a row of any length costs linear time. */
  let tryAt = 0;
  let mended = 0;
  let dropping = false;

  function cut(final: boolean): boolean {
    const { rows, rest, unclosed } = splitRows(held, { delimiter, final, quotes: mended < MAX_MENDED_ROWS });
    for (const cells of rows) {
      take(cells, line);
      line += cells.join('').split('\n').length;
    }
    held = held.slice(rest);
    tryAt = rows.length > 0 ? 0 : held.length * 2;
    return unclosed;
  }

  /** Makes a row of the first line of `held` when the row there has no end. */
  function mend(): void {
    const end = held.indexOf('\n');
    if (end < 0 && held.length > MAX_RECORD_LENGTH) {
      sink.skip(line, TOO_LONG_LINE);
      held = '';
      dropping = true;
      return;
    }
    const first = end < 0 ? held : held.slice(0, end);
    mended++;
    const more = mended === MAX_MENDED_ROWS ? '; from here on quotes are ignored' : '';
    sink.warn(line, `a quote that is never closed: this line is read without quotes${more}`);
    for (const cells of splitRows(first, { delimiter, final: true, quotes: false }).rows) take(cells, line);
    line++;
    held = held.slice(first.length + 1);
  }

  return {
    push(text) {
      const from = dropping ? text.indexOf('\n') + 1 : 0;
      if (dropping && from === 0) return;
      if (dropping) line++;
      dropping = false;
      held += text.slice(from);
      if (held.length < Math.min(tryAt, MAX_RECORD_LENGTH)) return;
      let broken = cut(false);
      while (broken || held.length > MAX_RECORD_LENGTH) {
        mend();
        broken = cut(false);
      }
    },
    end() {
      while (held !== '' && cut(true)) mend();
    },
  };
}

const DELIMITERS = [',', '\t', ';', '|'];
/** ASCII unit separator: no text contains it, so a table of one column is split by it. */
const NO_DELIMITER = '\u001f';
const GUESS_ROWS = 100;

/** How well a delimiter splits the beginning of a table. */
interface DelimiterGuess {
  readonly delimiter: string;
  /** The most common number of cells in a row. */
  readonly cells: number;
  /** Share of the rows that have that number of cells. */
  readonly agreement: number;
  readonly rows: readonly (readonly string[])[];
  /** Cells of the first row that are known column names. */
  readonly knownNames: number;
}

/**
 * The best delimiter for the beginning of a table: by known names in its first row, then by how many rows agree, then
 * by the number of cells.
 */
function guessDelimiter(head: TextHead): DelimiterGuess {
  let best = cutBy(head, NO_DELIMITER);
  let bestScore = best.knownNames;
  for (const delimiter of DELIMITERS) {
    const guess = cutBy(head, delimiter);
    if (guess.cells < 2) continue;
    const score = guess.knownNames + guess.agreement * (1 + Math.log2(guess.cells) / 10);
    if (score <= bestScore) continue;
    best = guess;
    bestScore = score;
  }
  return best;
}

/**
 * Whether a text without a table's file extension is a table: most rows match a first row with known names, or all rows
 * agree on tabs, which prose never does.
 */
function isTabular(guess: DelimiterGuess): boolean {
  if (guess.rows.length < 2 || guess.cells < 2) return false;
  if (guess.rows[0].length < 2) return false;
  if (guess.knownNames >= 2 || (guess.knownNames === 1 && guess.rows[0].every(isNameLike)))
    return guess.agreement >= 0.5;
  return guess.delimiter === '\t' && guess.agreement === 1;
}

/** Whether the first row holds names: it has a known name, or short words over longer or numeric cells. */
function guessHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...others] = rows;
  if (!first) return false;
  if (first.some((cell) => isKnownName(cell))) return true;
  if (!first.every(isNameLike) || new Set(first).size < first.length || others.length === 0) return false;
  return first.some((name, column) => {
    const cells = others.map((row) => row[column] ?? '').filter((cell) => cell !== '');
    if (cells.length === 0) return false;
    const numeric = cells.every((cell) => Number.isFinite(Number(cell)));
    const mean = cells.reduce((sum, cell) => sum + cell.length, 0) / cells.length;
    return numeric || mean > 3 * name.length;
  });
}

function isNameLike(cell: string): boolean {
  return cell.length <= 60 && /\p{L}/u.test(cell) && !/[.!?]\s|\n/u.test(cell);
}

function cutBy({ text, whole }: TextHead, delimiter: string): DelimiterGuess {
  const rows = splitRows(text, { delimiter, final: whole })
    .rows.filter((row) => row.length > 1 || row[0].trim() !== '')
    .slice(0, GUESS_ROWS);
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let cells = 0;
  for (const [length, count] of counts) if (count > (counts.get(cells) ?? 0)) cells = length;
  const agreement = rows.length > 0 ? (counts.get(cells) ?? 0) / rows.length : 0;
  const knownNames = rows.length > 0 ? rows[0].filter((cell) => isKnownName(cell)).length : 0;
  return { delimiter, cells, agreement, rows, knownNames };
}

/** Complete rows, and the index in the text of the first row that is not complete. */
interface CutRows {
  readonly rows: readonly (readonly string[])[];
  readonly rest: number;
  /** The row at `rest` has an unclosed quoted cell, which would swallow the rows after it. */
  readonly unclosed: boolean;
}

interface CutOptions {
  readonly delimiter: string;
  /** Whether the text ends here; otherwise the last row is left, since it may continue. */
  readonly final: boolean;
  /** Whether double quotes enclose cells. Default true. */
  readonly quotes?: boolean;
}

/** What papaparse's parser passes to a step: one row, its errors, and where the next row begins. */
interface PapaStep {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly code: string }[];
  readonly meta: { readonly cursor: number };
}

/** Splits CSV with LF line ends into rows by papaparse's incremental parser; its streaming parser needs a File. */
function splitRows(text: string, { delimiter, final, quotes = true }: CutOptions): CutRows {
  const rows: (readonly string[])[] = [];
  let rest = 0;
  let unclosed = false;
  const step = (result: unknown): void => {
    const { data, errors, meta } = result as PapaStep; // Papaparse's types say rows; it is one row.
    const [row] = data;
    const ends = errors.length === 0 || !errors.some((error) => isUnclosed(error.code, row, delimiter));
    if (ends) {
      rows.push(row);
      rest = meta.cursor;
    } else {
      unclosed = true;
      parser.abort();
    }
  };
  const parser = new Papa.Parser({ delimiter, newline: '\n', step, ...(quotes ? {} : { fastMode: true }) });
  parser.parse(text, 0, true);
  if (!final || unclosed || rest === text.length) return { rows, rest, unclosed };
  const last = text.slice(rest);
  const complete = rest;
  parser.parse(last, 0, false);
  return { rows, rest: unclosed ? complete : text.length, unclosed };
}

/**
 * Whether the row swallowed others: its text ended within a quoted cell, or a quoted cell continued over a line end to
 * where another cell opens, because it took the quotes of later rows for its own.
 */
function isUnclosed(code: string, row: readonly string[], delimiter: string): boolean {
  if (code === 'MissingQuotes') return true;
  return row.some((cell) => {
    const end = cell.indexOf('\n');
    return end >= 0 && (cell.includes(`${delimiter}"`, end) || cell.includes('\n"', end));
  });
}
