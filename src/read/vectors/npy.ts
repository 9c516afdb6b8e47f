import { StageError } from '../../model/failure.ts';

/** Rows of numbers, one for each record of another file. */
export interface NumberRows {
  readonly rows: number;
  readonly cols: number;
  /** Row-major, rows × cols. */
  readonly data: Float32Array | Float64Array;
}

/** The first bytes of every array file. */
const MAGIC = '\x93NUMPY';
/** Bytes of a header, which describes a few fields. */
const MAX_HEADER = 32_768;
/** Numbers in an array at most: 2 GB of doubles. */
const MAX_NUMBERS = 268_435_456;

/** Whether bytes begin as a NumPy array file does. */
export function isNpy(first: Uint8Array): boolean {
  return first.length > 10 && [...MAGIC].every((letter, i) => first[i] === letter.charCodeAt(0));
}

/**
 * Reads a NumPy array file of version 1, 2 or 3 (numpy.lib.format, NEP 1) with numbers or booleans of one or two
 * dimensions, in C or Fortran order, of either byte order. A list of n numbers is n rows of one. Throws `bad-format`
 * with what the array is instead.
 */
export function parseNpy(bytes: ArrayBuffer): NumberRows {
  const { from, descr, isFortran, shape } = readHeader(bytes);
  const [rows, cols] = shapeOf(shape);
  const [, order = '|', kind = '', digits = ''] = /^([<>=|]?)([a-z?])(\d{1,2})$/iu.exec(descr) ?? [];
  const size = Number(digits);
  const read = READERS[kind + digits];
  if (!read) throw bad(`its values are of the kind “${descr.slice(0, 40)}”, not numbers`);
  const count = rows * cols;
  if (count > MAX_NUMBERS)
    throw new StageError('too-large', 'read', `an array of ${rows}×${cols} numbers is too large`);
  if (from + count * size > bytes.byteLength) throw bad('it breaks off before its last number');
  const view = new DataView(bytes, from);
  const isLittle = order !== '>';
  const data = kind === 'f' && size <= 4 ? new Float32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const at = isFortran ? (i % rows) * cols + Math.floor(i / rows) : i;
    data[at] = read(view, i * size, isLittle);
  }
  return { rows, cols, data };
}

type ReadNumber = (view: DataView, at: number, isLittle: boolean) => number;

const READERS: Readonly<Record<string, ReadNumber | undefined>> = {
  f2: (view, at, isLittle) => halfOf(view.getUint16(at, isLittle)),
  f4: (view, at, isLittle) => view.getFloat32(at, isLittle),
  f8: (view, at, isLittle) => view.getFloat64(at, isLittle),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, isLittle) => view.getInt16(at, isLittle),
  i4: (view, at, isLittle) => view.getInt32(at, isLittle),
  i8: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, isLittle) => view.getUint16(at, isLittle),
  u4: (view, at, isLittle) => view.getUint32(at, isLittle),
  u8: (view, at, isLittle) => Number(view.getBigUint64(at, isLittle)),
  b1: (view, at) => view.getUint8(at),
};

interface Header {
  /** Where the numbers begin. */
  readonly from: number;
  readonly descr: string;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
}

/** The header is the text of a Python dictionary; its length is of 2 bytes in version 1, else of 4. */
function readHeader(bytes: ArrayBuffer): Header {
  const all = new Uint8Array(bytes);
  if (!isNpy(all)) throw bad('it has not the signature of one');
  const version = all[6];
  const start = version === 1 ? 10 : 12;
  if (version < 1 || version > 3 || all.length < start) throw bad(`its version is ${version}`);
  const view = new DataView(bytes);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > all.length) throw bad('its header breaks off');
  if (length > MAX_HEADER) throw bad('its header is too long');
  // Names of fields apart, which are not read, a header is ASCII.
  const text = String.fromCharCode(...all.subarray(start, start + length));
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/u.exec(text)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/u.exec(text)?.[1];
  const shape = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/u.exec(text)?.[1];
  if (descr === undefined && /['"]descr['"]\s*:\s*\[/u.test(text))
    throw bad('its values are records of several fields');
  if (descr === undefined || order === undefined || shape === undefined) throw bad('its header is damaged');
  const sizes = shape.split(',').flatMap((size) => (size.trim() === '' ? [] : Number.parseInt(size, 10)));
  return { from: start + length, descr, isFortran: order === 'True', shape: sizes };
}

/** An axis of length 1 beside two others does not count. */
function shapeOf(shape: readonly number[]): readonly [rows: number, cols: number] {
  const long = shape.length > 2 ? shape.filter((size) => size !== 1) : shape;
  if (long.length === 0 || long.length > 2 || long.some((size) => !Number.isSafeInteger(size))) {
    throw bad(`it has the shape (${shape.join(', ')}), not rows of numbers`);
  }
  return [long[0], long[1] ?? 1];
}

/** A number of 16 bits (IEEE 754-2008, binary16). */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function bad(reason: string): StageError {
  return new StageError('bad-format', 'read', `this NumPy array cannot be read: ${reason}`);
}
