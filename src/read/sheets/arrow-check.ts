import type { Table } from '@uwdata/flechette';

/** Bytes of all buffers, unpacked, which are held in memory. */
const MAX_UNPACKED = 1024 ** 3;

/** Rows that a byte can hold, even when they are packed: a damaged file claims more. */
const MAX_ROWS_PER_BYTE = 32;

/** Kinds of message by their numbers in the format. */
const SCHEMA = 1;
const DICTIONARY = 2;
const RECORDS = 3;
/** The number of unions among the types of columns. */
const UNION = 14;

/**
 * Checks, before flechette reads an Arrow stream, what it would trust: that each message and buffer lies within the bytes, that none
 * claims more rows than the bytes can hold, and that all unpack to at most 1 GB. Throws a RangeError. Source: Arrow's
 * Message.fbs, and the binary form of FlatBuffers.
 */
export function checkArrow(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let unpacked = 0;
  for (let at = 0; at + 8 <= bytes.length; ) {
    const isMarked = view.getInt32(at, true) === -1;
    const size = view.getInt32(isMarked ? at + 4 : at, true);
    const start = at + (isMarked ? 8 : 4);
    if (size === 0) return;
    if (size < 0 || start + size > bytes.length) throw new RangeError('a message is damaged');
    const message = tableAt(view, start);
    const body = start + size;
    const bodySize = longAt(view, message.field(3));
    if (bodySize < 0 || body + bodySize > bytes.length) throw new RangeError('a message breaks off');
    const kind = message.field(1) === 0 ? 0 : view.getUint8(message.field(1));
    // Without a header, flechette would take the body for messages.
    if (message.field(2) === 0) throw new RangeError('a message has no header');
    const header = tableAt(view, message.field(2));
    if (kind === SCHEMA) checkSchema(view, header);
    else if (kind === DICTIONARY || kind === RECORDS) {
      const batch = kind === RECORDS ? header : tableAt(view, header.field(1));
      unpacked += checkBatch(view, batch, body, bodySize);
      if (unpacked > MAX_UNPACKED) throw new RangeError('it unpacks to more than 1 GB');
    }
    at = body + bodySize;
  }
}

/** Levels of nested columns. */
const MAX_DEPTH = 32;

/** Checks that the lists in a schema lie within the bytes, since flechette reads as many members as they claim. */
function checkSchema(view: DataView, schema: FlatTable): void {
  vectorAt(view, schema.field(2));
  vectorAt(view, schema.field(3));
  let left = view.byteLength;
  const checkFields = (at: number, depth: number): void => {
    const { length, start } = vectorAt(view, at);
    left -= length;
    if (depth > MAX_DEPTH || left < 0) throw new RangeError('its columns are nested too deep');
    for (let i = 0; i < length; i++) {
      const column = tableAt(view, start + 4 * i);
      vectorAt(view, column.field(6));
      // Of all types, only that of a union holds a list.
      const isUnion = column.field(2) !== 0 && view.getUint8(column.field(2)) === UNION;
      if (isUnion && column.field(3) !== 0) vectorAt(view, tableAt(view, column.field(3)).field(1));
      if (column.field(5) !== 0) checkFields(column.field(5), depth + 1);
    }
  };
  checkFields(schema.field(1), 0);
}

/** Checks one batch; returns the bytes that it unpacks to. */
function checkBatch(view: DataView, batch: FlatTable, body: number, bodySize: number): number {
  const maxRows = view.byteLength * MAX_ROWS_PER_BYTE;
  const isRows = (rows: number): boolean => rows >= 0 && rows <= maxRows;
  if (!isRows(longAt(view, batch.field(0)))) throw new RangeError('a batch claims too many rows');
  vectorAt(view, batch.field(4));
  const nodes = vectorAt(view, batch.field(1));
  for (let i = 0; i < nodes.length; i++) {
    if (!isRows(longAt(view, nodes.start + 16 * i))) throw new RangeError('a column claims too many rows');
  }
  const buffers = vectorAt(view, batch.field(2));
  const isPacked = batch.field(3) !== 0;
  let unpacked = 0;
  for (let i = 0; i < buffers.length; i++) {
    const offset = longAt(view, buffers.start + 16 * i);
    const length = longAt(view, buffers.start + 16 * i + 8);
    if (offset < 0 || length < 0 || offset + length > bodySize) throw new RangeError('a column breaks off');
    const claimed = isPacked && length > 0 ? longAt(view, body + offset) : length;
    if (claimed < -1) throw new RangeError('a column is damaged');
    unpacked += Math.max(length, claimed);
  }
  return unpacked;
}

/** Checks that the lists of all columns lie within their members, as flechette takes for granted. Throws a RangeError. */
export function checkLists(table: Table): void {
  for (let i = 0; i < table.numCols; i++) for (const batch of table.getChildAt(i).data) checkList(batch);
}

/** What the batches of lists and of nested columns have. */
interface NestedBatch {
  readonly length: number;
  readonly offsets?: ArrayLike<number | bigint>;
  readonly sizes?: ArrayLike<number | bigint>;
  readonly stride?: number;
  readonly children?: readonly NestedBatch[];
}

function checkList(batch: NestedBatch): void {
  const { offsets, sizes, length, stride, children = [] } = batch;
  const [child] = children;
  const isWithin = (from: number, to: number): boolean => from >= 0 && from <= to && to <= child.length;
  if (child && offsets) {
    for (let i = 0; i < length; i++) {
      const from = Number(offsets[i]);
      if (!isWithin(from, sizes ? from + Number(sizes[i]) : Number(offsets[i + 1])))
        throw new RangeError('a list is damaged');
    }
  } else if (child && stride !== undefined && !isWithin(0, stride * length)) throw new RangeError('a list is damaged');
  children.forEach(checkList);
}

interface FlatTable {
  /** Where the value of a field is; 0 when it is absent. */
  field(index: number): number;
}

/** The table to which the offset at `at` leads. */
function tableAt(view: DataView, at: number): FlatTable {
  const start = at + view.getUint32(at, true);
  const fields = start - view.getInt32(start, true);
  const size = view.getUint16(fields, true);
  return {
    field(index) {
      const slot = 4 + 2 * index;
      const offset = slot < size ? view.getUint16(fields + slot, true) : 0;
      return offset === 0 ? 0 : start + offset;
    },
  };
}

/** The vector to which the offset at `at` leads; of its members, at least four bytes each, none is beyond the bytes. */
function vectorAt(view: DataView, at: number): { readonly length: number; readonly start: number } {
  if (at === 0) return { length: 0, start: 0 };
  const start = at + view.getUint32(at, true);
  const length = view.getUint32(start, true);
  if (start + 4 + length * 4 > view.byteLength) throw new RangeError('a list in its description breaks off');
  return { length, start: start + 4 };
}

/** A 64-bit number; 0 for an absent field. */
function longAt(view: DataView, at: number): number {
  return at === 0 ? 0 : Number(view.getBigInt64(at, true));
}
