import { type Compressors, type FileMetaData, parquetMetadata, parquetSchema, snappyUncompress } from 'hyparquet';
import { parquetReadColumn } from 'hyparquet/src/read.js';
import { SENTENCES_COLUMN } from './columns.ts';
import { checkClaims, checkPages, type Decompress } from './guard.ts';
import { checkSnappy } from './streams.ts';

/** A Parquet file whose every page has passed the guard. */
export interface ParquetTable {
  readonly rows: number;
  /** Top-level columns in file order. */
  readonly columns: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly createdBy: string;
  /** One value for each row. Throws when the column does not have exactly `rows` values. */
  readColumn(name: string): Promise<ArrayLike<unknown>>;
}

/**
 * Opens a Parquet file in memory: reads its footer, guards it (see `checkClaims` and `checkPages`), then reads columns
 * on demand. Dates and times become ISO 8601 text. Throws plain errors that describe the damage.
 */
export async function openParquet(bytes: ArrayBuffer): Promise<ParquetTable> {
  const metadata = parquetMetadata(bytes, { geoparquet: false });
  checkClaims(metadata, bytes.byteLength);
  const compressors = await compressorsFor(metadata);
  checkPages(new Uint8Array(bytes), metadata, (codec) => decompressorOf(codec, compressors));
  const rows = Number(metadata.num_rows);
  return {
    rows,
    columns: parquetSchema(metadata).children.map((child) => child.element.name),
    metadata: new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value ?? ''])),
    createdBy: metadata.created_by ?? '',
    async readColumn(name) {
      const file = { byteLength: bytes.byteLength, slice: (start: number, end?: number) => bytes.slice(start, end) };
      // Old writers do not mark texts as UTF-8; vectors that went through pandas are not marked as bytes either.
      const utf8 = name !== 'embedding' && name !== SENTENCES_COLUMN;
      const columns = [name];
      const values = await parquetReadColumn({ file, metadata, columns, compressors, utf8, parsers: TIME_PARSERS });
      if (values.length !== rows) throw new RangeError(`column ${name}: expected ${rows} values, got ${values.length}`);
      return values;
    },
  };
}

const TIME_PARSERS = {
  timestampFromMilliseconds: (millis: bigint | undefined) => isoTime(millis),
  timestampFromMicroseconds: (micros: bigint | undefined) => isoTime(micros === undefined ? micros : micros / 1000n),
  timestampFromNanoseconds: (nanos: bigint | undefined) => isoTime(nanos === undefined ? nanos : nanos / 1_000_000n),
  dateFromDays: (days: number | undefined) =>
    isoTime(days === undefined ? days : days * 86_400_000)?.slice(0, 10) ?? null,
};

function isoTime(millis: bigint | number | undefined): string | null {
  const time = new Date(Number(millis));
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** hyparquet itself decodes Snappy; the other codecs (190 kB) are loaded only for a foreign file that needs them. */
async function compressorsFor(metadata: FileMetaData): Promise<Compressors> {
  const snappy: Compressors = { SNAPPY: unpackSnappy };
  const codecs = metadata.row_groups.flatMap((group) => group.columns.map((column) => column.meta_data?.codec));
  if (codecs.every((codec) => codec === 'SNAPPY' || codec === 'UNCOMPRESSED')) return snappy;
  const { decompressBrotli, decompressGzip, decompressLz4, decompressLz4Raw, decompressZstd } = await import(
    'hyparquet-compressors'
  );
  return {
    ...snappy,
    BROTLI: decompressBrotli,
    GZIP: decompressGzip,
    LZ4: decompressLz4,
    LZ4_RAW: decompressLz4Raw,
    // With a given target, it cannot allocate what the frame's own header claims.
    ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
  };
}

function unpackSnappy(input: Uint8Array, length: number): Uint8Array {
  checkSnappy(input, length);
  const output = new Uint8Array(length);
  snappyUncompress(input, output);
  return output;
}

function decompressorOf(codec: string, compressors: Compressors): Decompress | null {
  if (codec === 'UNCOMPRESSED') return null;
  const known = Object.entries(compressors).find(([name]) => name === codec)?.[1];
  if (!known) throw new RangeError(`pages compressed as ${codec}`);
  return known;
}
