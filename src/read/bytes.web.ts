import { StageError } from '../model/failure.ts';
import type { BinaryHead } from './format.ts';
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

/** Whether `head` has `bytes` (one byte for each character) at `offset`. */
export function hasBytes(head: Uint8Array, offset: number, bytes: string): boolean {
  if (head.length < offset + bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (head[offset + i] !== bytes.charCodeAt(i)) return false;
  return true;
}

/**
 * Whether a ZIP file has an entry of this name, by its directory at the end, of which 64 kB are looked at, or by its first
 * entry.
 */
export function holdsZipEntry({ first, last }: BinaryHead, name: string): boolean {
  if (!hasBytes(first, 0, 'PK\x03\x04')) return false;
  if (hasBytes(first, 30, name)) return true;
  // The name of a header in the directory begins 46 bytes after its signature.
  for (let at = last.indexOf(0x50); at >= 0; at = last.indexOf(0x50, at + 1)) {
    if (hasBytes(last, at, 'PK\x01\x02') && hasBytes(last, at + 46, name) && last[at + 28] === name.length) return true;
  }
  return false;
}

/** Bytes at the beginning and the end of a file by which a binary format is recognised. */
const FIRST_BYTES = 4096;
const LAST_BYTES = 65_536;

/** What is looked at of a file to recognise a binary format. Rejects when it cannot be read. */
export async function headOfBlob(extension: string, blob: Blob): Promise<BinaryHead> {
  const bytesOf = async (part: Blob): Promise<Uint8Array> => new Uint8Array(await part.arrayBuffer());
  const first = await bytesOf(blob.slice(0, FIRST_BYTES));
  return { extension, first, last: await bytesOf(blob.slice(-LAST_BYTES)) };
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

/** Whether `head` begins as a gzip file does. */
function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}
