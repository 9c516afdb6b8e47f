import { type FileMetaData, parquetMetadata } from 'hyparquet';
import { INFO_KEY } from '../info.ts';

/** A file of which parts are read when they are needed, as a Blob is. */
export interface ByteSource {
  readonly byteLength: number;
  /** The bytes from `start` to before `end`, both within the file. */
  slice(start: number, end: number): Promise<ArrayBuffer>;
}

/** Longest metadata: those of 2,000 columns in a thousand groups of rows. */
const MAX_FOOTER = 256 * 1024 * 1024;
/** The footer's length and the magic bytes. */
const TAIL = 8;

/**
 * The metadata of a Parquet file, which stand at its end; nothing else is read. Throws an error that describes the
 * damage, for example when the file is cut short. Source: the format's README, "File format".
 */
export async function readFooter(source: ByteSource): Promise<FileMetaData> {
  const { byteLength } = source;
  if (byteLength < 12) throw new RangeError(`a Parquet file of ${byteLength} bytes`);
  const tail = new DataView(await source.slice(byteLength - TAIL, byteLength));
  if (tail.getUint32(4, true) !== 0x31524150) throw new RangeError('its end is missing');
  const length = tail.getUint32(0, true);
  if (length > Math.min(byteLength - TAIL, MAX_FOOTER)) throw new RangeError(`a footer of ${length} bytes`);
  return parquetMetadata(await source.slice(byteLength - TAIL - length, byteLength), { geoparquet: false });
}

/** Whether the metadata are those of one of our maps. */
export function isOwnMap({ key_value_metadata: entries }: FileMetaData): boolean {
  return entries?.some(({ key }) => key === INFO_KEY) ?? false;
}
