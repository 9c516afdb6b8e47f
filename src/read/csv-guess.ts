import { isKnownName } from './columns.ts';

/** What was cut: complete rows, the index in the text where the first other row begins, and why that one is left. */
interface CutRows {
  readonly rows: readonly (readonly string[])[];
  readonly rest: number;
  /** The row at `rest` has a quoted cell without an end: it would swallow the rows behind it. */
  readonly unclosed: boolean;
}

interface CutOptions {
  readonly delimiter: string;
  /** Whether the text ends here; else its last row is left, since more of it may come. */
  readonly final: boolean;
  /** Whether double quotes hold cells together. Default true. */
  readonly quotes?: boolean;
}

/** Cuts CSV with LF line ends into rows of cells. */
export type SplitRows = (text: string, options: CutOptions) => CutRows;

const DELIMITERS = [',', '\t', ';', '|'];
/** Stands in no text (ASCII unit separator): a table of one column is cut by it. */
export const NO_DELIMITER = '\u001f';
const GUESS_ROWS = 100;

export interface DelimiterGuess {
  readonly delimiter: string;
  /** Cells that most rows have. */
  readonly cells: number;
  /** Share of the rows that have so many. */
  readonly agreement: number;
  readonly rows: readonly (readonly string[])[];
  /** Cells of the first row that are known column names. */
  readonly knownNames: number;
}

/**
 * The delimiter that cuts `head`, the beginning of a table, best: known names in its first row, then agreement of the
 * rows, then more cells. `whole` says that the head is all there is.
 */
export function guessDelimiter(head: string, whole: boolean, split: SplitRows): DelimiterGuess {
  let best = cutBy(head, NO_DELIMITER, whole, split);
  let bestScore = best.knownNames;
  for (const delimiter of DELIMITERS) {
    const guess = cutBy(head, delimiter, whole, split);
    if (guess.cells < 2) continue;
    const score = guess.knownNames + guess.agreement * (1 + Math.log2(guess.cells) / 10);
    if (score <= bestScore) continue;
    best = guess;
    bestScore = score;
  }
  return best;
}

/**
 * Whether a text that no file name calls a table is one: known names in the first row that most rows fit, or tabs that
 * all rows agree on, which prose never has.
 */
export function isTabular(guess: DelimiterGuess): boolean {
  if (guess.rows.length < 2 || guess.cells < 2) return false;
  if (guess.rows[0].length < 2) return false;
  if (guess.knownNames >= 2 || (guess.knownNames === 1 && guess.rows[0].every(isNameLike)))
    return guess.agreement >= 0.5;
  return guess.delimiter === '\t' && guess.agreement === 1;
}

/** Whether the first of `rows` holds names: it has a known one, or it is short words over longer or numeric cells. */
export function guessHeader(rows: readonly (readonly string[])[]): boolean {
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

function cutBy(head: string, delimiter: string, whole: boolean, split: SplitRows): DelimiterGuess {
  const rows = split(head, { delimiter, final: whole })
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
