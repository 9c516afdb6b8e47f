import { type Column, CompressionType, setCompressionCodec, type Table, tableFromIPC } from '@uwdata/flechette';
import { StageError } from '../../model/failure.ts';
import { toColumnValue } from '../../model/map-file/columns.ts';
import { loadZstd } from '../../model/map-file/zstd.ts';
import type { Cell, RecordSink } from '../format.ts';
import { type ColumnHints, listCell, makeHints } from '../json/flatten.ts';
import { jsonRoles } from '../json/json-roles.ts';
import type { FileOptions } from '../read.api.ts';
import { makeTable } from '../table.ts';
import { checkArrow, checkLists } from './arrow-check.ts';
import { unpackLz4 } from './lz4.ts';

/**
 * Reads the rows of an Arrow file or stream (also Feather 2), plain or packed by LZ4 or Zstandard: line n is row n, from 1. A list
 * of numbers is a vector. A column whose type cannot be read is left out with a warning. Throws `bad-format` for a damaged
 * file, and `no-text-column`. Source: Apache Arrow columnar format 1.5, serialization and interprocess communication.
 * @param isFull asked before each row; true when no more are wanted
 */
export async function readArrow(
  bytes: ArrayBuffer,
  sink: RecordSink,
  options: FileOptions,
  isFull: () => boolean,
): Promise<void> {
  const source = await openArrow(bytes);
  const names: string[] = [];
  const columns: Column<unknown>[] = [];
  for (const [i, name] of source.names.entries()) {
    const column = source.getChildAt(i);
    try {
      // A damaged or unknown column shows itself at its ends.
      if (source.numRows > 0) cellOf([column.at(0), column.at(source.numRows - 1)][0], name, makeHints());
      names.push(name);
      columns.push(column);
    } catch (error) {
      sink.warn(0, `column “${name}” is left out: ${reasonOf(error)}`);
    }
  }
  const hints = makeHints();
  const { structures } = hints;
  const table = makeTable(sink, options, { names, roles: (headers) => jsonRoles(headers, hints), structures });
  try {
    for (let row = 0; row < source.numRows && !isFull(); row++) {
      table.add(
        names,
        columns.map((column, i) => cellOf(column.at(row), names[i], hints)),
        row + 1,
      );
    }
  } catch (error) {
    if (error instanceof StageError) throw error;
    sink.skip(0, `the rest of this Arrow file is damaged: ${reasonOf(error)}`);
  }
  table.end();
}

/** Bytes of a file's name, `ARROW1`, and what fills it up. */
const NAME_LENGTH = 8;

function hasName(bytes: ArrayBuffer): boolean {
  return String.fromCharCode(...new Uint8Array(bytes, 0, Math.min(6, bytes.byteLength))) === 'ARROW1';
}

async function openArrow(bytes: ArrayBuffer): Promise<Table> {
  setCompressionCodec(CompressionType.LZ4_FRAME, { encode: refuse, decode: unpackLz4 });
  // Loaded by the file's own need only: the codec is not known before the first buffer.
  const zstd = await loadZstd();
  setCompressionCodec(CompressionType.ZSTD, { encode: refuse, decode: zstd });
  try {
    // What follows the name in a file is a stream, whose messages need no table of contents.
    const stream = new Uint8Array(bytes, hasName(bytes) ? NAME_LENGTH : 0);
    checkArrow(stream);
    const table = tableFromIPC(stream, { useDate: true });
    checkLists(table);
    return table;
  } catch (error) {
    const next = 'write it again as Parquet or CSV';
    throw new StageError('bad-format', 'read', `this Arrow file cannot be read (${reasonOf(error)}): ${next}`, {
      cause: error,
    });
  }
}

function refuse(): never {
  throw new RangeError('nothing is packed here');
}

function cellOf(value: unknown, name: string, hints: ColumnHints): Cell {
  if (value instanceof Date) return dateOf(value);
  if (value instanceof Float32Array || value instanceof Float64Array) return value;
  if (value instanceof Uint8Array) return null;
  const isNumbers = ArrayBuffer.isView(value) && !(value instanceof DataView);
  // The type of all arrays of numbers that are no DataView.
  const list = isNumbers ? Array.from(value as unknown as ArrayLike<number | bigint>, Number) : value;
  return Array.isArray(list) ? listCell(list.map(plainOf), name, hints) : toColumnValue(list);
}

/** `value` without what JSON cannot hold. */
function plainOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.parse(String(toColumnValue(value))) : toColumnValue(value);
}

function dateOf(value: Date): string | null {
  if (Number.isNaN(value.getTime())) return null;
  const text = value.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 160);
}
