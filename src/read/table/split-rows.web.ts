import Papa from 'papaparse';
import type { Dialect } from './loose-row.ts';

/** One row as papaparse reads it. */
export interface ParsedRow {
  readonly cells: readonly string[];
  /** Where it begins and where the next one begins, in the text. */
  readonly from: number;
  readonly to: number;
  /** Whether its quotes are as RFC 4180 wants them. */
  readonly isStrict: boolean;
  /** Whether its text ended inside a quoted cell. */
  readonly isOpen: boolean;
}

/** What papaparse's parser passes to a step: one row, its errors, and where the next row begins. */
interface PapaStep {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly code: string }[];
  readonly meta: { readonly cursor: number };
}

/**
 * Splits text with LF line ends into rows by papaparse's incremental parser (its streaming parser needs a File), and
 * passes each to `take`, which may stop by returning false. Unless the text ends here (`final`), its last row is left,
 * since it may continue. Returns the index of the first row that was not taken. O(text).
 */
export function splitRows(text: string, dialect: Dialect, final: boolean, take: (row: ParsedRow) => boolean): number {
  let base = 0;
  let rest = 0;
  let goes = true;
  const step = (result: unknown): void => {
    const { data, errors, meta } = result as PapaStep; // Papaparse's types say rows; it is one row.
    const isOpen = errors.some(({ code }) => code === 'MissingQuotes');
    const to = isOpen ? text.length : base + meta.cursor;
    goes = take({ cells: data[0], from: rest, to, isStrict: errors.length === 0, isOpen });
    if (goes) rest = to;
    else parser.abort();
  };
  const { delimiter, quote, escapeMark, gap = '' } = dialect;
  const quotes = quote === '' ? { fastMode: true } : { quoteChar: quote, escapeChar: escapeMark };
  const parser = new Papa.Parser({ delimiter: delimiter + gap, newline: '\n', step, ...quotes });
  parser.parse(text, 0, true);
  if (!final || !goes || rest === text.length) return rest;
  base = rest;
  parser.parse(text.slice(rest), 0, false);
  return goes ? text.length : rest;
}
