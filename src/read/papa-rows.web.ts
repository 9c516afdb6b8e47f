import Papa from 'papaparse';
import type { SplitRows } from './csv-guess.ts';

/** What papaparse's parser hands to a step: one row, its errors, and where the next row begins. */
interface PapaStep {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly code: string }[];
  readonly meta: { readonly cursor: number };
}

/**
 * Rows of CSV by papaparse. The only place that imports it: its types pull Node's into the project that reads them, and
 * the core project must stay without any platform. Its incremental parser is used, since its streaming wants a File.
 */
export const splitRows: SplitRows = (text, { delimiter, final, quotes = true }) => {
  const rows: (readonly string[])[] = [];
  let rest = 0;
  let unclosed = false;
  const step = (result: unknown): void => {
    const { data, errors, meta } = result as PapaStep; // The parser's own steps hold a list of rows, not one row.
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
};

/**
 * Whether the row swallowed others: its text ended within a quoted cell, or a quoted cell went on over a line end to
 * where another cell opens, since the quotes of later rows are taken for its own.
 */
function isUnclosed(code: string, row: readonly string[], delimiter: string): boolean {
  if (code === 'MissingQuotes') return true;
  return row.some((cell) => {
    const end = cell.indexOf('\n');
    return end >= 0 && (cell.includes(`${delimiter}"`, end) || cell.includes('\n"', end));
  });
}
