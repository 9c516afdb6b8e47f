/** A file in a tar archive. */
export interface TarEntry {
  readonly name: string;
  /** Where its bytes begin and end in the archive. */
  readonly from: number;
  readonly to: number;
}

const BLOCK = 512;

/**
 * The files of a tar archive, without folders and links; those after a damaged header are not found. Source: POSIX.1-2017,
 * pax (ustar and extended headers), and GNU tar's long names.
 */
export async function listTar(blob: Blob): Promise<{ readonly entries: TarEntry[]; readonly isWhole: boolean }> {
  const entries: TarEntry[] = [];
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= blob.size; ) {
    const header = new Uint8Array(await blob.slice(at, at + BLOCK).arrayBuffer());
    if (header.every((byte) => byte === 0)) return { entries, isWhole: true };
    const size = numberIn(header.subarray(124, 136));
    if (!Number.isSafeInteger(size) || !hasChecksum(header)) return { entries, isWhole: false };
    const from = at + BLOCK;
    const type = String.fromCharCode(header[156]);
    if (type === 'L' || type === 'x')
      longName = (await nameIn(blob.slice(from, from + Math.min(size, 65_536)), type)) ?? longName;
    else if (type !== 'g') {
      const to = Math.min(blob.size, from + size);
      if (type === '0' || type === '\0' || type === '7') entries.push({ name: longName ?? nameOf(header), from, to });
      longName = null;
    }
    at = from + Math.ceil(size / BLOCK) * BLOCK;
  }
  return { entries, isWhole: entries.length > 0 };
}

/** The name that a header before a file's own gives it: GNU's, or the `path` among pax records. */
async function nameIn(content: Blob, type: 'L' | 'x'): Promise<string | null> {
  const text = await content.text();
  if (type === 'L') return text.replace(/\0.*$/su, '');
  return /(?:^|\n)\d{1,6} path=([^\n]+)/u.exec(text)?.[1] ?? null;
}

function nameOf(header: Uint8Array): string {
  const prefix = wordIn(header.subarray(257, 262)) === 'ustar' ? wordIn(header.subarray(345, 500)) : '';
  const name = wordIn(header.subarray(0, 100));
  return prefix === '' ? name : `${prefix}/${name}`;
}

function wordIn(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(bytes.subarray(0, end < 0 ? bytes.length : end));
}

/** An octal number, or GNU's binary one when the first bit is set. */
function numberIn(bytes: Uint8Array): number {
  if ((bytes[0] & 0x80) === 0) return Number.parseInt(wordIn(bytes).trim() || '0', 8);
  return bytes.subarray(1).reduce((sum, byte) => sum * 256 + byte, bytes[0] & 0x7f);
}

function hasChecksum(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  return sum === numberIn(header.subarray(148, 156));
}
