import { type RecordSink, type TextParser, TOO_LONG_LINE } from '../format.ts';
import { MAX_RECORD_LENGTH } from '../limits.ts';
import { type Dialect, looseCells } from './loose-row.ts';
import { type ParsedRow, splitRows } from './split-rows.web.ts';

/** Where rows go. */
export interface RowTarget {
  readonly dialect: Dialect;
  /** The number of cells that a row should have; null while that is not known. */
  expected(): number | null;
  /** `line` counts from 1. */
  take(cells: readonly string[], line: number): void;
  readonly notes: Pick<RecordSink, 'skip' | 'warn'>;
  /** Told of each row that is good but has quotes that RFC 4180 does not allow. */
  onOddQuotes?(): void;
}

/** UTF-16 units looked at first after a mended row, so that a file of bad rows costs linear time. */
const FIRST_LOOK = 256;
/** Lines after an open quote that must all look like rows before the quote counts as a mistake. */
const WITNESSES = 5;
/** Units in which the witnesses are looked for. */
const WITNESS_LENGTH = 65_536;
/** Below this, lines that look like rows are believed at once. */
const MIN_DOUBT = 1024;
const MIN_PATIENCE = 16_384;

const OPEN_QUOTE = 'a quote that is never closed: this line is read by itself';
const LOOSE_QUOTE = 'a quote that encloses no whole cell: it is kept as it is';

interface Feed {
  readonly target: RowTarget;
  held: string;
  line: number;
  /** UTF-16 units of `held` to look at. */
  look: number;
  /** Length of `held` at which to try again: it doubles, so that a row of any length costs linear time. */
  tryAt: number;
  /**
   * Longest row that is believed although its lines are rows by themselves, and longest row to wait for. Each shrinks
   * when a row had no end, since each such wait costs its length. What is decided depends on the text alone, not on the
   * pieces in which it comes.
   */
  doubt: number;
  patience: number;
  /** The rest of the line is not read. */
  dropping: boolean;
}

/**
 * Splits text that arrives in pieces into whole rows. Quotes that are not as RFC 4180 wants them damage their own row
 * only, however many such rows there are: a row whose quotes are wrong, or that has another number of cells than
 * expected, is also read by its first line alone, and the reading with the right number of cells is taken. Amortised
 * linear time.
 */
export function makeRowFeed(target: RowTarget): TextParser {
  const feed: Feed = {
    target,
    held: '',
    line: 1,
    look: Number.POSITIVE_INFINITY,
    tryAt: 0,
    doubt: MAX_RECORD_LENGTH,
    patience: MAX_RECORD_LENGTH,
    dropping: false,
  };
  return {
    push(text) {
      const from = feed.dropping ? text.indexOf('\n') + 1 : 0;
      if (feed.dropping && from === 0) return;
      if (feed.dropping) feed.line++;
      feed.dropping = false;
      feed.held += text.slice(from);
      if (feed.held.length >= Math.min(feed.tryAt, MAX_RECORD_LENGTH)) cut(feed, false);
    },
    end() {
      if (feed.held !== '') cut(feed, true);
    },
  };
}

/** Takes all whole rows out of `held`. */
function cut(feed: Feed, final: boolean): void {
  let at = 0;
  while (at < feed.held.length) {
    const isAll = at + feed.look >= feed.held.length;
    const text = isAll ? feed.held.slice(at) : feed.held.slice(at, at + feed.look);
    const { rest, bad } = takeGood(feed, at, text, final && isAll);
    let next = -1;
    if (bad) next = mendBad(feed, { ...bad, from: at + bad.from, to: at + bad.to }, final);
    else if (rest === 0) next = giveUp(feed, at, text.length);
    at = next < 0 ? at + rest : next;
    if (isAll && next < 0) break;
    if (next < 0) feed.look *= 2;
  }
  feed.tryAt = at > 0 ? 0 : feed.held.length * 2;
  feed.held = feed.held.slice(at);
}

/** Passes on the rows of `text` up to the first bad one; returns that, and where the rows passed on end. */
function takeGood(
  feed: Feed,
  at: number,
  text: string,
  final: boolean,
): { readonly rest: number; readonly bad: ParsedRow | null } {
  const bad: ParsedRow[] = [];
  const rest = splitRows(text, feed.target.dialect, final, (row) => {
    if (!isGood(feed.target, row, text) || isDoubtful(feed, at + row.from, row)) bad.push(row);
    else {
      pass(feed, row.cells, text, row);
      if (!row.isStrict) feed.target.onOddQuotes?.();
    }
    return bad.length === 0;
  });
  return { rest, bad: bad[0] ?? null };
}

type Span = Pick<ParsedRow, 'from' | 'to'>;

function pass(feed: Feed, cells: readonly string[], text: string, { from, to }: Span): void {
  feed.target.take(cells, feed.line);
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) feed.line++;
}

function isGood({ dialect, expected }: RowTarget, row: ParsedRow, text: string): boolean {
  const { cells, isStrict, isOpen } = row;
  if (isOpen) return false;
  const wanted = expected();
  if (wanted === null) return isStrict || !swallowsQuotes(cells, dialect);
  if (cells.length === wanted) return isStrict || !cells.some((cell) => cell.includes('\n'));
  if (cells.length === 1 && cells[0] === '') return true;
  return dialect.quote === '' || !text.slice(row.from, row.to).includes(dialect.quote);
}

