import { type Compressors, type FileMetaData, snappyUncompress } from 'hyparquet';
import type { Decompress } from './guard.ts';
import { checkSnappy } from './streams.ts';

/** hyparquet itself decodes Snappy; the other codecs (190 kB) are loaded only for a foreign file that needs them. */
export async function compressorsFor(metadata: FileMetaData): Promise<Compressors> {
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

/** The decompressor of `codec`, null for none. Throws a RangeError for an unknown one. */
export function decompressorOf(codec: string, compressors: Compressors): Decompress | null {
  if (codec === 'UNCOMPRESSED') return null;
  const known = Object.entries(compressors).find(([name]) => name === codec)?.[1];
  if (!known) throw new RangeError(`pages compressed as ${codec}`);
  return known;
}
