import { guessDelimiter, guessHeader, NO_DELIMITER, type SplitRows } from './csv-guess.ts';
import { MAX_RECORD_LENGTH } from './limits.ts';
import { TOO_LONG_LINE } from './lines.ts';
import type { ReadOptions } from './read.api.ts';
import type { RecordSink, TextParser } from './record.ts';
import { makeTable, type Table } from './table.ts';

export interface CsvOptions extends ReadOptions {
  /** The beginning of the text, which is also pushed: delimiter and header are guessed from it. */
  readonly head: string;
  /** Whether `head` is all of the text. */
  readonly whole: boolean;
  readonly split: SplitRows;
}

/** Rows with a quote that is never closed, each mended alone; a file with more is read without quotes from there on. */
const MENDED_ROWS = 20;

interface Header {
  readonly names: readonly string[];
  /** Where surplus cells belong: the column with the longest cells, whose own delimiters were not quoted. */
  readonly wide: number;
}

/**
 * Reads CSV with any delimiter. Ragged rows are kept with a warning: missing cells are null, surplus cells go to the
 * longest column. A quote that is never closed costs its own row alone.
 */
export function makeCsvParser(sink: RecordSink, options: CsvOptions): TextParser {
  const guess = guessDelimiter(options.head, options.whole, options.split);
  const delimiter = options.delimiter ?? guess.delimiter;
  const rows = makeRowFeed(sink, delimiter, options.split, take);
  const shown = delimiter === NO_DELIMITER ? null : delimiter;
  const sampled = options.delimiter
    ? options.split(options.head, { delimiter, final: options.whole }).rows.slice(0, 100)
    : guess.rows;
  let header: Header | null = null;
  let table: Table | null = null;

  function take(cells: readonly string[], line: number): void {
    if (cells.every((cell) => cell.trim() === '')) return;
    if (header && table) {
      table.add(header.names, fitRow(sink, header, cells, line, shown ?? ','), line);
      return;
    }
    const named = options.header ?? guessHeader(sampled);
    header = makeHeader(named ? cells : cells.map(() => ''), sampled);
    table = makeTable(sink, options, header.names, shown);
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

/** Distinct names: empty ones are numbered, repeated ones get a number behind them. */
export function distinctNames(cells: readonly string[]): string[] {
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

/** Feeds whole rows, with the line each begins on, from text that arrives in pieces. */
function makeRowFeed(sink: RecordSink, delimiter: string, split: SplitRows, take: TakeRow): TextParser {
  let held = '';
  let line = 1;
  /** Length of `held` that is worth another try: it doubles, so a row of any length costs linear time. */
  let tryAt = 0;
  let mended = 0;
  let dropping = false;

  function cut(final: boolean): boolean {
    const { rows, rest, unclosed } = split(held, { delimiter, final, quotes: mended < MENDED_ROWS });
    for (const cells of rows) {
      take(cells, line);
      line += 1 + cells.reduce((sum, cell) => sum + countLines(cell), 0);
    }
    held = held.slice(rest);
    tryAt = rows.length > 0 ? 0 : held.length * 2;
    return unclosed;
  }

  /** Makes headway where the row at the beginning of `held` has no end: its first line becomes a row of its own. */
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
    const more = mended === MENDED_ROWS ? '; from here on quotes are ignored' : '';
    sink.warn(line, `a quote that is never closed: this line is read without quotes${more}`);
    for (const cells of split(first, { delimiter, final: true, quotes: false }).rows) take(cells, line);
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

function countLines(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}
