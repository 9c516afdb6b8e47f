import type { ColumnMetaData, FileMetaData, PageHeader, SchemaTree } from 'hyparquet';
import { parquetSchema } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath } from 'hyparquet/src/schema.js';
import { checkDelta, checkRuns } from './streams.ts';

/** Decompresses one page to exactly `length` bytes, as the page claims. */
export type Decompress = (input: Uint8Array, length: number) => Uint8Array;

/** What a file may claim. */
export interface ClaimBounds {
  /** Unpacked bytes of all columns. */
  readonly bytes: number;
  /** Values of all columns, each member of a list counted. */
  readonly values: number;
}

const MAX_ROWS = 5_000_000;
const MAX_COLUMNS = 2000;
/** Of a file that is held whole. */
const WHOLE: ClaimBounds = { bytes: 1_500_000_000, values: 300_000_000 };
/** Of one page. Writers make pages of 1 to 100 MB. */
const PAGE: ClaimBounds = { bytes: 512_000_000, values: 64_000_000 };
/** Ordinary files are far below: only a file made to exhaust memory unpacks to 200 times its size. */
const MAX_RATIO = 200;
const RATIO_FLOOR_BYTES = 64_000_000;

const ENCODINGS: ReadonlySet<string | undefined> = new Set([
  'PLAIN',
  'RLE',
  'PLAIN_DICTIONARY',
  'RLE_DICTIONARY',
  'DELTA_BINARY_PACKED',
  // DELTA_BYTE_ARRAY is left out: its prefixes expand n bytes to n², and no common writer uses it by default.
  'DELTA_LENGTH_BYTE_ARRAY',
  'BYTE_STREAM_SPLIT',
]);

/** Minimum size in bytes of a value in encodings that need no walk. */
const PLAIN_BYTES: Readonly<Record<ColumnMetaData['type'], number>> = {
  BOOLEAN: 1 / 8,
  INT32: 4,
  FLOAT: 4,
  INT64: 8,
  DOUBLE: 8,
  INT96: 12,
  BYTE_ARRAY: 4,
  FIXED_LEN_BYTE_ARRAY: 1,
};

/** One column in one group of rows, page by page. */
export interface ChunkPages {
  readonly meta: ColumnMetaData;
  readonly maxRepetition: number;
  readonly maxDefinition: number;
  readonly decompress: Decompress | null;
}

/**
 * Rejects excessive claims in the file's metadata before anything is allocated for them: more than 5 M rows, 2,000
 * columns, the bytes and values of `bounds` or 200 times the file's own size, row groups that do not add up, chunks
 * outside the file. Throws a RangeError with the claim and the bound.
 * @param bounds default: those of a file that is held whole, 1.5 GB and 300 M values
 */
export function checkClaims(metadata: FileMetaData, fileBytes: number, bounds = WHOLE): void {
  const rows = Number(metadata.num_rows);
  expectCount('rows', rows, MAX_ROWS);
  expectCount('columns', metadata.schema.length, MAX_COLUMNS * 4);
  let groupRows = 0;
  let bytes = 0;
  let values = 0;
  for (const group of metadata.row_groups) {
    expectCount('rows of a group', Number(group.num_rows), rows);
    expectCount('columns', group.columns.length, MAX_COLUMNS);
    groupRows += Number(group.num_rows);
    for (const { meta_data: meta, file_path: path } of group.columns) {
      if (!meta || path) throw new RangeError('a column stands in another file');
      const { start, end } = chunkRange(meta);
      if (!(start >= 4 && end >= start && end <= fileBytes - 8)) {
        throw new RangeError(`a column from byte ${start} to ${end} of ${fileBytes}`);
      }
      bytes += expectCount('bytes of a column', Number(meta.total_uncompressed_size), bounds.bytes);
      values += expectCount('values of a column', Number(meta.num_values), bounds.values);
    }
  }
  if (groupRows !== rows) throw new RangeError(`expected ${rows} rows, got ${groupRows} in the groups`);
  expectCount('values', values, bounds.values);
  expectCount('bytes', bytes, Math.min(bounds.bytes, Math.max(RATIO_FLOOR_BYTES, fileBytes * MAX_RATIO)));
}

/**
 * Walks every page of the file as hyparquet will, and compares its header and packed streams with the checked claims.
 * Call `checkClaims` first. Decompresses pages whose streams are compressed, so it may cost as much as decoding. Throws
 * a RangeError (or what hyparquet's own header parser throws).
 */
export function checkPages(
  file: Uint8Array,
  metadata: FileMetaData,
  decompressorOf: (codec: string) => Decompress | null,
): void {
  const tree = parquetSchema(metadata);
  for (const group of metadata.row_groups) {
    for (const { meta_data: meta } of group.columns) {
      if (!meta) continue;
      const path = getTreePath(tree, meta.path_in_schema);
      const { start, end } = chunkRange(meta);
      checkChunk(file.subarray(start, end), chunkOf(meta, path, decompressorOf(meta.codec)));
    }
  }
}

/** What is checked of a chunk. `path`: its column's schema from the root. */
export function chunkOf(meta: ColumnMetaData, path: SchemaTree[], decompress: Decompress | null): ChunkPages {
  return { meta, maxRepetition: getMaxRepetitionLevel(path), maxDefinition: getMaxDefinitionLevel(path), decompress };
}

/** As {@link checkPages} for one chunk, whose bytes these are. */
export function checkChunk(bytes: Uint8Array, chunk: ChunkPages): void {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const check = makePageCheck(chunk);
  while (reader.offset < bytes.length - 1) {
    const header = parquetHeader(reader);
    expectCount('bytes of a page', header.compressed_page_size, bytes.length - reader.offset);
    check.page(header, bytes.subarray(reader.offset, reader.offset + header.compressed_page_size));
    reader.offset += header.compressed_page_size;
  }
  check.end();
}

