import type { MapData } from '../model/map-data.ts';
import type { ColumnValue } from '../model/paper.ts';

/**
 * Papers as CSV (RFC 4180, CRLF, UTF-8 with its mark, so that spreadsheets take it for what it is): id, title, text,
 * authors, date, url, sources, x, y, then the corpus's own columns. A text that a spreadsheet would run as a formula
 * gets an apostrophe in front, which shows it as text (OWASP, "CSV injection"); numbers stay numbers.
 * @param indices which papers, in this order
 */
export function papersCsv({ corpus, positions }: MapData, indices: readonly number[]): string {
  const head = ['id', 'title', 'text', 'authors', 'date', 'url', 'sources', 'x', 'y'];
  const rows = indices.map((i) => {
    const { id, title, text, authors, date, url, sources } = corpus.papers[i];
    const files = sources.map(({ file }) => file).join('; ');
    const own = corpus.columns.map(({ values }) => values[i]);
    return [id, title, text, authors, date, url, files, positions[2 * i], positions[2 * i + 1], ...own];
  });
  const names = [...head, ...corpus.columns.map(({ name }) => name)];
  return `\uFEFF${[names, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** One cell, quoted where needed and harmless as a formula. Exported for its test. */
export function csvCell(value: ColumnValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA_START.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n\t']|^\s|\s$/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Also behind blanks and control characters, and in the full-width forms that some spreadsheets take for the plain ones. */
const FORMULA_START = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
const PLAIN_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;
