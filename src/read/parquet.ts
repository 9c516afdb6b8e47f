import { StageError } from '../model/failure.ts';
import { toColumnValue } from '../model/map-file/columns.ts';
import { INFO_KEY } from '../model/map-file/info.ts';
import { openParquet, type ParquetTable } from '../model/map-file/parquet.ts';
import type { Cell, RecordSink } from './format.ts';
import { toCell } from './json/json-values.ts';
import { MAX_RECORD_LENGTH } from './limits.ts';
import type { FileOptions } from './read.api.ts';
import { makeTable } from './table.ts';

/**
 * Reads the rows of a Parquet file as a table: line n is row n, from 1. A list of numbers stays numbers. A column whose
 * type cannot be read is left out with a warning. The whole file is in memory, and checked as a map file is. Throws `bad-format` for a damaged file
 * and for a map, and `no-text-column`.
 * @param isFull asked before each row; true when no more are wanted
 */
export async function readParquetTable(
  bytes: ArrayBuffer,
  sink: RecordSink,
  options: FileOptions,
  isFull: () => boolean,
): Promise<void> {
  const file = await open(bytes);
  if (file.metadata.has(INFO_KEY)) throw unreadable('a map is opened by itself, not among papers');
  const names: string[] = [];
  const columns: (readonly Cell[])[] = [];
  for (const name of file.columns) {
    try {
      // Converted to cells at once, because hyparquet's lists take several times the memory.
      const cells = Array.from(await file.readColumn(name), cellOf);
      names.push(name);
      columns.push(cells);
    } catch (error) {
      sink.warn(0, `column “${name}” is left out: ${reasonOf(error)}`);
    }
  }
  const table = makeTable(sink, options, { names });
  for (let row = 0; row < file.rows && !isFull(); row++) {
    table.add(
      names,
      columns.map((cells) => cells[row]),
      row + 1,
    );
  }
  table.end();
}

async function open(bytes: ArrayBuffer): Promise<ParquetTable> {
  try {
    return await openParquet(bytes);
  } catch (error) {
    throw unreadable(`this Parquet file cannot be read: ${reasonOf(error)}`, error);
  }
}

/** Enough digits for float32. Those numbers are read as doubles, whose full digits would take twice the memory. */
const DIGITS = 9;

function cellOf(value: unknown): Cell {
  const cell = Array.isArray(value) ? toCell(value.map(itemOf)) : toColumnValue(value);
  if (typeof cell === 'string' && cell.length > MAX_RECORD_LENGTH) throw new RangeError('a value of it is too long');
  return cell;
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