/** Checks the pages of a chunk one after the other, each before it is decoded, then that none is missing. */
export function makePageCheck(chunk: ChunkPages): {
  page(header: PageHeader, page: Uint8Array): void;
  end(): void;
} {
  const { meta } = chunk;
  let valuesLeft = Number(meta.num_values);
  let bytesLeft = Number(meta.total_uncompressed_size);
  return {
    page(header, page) {
      bytesLeft -= expectCount('unpacked bytes of a page', header.uncompressed_page_size, bytesLeft);
      expectCount('unpacked bytes of a page', header.uncompressed_page_size, PAGE.bytes);
      valuesLeft -= checkPage(chunk, header, page, valuesLeft);
    },
    end() {
      if (valuesLeft !== 0) throw new RangeError(`${valuesLeft} of ${meta.num_values} values are missing`);
    },
  };
}

/** Checks one page and returns its number of values. */
function checkPage(chunk: ChunkPages, header: PageHeader, page: Uint8Array, valuesLeft: number): number {
  const { dictionary_page_header: dictionary, data_page_header: v1, data_page_header_v2: v2 } = header;
  const most = Math.min(valuesLeft, PAGE.values);
  if (header.type === 'DICTIONARY_PAGE') {
    expectCount('words of a dictionary', dictionary?.num_values ?? -1, header.uncompressed_page_size);
    return 0;
  }
  if (header.type === 'DATA_PAGE' && v1) {
    const count = expectCount('values of a page', v1.num_values, most);
    if (chunk.maxDefinition === 0 && isPlain(v1.encoding)) {
      return expectCount('plain values of a page', count, header.uncompressed_page_size / PLAIN_BYTES[chunk.meta.type]);
    }
    const body = unpack(chunk, page, header.uncompressed_page_size);
    const afterRepetition = checkLevels(body, 0, chunk.maxRepetition, count);
    const afterLevels = checkLevels(body, afterRepetition, chunk.maxDefinition, count);
    checkValues(chunk, v1.encoding, body, afterLevels, count);
    return count;
  }
  if (header.type !== 'DATA_PAGE_V2' || !v2) throw new RangeError(`a page of type ${header.type}`);
  const count = expectCount('values of a page', v2.num_values, most);
  expectCount('nulls of a page', v2.num_nulls, count);
  expectCount('rows of a page', v2.num_rows, count);
  const repetition = expectCount('bytes of levels', v2.repetition_levels_byte_length, page.length);
  const levels =
    repetition + expectCount('bytes of levels', v2.definition_levels_byte_length, page.length - repetition);
  if (chunk.maxRepetition > 0) checkRuns(page, 0, bitWidth(chunk.maxRepetition), count);
  if (chunk.maxDefinition > 0) checkRuns(page, repetition, bitWidth(chunk.maxDefinition), count);
  const packed = page.subarray(levels);
  const size = expectCount('unpacked bytes of a page', header.uncompressed_page_size - levels, WHOLE.bytes);
  const values = count - v2.num_nulls;
  if (isPlain(v2.encoding)) {
    expectCount('plain values of a page', values, size / PLAIN_BYTES[chunk.meta.type]);
  } else {
    checkValues(chunk, v2.encoding, v2.is_compressed === false ? packed : unpack(chunk, packed, size), 0, values);
  }
  return count;
}

/** Walks levels that have their length in front, as in pages of version 1. Returns where they end. */
function checkLevels(body: Uint8Array, offset: number, maxLevel: number, count: number): number {
  if (maxLevel === 0) return offset;
  checkRuns(body, offset + 4, bitWidth(maxLevel), count);
  return offset + 4 + readUint32(body, offset);
}

function checkValues(chunk: ChunkPages, encoding: string, body: Uint8Array, offset: number, count: number): void {
  if (!ENCODINGS.has(encoding)) throw new RangeError(`values encoded as ${encoding}`);
  if (encoding.endsWith('_DICTIONARY')) {
    if (count > 0 && body[offset] > 0) checkRuns(body, offset + 1, body[offset], count);
  } else if (encoding === 'RLE') {
    if (chunk.meta.type !== 'BOOLEAN') throw new RangeError(`${chunk.meta.type} values encoded as RLE`);
    checkRuns(body, offset + 4, 1, count);
  } else if (encoding.startsWith('DELTA') && count > 0) {
    checkDelta(body, offset);
  }
}

function isPlain(encoding: string): boolean {
  return encoding === 'PLAIN' || encoding === 'BYTE_STREAM_SPLIT';
}

function unpack(chunk: ChunkPages, page: Uint8Array, length: number): Uint8Array {
  if (!chunk.decompress) return page;
  const body = chunk.decompress(page, length);
  if (body.length !== length) throw new RangeError(`expected a page of ${length} bytes, got ${body.length}`);
  return body;
}

/** The bytes of a chunk in its file. */
export function chunkRange(meta: ColumnMetaData): { start: number; end: number } {
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  return { start, end: start + Number(meta.total_compressed_size) };
}

function expectCount(what: string, got: number, most: number): number {
  if (!(Number.isInteger(got) && got >= 0 && got <= most))
    throw new RangeError(`${what}: expected 0…${most}, got ${got}`);
  return got;
}

function readUint32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset, true);
}

function bitWidth(maxLevel: number): number {
  return 32 - Math.clz32(maxLevel);
}
