import type { TextHead } from '../format.ts';
import type { FileOptions } from '../read.api.ts';
import { isKnownName } from './column-names.ts';
import { findLayout, isNameLike, type Layout } from './layout.ts';
import { type Dialect, looseCells } from './loose-row.ts';
import { makeRowFeed } from './row-feed.web.ts';

/** How the beginning of a file reads as a table. */
export interface TableGuess {
  readonly dialect: Dialect;
  readonly layout: Layout;
  /** The first rows, blank ones included. */
  readonly rows: readonly (readonly string[])[];
  /** Cells of the first row of the table that are known column names. */
  readonly knownNames: number;
  /** Whether the first line is Excel's own, `sep=;`. */
  readonly hasSepLine: boolean;
  /** 0…1: how well its quotes and numbers of cells fit. */
  readonly fit: number;
}

/** ASCII unit separator: no text contains it, so a table of one column is split by it. */
export const NO_DELIMITER = '\u001f';

const DELIMITERS = [',', '\t', ';', '|'];
const GUESS_ROWS = 100;

/**
 * The best reading of the beginning of a table: by known names in its first row, then by how many rows agree on a number
 * of cells, then by that number. What the user knows of it is not guessed.
 */
export function guessTable(head: TextHead, options: FileOptions = {}): TableGuess {
  const sep = /^"?sep=([^\n])"?\n/iu.exec(head.text)?.[1];
  const delimiter = options.delimiter ?? sep;
  if (delimiter) return guessQuotes(head, delimiter, options);
  let best = guessQuotes(head, NO_DELIMITER, options);
  let bestScore = best.knownNames;
  for (const each of DELIMITERS) {
    const guess = guessQuotes(head, each, options);
    const { cells, agreement } = guess.layout;
    if (cells < 2) continue;
    const score = guess.knownNames + agreement * (1 + Math.log2(cells) / 10);
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
export function isTabular({ dialect, layout, rows, knownNames, hasSepLine }: TableGuess): boolean {
  const { cells, agreement, headerRow, firstRow } = layout;
  const first = rows[(headerRow || firstRow) - 1];
  if (!first || first.length < 2 || cells < 2 || rows.length < 2) return false;
  if (hasSepLine) return true;
  if (knownNames >= 2 || (knownNames === 1 && first.every(isNameLike))) return agreement >= 0.5;
  return dialect.delimiter === '\t' && agreement === 1;
}

/**
 * Quotes are doubled inside a cell (RFC 4180) unless another way fits better: a backslash before them, single quotes
 * around cells, or quotes that are only part of the texts.
 */
function guessQuotes(head: TextHead, delimiter: string, options: FileOptions): TableGuess {
  const mark = options.quote ?? '"';
  let best = readHead(head, { delimiter, quote: mark, escapeMark: mark === '' ? '' : mark }, options);
  if (mark !== '' && best.fit < 1 && head.text.includes(`\\${mark}`)) {
    best = better(best, readHead(head, { delimiter, quote: mark, escapeMark: '\\' }, options));
  }
  const spaced = head.text.split(`${delimiter} ${mark}`).length - 1;
  if (mark !== '' && spaced * 2 >= best.rows.length - 1 && best.fit > 0) {
    const gapped = readHead(head, { ...best.dialect, gap: ' ' }, options);
    if (gapped.layout.cells > 1 && gapped.fit >= best.fit) best = gapped;
  }
  if (options.quote !== undefined) return best;
  const lines = head.text.split('\n', GUESS_ROWS).filter((line) => line.trim() !== '');
  const single = enclosed(lines, delimiter, "'");
  if (single > 0 && single * 2 >= lines.length - 1 && enclosed(lines, delimiter, '"') === 0) {
    best = better(readHead(head, { delimiter, quote: "'", escapeMark: "'" }, options), best);
  }
  if (best.fit < 1 && enclosed(lines, delimiter, '"') === 0) {
    best = better(best, readHead(head, { delimiter, quote: '', escapeMark: '' }, options));
  }
  return best;
}

/** The first unless the second fits better. */
function better(first: TableGuess, second: TableGuess): TableGuess {
  return second.fit > first.fit ? second : first;
}

/** Cells of single lines that stand between quotes. */
function enclosed(lines: readonly string[], delimiter: string, quote: string): number {
  let count = 0;
  for (const line of lines) {
    if (!line.includes(quote)) continue;
    const inner = looseCells(line, { delimiter, quote, escapeMark: quote });
    const raw = line.split(delimiter);
    // A cell that lost its quotes was enclosed by them.
    if (inner.length !== raw.length || inner.some((cell, i) => cell !== raw[i])) count++;
  }
  return count;
}

function readHead(head: TextHead, dialect: Dialect, options: FileOptions): TableGuess {
  const rows: (readonly string[])[] = [];
  const lengths = new Map<number, number>();
  let usual: number | null = null;
  let mended = 0;
  const feed = makeRowFeed({
    dialect,
    expected: () => usual,
    take: (cells) => {
      const { length } = cells;
      if (rows.length < GUESS_ROWS) rows.push(cells);
      if (length < 2) return;
      lengths.set(length, (lengths.get(length) ?? 0) + 1);
      if (usual === null || (lengths.get(length) ?? 0) > (lengths.get(usual) ?? 0)) usual = length;
    },
    notes: { skip: () => undefined, warn: () => void mended++ },
    onOddQuotes: () => void mended++,
  });
  feed.push(head.text);
  if (head.whole) feed.end();
  const hasSepLine = /^"?sep=[^\n]"?\n/iu.test(head.text);
  if (hasSepLine) rows[0] = [''];
  const layout = findLayout(rows, options.headerRow);
  const first = rows[(layout.headerRow || layout.firstRow) - 1] ?? [];
  const knownNames = first.filter((cell) => isKnownName(cell)).length;
  const fit = layout.agreement * (1 - Math.min(1, mended / Math.max(1, rows.length)));
  return { dialect, layout, rows, knownNames, hasSepLine, fit };
}
