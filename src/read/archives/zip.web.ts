import { StageError } from '../../model/failure.ts';

/** A file in a ZIP archive, as the archive's directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes in the archive and unpacked; the second may be wrong in a hostile archive. */
  readonly packed: number;
  readonly size: number;
  /** 0: stored, 8: deflated; others are not read. */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Where its local header begins. */
  readonly offset: number;
}

/** Bytes at the end among which the directory's end record is sought: the record and its longest comment. */
const MAX_END = 65_536 + 22;
const MAX_DIRECTORY = 64 * 1024 * 1024;

const END_RECORD = 0x06054b50;
const END_RECORD_64 = 0x06064b50;
const DIRECTORY_HEADER = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;

/**
 * The files of a ZIP archive, without its folders, from its directory alone. Throws `bad-format` when that is missing or damaged.
 * Source: PKWARE APPNOTE 6.3, 4.3 (also the 64-bit fields).
 */
export async function listZip(blob: Blob): Promise<ZipEntry[]> {
  const { offset, size } = await findDirectory(blob);
  if (size > MAX_DIRECTORY || offset + size > blob.size) throw damaged('its table of contents is damaged');
  const view = await viewOf(blob, offset, offset + size);
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= view.byteLength && view.getUint32(at, true) === DIRECTORY_HEADER; ) {
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const end = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (end > view.byteLength) break;
    const entry = readEntry(view, at, nameLength, extraLength);
    if (!entry.name.endsWith('/')) entries.push(entry);
    at = end;
  }
  return entries;
}

/**
 * The unpacked content of an entry. Calls `onBytes` with each piece's length, which may throw. Throws `bad-format` for an
 * encrypted or damaged entry and for a method that is not read.
 */
export async function openZipEntry(blob: Blob, entry: ZipEntry, onBytes: (bytes: number) => void): Promise<Blob> {
  const next = 'unpack the archive and give its files';
  if (entry.isEncrypted) throw damaged(`this file of the archive is encrypted: ${next}`);
  if (entry.method !== 0 && entry.method !== 8) {
    throw damaged(`this file of the archive is packed by a method that is not read (number ${entry.method}): ${next}`);
  }
  const header = await viewOf(blob, entry.offset, Math.min(blob.size, entry.offset + 30));
  if (header.byteLength < 30 || header.getUint32(0, true) !== LOCAL_HEADER)
    throw damaged(`the archive is damaged: ${next}`);
  const from = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = blob.slice(from, from + entry.packed);
  if (packed.size < entry.packed) throw damaged(`the archive breaks off within this file: ${next}`);
  if (entry.method === 0) {
    onBytes(packed.size);
    return packed;
  }
  return inflate(packed, onBytes);
}

async function inflate(packed: Blob, onBytes: (bytes: number) => void): Promise<Blob> {
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Blob(pieces);
      onBytes(value.length);
      pieces.push(value);
    }
  } catch (error) {
    if (error instanceof StageError) throw error;
    throw damaged('this file of the archive is damaged: unpack the archive with a program that can repair it', error);
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function findDirectory(blob: Blob): Promise<{ offset: number; size: number }> {
  const from = Math.max(0, blob.size - MAX_END);
  const view = await viewOf(blob, from, blob.size);
  for (let at = view.byteLength - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== END_RECORD) continue;
    const size = view.getUint32(at + 12, true);
    const offset = view.getUint32(at + 16, true);
    const is64 = offset === 0xffffffff || size === 0xffffffff || view.getUint16(at + 10, true) === 0xffff;
    return (is64 ? await findDirectory64(blob, view, at) : null) ?? { offset, size };
  }
  throw damaged('this ZIP archive has no table of contents: it breaks off or is one part of several. Unpack it first');
}

/** The 64-bit end record, by its locator before the usual one at `end`; null without one. */
async function findDirectory64(
  blob: Blob,
  view: DataView,
  end: number,
): Promise<{ offset: number; size: number } | null> {
  if (end < 20 || view.getUint32(end - 20, true) !== 0x07064b50) return null;
  const at = Number(view.getBigUint64(end - 12, true));
  if (at + 56 > blob.size) return null;
  const record = await viewOf(blob, at, at + 56);
  if (record.getUint32(0, true) !== END_RECORD_64) return null;
  return { size: Number(record.getBigUint64(40, true)), offset: Number(record.getBigUint64(48, true)) };
}

function readEntry(view: DataView, at: number, nameLength: number, extraLength: number): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const fields = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
  };
  readExtra64(view, at + 46 + nameLength, extraLength, fields);
  const name = decodeName(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
  return {
    name: name.replaceAll('\\', '/'),
    ...fields,
    method: view.getUint16(at + 10, true),
    isEncrypted: (flags & 1) === 1,
  };
}

/** Fills in, in the standard's order, the numbers that need 64 bits. */
function readExtra64(
  view: DataView,
  from: number,
  length: number,
  fields: Record<'size' | 'packed' | 'offset', number>,
): void {
  for (let at = from; at + 4 <= from + length; ) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1) {
      let value = at + 4;
      for (const key of ['size', 'packed', 'offset'] as const) {
        if (fields[key] !== 0xffffffff || value + 8 > Math.min(at + 4 + size, from + length)) continue;
        fields[key] = Number(view.getBigUint64(value, true));
        value += 8;
      }
      return;
    }
    at += 4 + size;
  }
}

/** Names are UTF-8 by the flag and mostly without it; else an older encoding, of which only the Latin letters are sure. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

async function viewOf(blob: Blob, from: number, to: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await blob.slice(from, to).arrayBuffer());
}

function damaged(message: string, cause?: unknown): StageError {
  return new StageError('bad-format', 'read', message, { cause });
}