/** Whether a row is so long that it may rather be several, of which the first has an open quote. */
function isDoubtful(feed: Feed, from: number, { from: start, to, cells }: ParsedRow): boolean {
  return to - start > feed.doubt && cells.some((cell) => cell.includes('\n')) && areRows(feed, from);
}

function mendBad(feed: Feed, row: ParsedRow, final: boolean): number {
  if (row.isOpen) doubtMore(feed);
  return mend(feed, row.from, isDoubtful(feed, row.from, row) ? null : row, final);
}

/** Passes on the row at `from` as it reads best; returns where the next one begins, or −1 if more text is needed. */
function mend(feed: Feed, from: number, row: ParsedRow | null, final: boolean): number {
  const { held, target, line } = feed;
  const end = held.indexOf('\n', from);
  if (end < 0 && held.length - from > MAX_RECORD_LENGTH) {
    target.notes.skip(line, TOO_LONG_LINE);
    feed.dropping = !final;
    return held.length;
  }
  if (end < 0 && !final) return -1;
  const to = end < 0 ? held.length : end + 1;
  const first = held.slice(from, end < 0 ? held.length : end);
  feed.look = Math.max(FIRST_LOOK, 4 * first.length);
  if (row && isBest(target, row, held.slice(from, row.to).replace(/\n$/u, ''), first)) {
    pass(feed, row.cells, held, row);
    return row.to;
  }
  const cells = looseCells(first, target.dialect);
  const isOdd = first.split(target.dialect.quote).length % 2 === 0;
  // Blanks before quotes need no word.
  const isLoose = isOdd || cells.some((cell) => cell.includes(target.dialect.quote));
  if (isLoose) target.notes.warn(line, isOdd ? OPEN_QUOTE : LOOSE_QUOTE);
  pass(feed, cells, held, { from, to });
  return to;
}

/** Whether the row, which is written as `text`, is likelier than its first line alone. */
function isBest(target: RowTarget, row: ParsedRow, text: string, first: string): boolean {
  if (row.isOpen) return false;
  const expected = target.expected();
  const isFit = row.isStrict || row.cells.length === expected;
  if (text.length === first.length) {
    return row.cells.length === expected || looseCells(first, target.dialect).length !== expected;
  }
  if (expected === null) return !swallowsQuotes(row.cells, target.dialect);
  const others = text.slice(first.length + 1).split('\n', WITNESSES);
  const isRow = (each: string): boolean => looksLikeRow(target, each, first);
  // Prose often has one comma in a line, so that one such line says little in a table of two columns.
  return isFit && !(expected > 2 ? others.some(isRow) : others.every(isRow));
}

/**
 * Whether a line is a row by itself, or the first line of one whose last cell goes on: of the right number of cells, the
 * first like that of the row `above`.
 */
function looksLikeRow({ dialect, expected }: RowTarget, text: string, above: string): boolean {
  const wanted = expected();
  // In a table of one column, every line looks like a row.
  if (wanted === null || wanted < 2) return false;
  const cells = looseCells(text, dialect);
  if (kindOf(cells[0]) !== kindOf(looseCells(above, dialect)[0])) return false;
  const open = cells.findIndex((cell, i) => i > 0 && cell.trimStart().startsWith(dialect.quote));
  return cells.length === wanted || (open > 0 && open < wanted);
}

function kindOf(cell: string): 'number' | 'word' | 'words' {
  if (/^\s*[-+.,:/\d]+\s*$/u.test(cell)) return 'number';
  return /\S\s+\S/u.test(cell) ? 'words' : 'word';
}

/**
 * Gives up waiting for the end of the row at `from`, of which `length` was looked at, when its lines are rows by
 * themselves or it is too long. Returns as {@link mend}; −1 while the end may come.
 */
function giveUp(feed: Feed, from: number, length: number): number {
  const areLines = length > feed.doubt && areRows(feed, from);
  if (!areLines && length <= feed.patience) return -1;
  const next = mend(feed, from, null, false);
  if (next < 0) return next;
  if (areLines) doubtMore(feed);
  else feed.patience = Math.max(MIN_PATIENCE, feed.patience / 4);
  return next;
}

function doubtMore(feed: Feed): void {
  feed.doubt = feed.doubt > MIN_DOUBT ? feed.doubt / 4 : 0;
}

/** Whether the first lines at `from` are rows by themselves. */
function areRows({ held, target }: Feed, from: number): boolean {
  const lines = held.slice(from, from + WITNESS_LENGTH).split('\n', WITNESSES + 2);
  return lines.length > WITNESSES + 1 && lines.slice(0, -1).every((each) => looksLikeRow(target, each, lines[0]));
}

/** Whether a cell continued over a line end to where another cell opens: it took the quotes of later rows for its own. */
function swallowsQuotes(cells: readonly string[], { delimiter, quote }: Dialect): boolean {
  return cells.some((cell) => {
    const end = cell.indexOf('\n');
    return end >= 0 && (cell.includes(delimiter + quote, end) || cell.includes(`\n${quote}`, end));
  });
}
