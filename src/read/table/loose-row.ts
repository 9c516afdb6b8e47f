/** How the cells of a table are written. */
export interface Dialect {
  readonly delimiter: string;
  /** What stands between a delimiter and an opening quote: '' or a blank, as in `1, "a, b"`. */
  readonly gap?: string;
  /** The character around cells; '' for none. */
  readonly quote: string;
  /** What stands before a quote inside a quoted cell: the quote again (RFC 4180) or a backslash (MySQL, Hive). */
  readonly escapeMark: string;
}

/**
 * The cells of one line read by itself: a quote encloses a cell only if a later quote of the same line ends it before a
 * delimiter or the line's end; every other quote is a character like any other. Blanks around a quoted cell are dropped.
 * O(line).
 */
export function looseCells(line: string, dialect: Dialect): string[] {
  const { delimiter, quote } = dialect;
  if (quote === '' || !line.includes(quote)) return line.split(delimiter);
  const cells: string[] = [];
  // Once no quote that could end a cell is left, none is looked for again: the time stays linear.
  let canClose = true;
  let at = 0;
  for (;;) {
    const open = canClose ? skipBlanks(line, at, delimiter) : at;
    const end = canClose && line.startsWith(quote, open) ? closingQuote(line, open + quote.length, dialect) : null;
    if (end) {
      cells.push(unescapeCell(line.slice(open + quote.length, end.quote), dialect));
      if (end.next >= line.length) return cells;
      at = end.next + delimiter.length;
      continue;
    }
    if (end === undefined) canClose = false;
    const next = line.indexOf(delimiter, at);
    cells.push(next < 0 ? line.slice(at) : line.slice(at, next));
    if (next < 0) return cells;
    at = next + delimiter.length;
  }
}

/** Where the quoted cell that begins at `from` ends, and what follows it; undefined when it does not end. */
function closingQuote(line: string, from: number, { delimiter, quote, escapeMark }: Dialect): CellEnd | undefined {
  for (let at = line.indexOf(quote, from); at >= 0; at = line.indexOf(quote, at + 1)) {
    if (escapeMark !== quote && line[at - 1] === escapeMark && at > from) continue;
    const next = skipBlanks(line, at + 1, delimiter);
    if (next >= line.length || line.startsWith(delimiter, next)) return { quote: at, next };
    if (escapeMark === quote && line[at + 1] === quote) at++;
  }
  return undefined;
}

interface CellEnd {
  readonly quote: number;
  readonly next: number;
}

function skipBlanks(line: string, from: number, delimiter: string): number {
  let at = from;
  while (line[at] === ' ' && delimiter !== ' ') at++;
  return at;
}

function unescapeCell(cell: string, { quote, escapeMark }: Dialect): string {
  return cell.replaceAll(escapeMark + quote, quote);
}
