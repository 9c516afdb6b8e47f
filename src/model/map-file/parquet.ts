import { parquetMetadata, parquetSchema } from 'hyparquet';
import { parquetReadColumn } from 'hyparquet/src/read.js';
import { compressorsFor, decompressorOf } from './codecs.ts';
import { SENTENCES_COLUMN } from './columns.ts';
import { checkClaims, checkPages } from './guard.ts';
import { TIME_PARSERS } from './times.ts';

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
