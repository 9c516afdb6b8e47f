import { StageError } from '../model/failure.ts';
import { toColumnValue } from '../model/map-file/columns.ts';
import type { ByteSource } from '../model/map-file/table/footer.ts';
import { openParquetRows, type ParquetRows } from '../model/map-file/table/rows.ts';
import type { Cell, ReadWatch, RecordSink } from './format.ts';
import { type ColumnHints, listCell, makeHints } from './json/flatten.ts';
import { jsonRoles } from './json/json-roles.ts';
import { MAX_RECORD_LENGTH } from './limits.ts';
import type { FileOptions } from './read.api.ts';
import { makeTable, type Table } from './table.ts';

/**
 * Reads the rows of a Parquet file as a table: line n is row n, from 1. A list of numbers stays numbers. Only parts of the
 * file are held: see `openParquetRows`. A column that cannot be read is left out from the row on where it ends, with a
 * warning. Throws `bad-format` for a damaged file and for a map, and `no-text-column`.
 */
export async function readParquetTable(
  source: ByteSource,
  sink: RecordSink,
  options: FileOptions,
  { isFull, onTaken }: ReadWatch,
): Promise<void> {
  const file = await open(source);
  if (file.isMap) throw unreadable('a map is opened by itself, not among papers');
  const lost = new Set<string>();
  const tooLong = (column: string, line: number): void => {
    sink.warn(line, `column “${column}”: a value of more than ${MAX_RECORD_LENGTH} characters is left out`);
  };
  const batches = file.batches((column, row, reason) => {
    lost.add(column);
    const where = row === 0 ? 'is left out' : `breaks off at row ${row + 1}`;
    sink.warn(row === 0 ? 0 : row + 1, `column “${column}” ${where}: ${reason}`);
  });
  const hints = makeHints();
  let table: Table | null = null;
  let names: string[] = [];
  let used: number[] = [];
  for await (const { from, count, columns, bytes } of batches) {
    if (!table) {
      names = file.columns.filter((name) => !lost.has(name));
      used = names.map((name) => file.columns.indexOf(name));
      table = makeTable(sink, options, {
        names,
        roles: (headers) => jsonRoles(headers, hints),
        structures: hints.structures,
      });
    }
    for (let i = 0; i < count && !isFull(); i++) {
      const line = from + i + 1;
      const cells = used.map((column) =>
        shortOf(cellOf(columns[column][i], file.columns[column], hints), () => tooLong(file.columns[column], line)),
      );
      table.add(names, cells, line);
    }
    onTaken(bytes);
    if (isFull()) break;
  }
  if (!table && file.columns.length === 0) throw unreadable('this Parquet file has no columns');
  (table ?? makeTable(sink, options, { names: file.columns })).end();
}

async function open(source: ByteSource): Promise<ParquetRows> {
  try {
    return await openParquetRows(source);
  } catch (error) {
    throw unreadable(`this Parquet file cannot be read: ${reasonOf(error)}`, error);
  }
}

/** Enough digits for float32. Those numbers are read as doubles, whose full digits would take twice the memory. */
const DIGITS = 9;

function cellOf(value: unknown, name: string, hints: ColumnHints): Cell {
  if (value instanceof Float32Array || value instanceof Float64Array) return value;
  return Array.isArray(value) ? listCell(value.map(itemOf), name, hints) : toColumnValue(value);
}

/** `cell`, or null for a text that is too long, which is reported. */
function shortOf(cell: Cell, report: () => void): Cell {
  if (typeof cell !== 'string' || cell.length <= MAX_RECORD_LENGTH) return cell;
  report();
  return null;
}

function itemOf(item: unknown): unknown {
  if (typeof item === 'number') return Number.isInteger(item) ? item : Number(item.toPrecision(DIGITS));
  if (typeof item !== 'object' || item === null || item instanceof Uint8Array) return toColumnValue(item);
  // Bigints and bytes within it cannot be written as JSON directly.
  return JSON.parse(String(toColumnValue(item)));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function unreadable(message: string, cause?: unknown): StageError {
  return new StageError('bad-format', 'read', message, { cause });
}
