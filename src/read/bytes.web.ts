import { StageError } from '../model/failure.ts';
import { MAX_BYTES } from './limits.ts';

interface ByteOptions {
  /** Called with the number of bytes read so far. */
  readonly onTaken: (bytes: number) => void;
  /** Called when compressed bytes are damaged or truncated; what came before has already been yielded. */
  readonly onBroken: (reason: string) => void;
}

/**
 * The bytes of `blob` in pieces, unpacked if they are gzip. Only one piece is in memory at a time. Throws `too-large`
 * above 2 GB (packed or unpacked) and for a gzip bomb, `bad-format` when the file cannot be read.
 */
export async function* streamBytes(blob: Blob, options: ByteOptions): AsyncGenerator<Uint8Array> {
  if (blob.size > MAX_BYTES) throw tooLarge(`${gigabytes(blob.size)} GB`);
  const reader = blob.stream().getReader();
  try {
    const first = await readPiece(reader);
    if (!first) return;
    if (isGzip(first)) yield* unpack(first, reader, options);
    else {
      let taken = 0;
      for (let piece: Uint8Array | null = first; piece; piece = await readPiece(reader)) {
        taken += piece.length;
        options.onTaken(taken);
        yield piece;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * What a file that is not text looks like by its first bytes (`a PNG image`), or null. A signature is not enough, since
 * a text may begin with `PAR1` or `ID3`: a control byte is required too.
 */
export function describeBinary(head: Uint8Array): string | null {
  let controls = 0;
  for (const byte of head) if (byte < 0x20 ? !isTextControl(byte) : byte === 0x7f) controls++;
  if (controls > 0 || hasBytes(head, 0, '%PDF-')) {
    for (const [name, offset, bytes] of SIGNATURES) if (hasBytes(head, offset, bytes)) return name;
  }
  return controls > head.length * MAX_CONTROL_SHARE ? 'binary data' : null;
}

/** Whether `head` has `bytes` (one byte for each character) at `offset`. */
export function hasBytes(head: Uint8Array, offset: number, bytes: string): boolean {
  if (head.length < offset + bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (head[offset + i] !== bytes.charCodeAt(i)) return false;
  return true;
}

/** Text never grows by more than this factor when unpacked; checked once MIN_BOMB_BYTES bytes have come out. */
const MAX_RATIO = 200;
const MIN_BOMB_BYTES = 50 * 1024 * 1024;

async function* unpack(
  first: Uint8Array,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  options: ByteOptions,
): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('gzip');
  const output = stream.readable.getReader();
  const progress = { taken: 0 };
  let broken: unknown = null;
  const fed = feed(stream.writable.getWriter(), first, reader, (bytes) => {
    progress.taken += bytes;
    options.onTaken(progress.taken);
  }).catch((error: unknown) => {
    broken = error;
  });
  let unpacked = 0;
  try {
    for (;;) {
      const { done, value } = await output.read();
      if (done) break;
      unpacked += value.length;
      if (unpacked > MAX_BYTES || (unpacked > MIN_BOMB_BYTES && unpacked > progress.taken * MAX_RATIO)) {
        throw tooLarge(`it unpacks to more than ${Math.floor(unpacked / 1e6)} MB`);
      }
      yield value;
    }
    await fed;
  } catch (error) {
    if (error instanceof StageError) throw error;
    broken = error;
  } finally {
    output.cancel().catch(() => {});
  }
  if (broken instanceof StageError) throw broken;
  if (broken !== null) options.onBroken('the compressed data break off or are damaged: what could be unpacked is kept');
}

/**
 * Writes all pieces. Waits with closing until everything unpacked has been read: closing detects truncated data, and
 * the error would discard what has not been read yet.
 */
async function feed(
  writer: WritableStreamDefaultWriter<BufferSource>,
  first: Uint8Array,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  onTaken: (bytes: number) => void,
): Promise<void> {
  for (let piece: Uint8Array | null = first; piece; piece = await readPiece(reader)) {
    onTaken(piece.length);
    await writer.write(piece.slice());
  }
  await writer.write(new Uint8Array(0));
  await writer.close();
}

async function readPiece(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return null;
      if (value.length > 0) return value;
    }
  } catch (cause) {
    const reason = 'the file could not be read: it may have been moved, changed or locked since it was chosen';
    throw new StageError('bad-format', 'read', reason, { cause });
  }
}

function tooLarge(what: string): StageError {
  return new StageError(
    'too-large',
    'read',
    `this file is too large (${what}): at most ${gigabytes(MAX_BYTES)} GB can be read`,
  );
}

function gigabytes(bytes: number): string {
  return (bytes / 1024 ** 3).toFixed(1);
}

/** Signatures of files that are not text, with the name of each kind. */
const SIGNATURES: readonly (readonly [name: string, offset: number, bytes: string])[] = [
  ['a PNG image', 0, '\x89PNG'],
  ['a JPEG image', 0, '\xff\xd8\xff'],
  ['a GIF image', 0, 'GIF8'],
  ['a WebP image', 8, 'WEBPVP8'],
  ['a TIFF image', 0, 'II*\0'],
  ['a TIFF image', 0, 'MM\0*'],
  ['a PDF document', 0, '%PDF-'],
  ['a ZIP archive or an Office document', 0, 'PK\x03\x04'],
  ['an empty ZIP archive', 0, 'PK\x05\x06'],
  ['an old Office document', 0, '\xd0\xcf\x11\xe0'],
  ['a 7-Zip archive', 0, '7z\xbc\xaf'],
  ['a RAR archive', 0, 'Rar!\x1a'],
  ['a bzip2 archive', 0, 'BZh'],
  ['an XZ archive', 0, '\xfd7zXZ'],
  ['a Zstandard archive', 0, '\x28\xb5\x2f\xfd'],
  ['a tar archive', 257, 'ustar'],
  ['a Parquet file', 0, 'PAR1'],
  ['an Arrow file', 0, 'ARROW1'],
  ['an SQLite database', 0, 'SQLite format 3\0'],
  ['an HDF5 file', 0, '\x89HDF'],
  ['a NumPy array', 0, '\x93NUMPY'],
  ['a video', 4, 'ftyp'],
  ['a sound file', 0, 'ID3'],
  ['a sound file', 0, 'OggS'],
  ['a program', 0, '\x7fELF'],
  ['a WebAssembly module', 0, '\0asm'],
];

/** A larger share of control bytes means that the file is not text. Random bytes have about 11 %. */
const MAX_CONTROL_SHARE = 0.05;

/** Tab, line ends, form feed, and escape (terminal output contains it). */
function isTextControl(byte: number): boolean {
  return (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b;
}

/** Whether `head` begins as a gzip file does. */
function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}
