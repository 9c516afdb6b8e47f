/** What the bytes beyond ASCII in a stretch say about UTF-8 (RFC 3629). */
export interface Utf8Evidence {
  /** Characters of two to four bytes, weighed by how unlikely they are in another encoding: 1, 3 or 5 each. */
  readonly characters: number;
  /** Bytes, or beginnings of characters, that belong to none. */
  readonly invalid: number;
}

/** Length in bytes of the sequence that `byte` begins in UTF-8, 0 if it begins none. */
export function sequenceLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

/**
 * Weighs the characters and counts the invalid bytes of `bytes`. Linear.
 * @param whole whether the text ends with them, so that a character cut by their end counts as invalid
 */
export function weighUtf8(bytes: Uint8Array, whole: boolean): Utf8Evidence {
  let characters = 0;
  let invalid = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at]);
    if (length === 1) at++;
    else {
      const valid = length === 0 ? 0 : continued(bytes, at, length);
      if (!whole && valid < length && at + valid === bytes.length) break;
      if (length > 0 && valid === length) characters += 2 * length - 3;
      else invalid++;
      at += Math.max(1, valid);
    }
  }
  return { characters, invalid };
}

/** The first byte that is not ASCII, or the length of `bytes`. */
export function asciiLength(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length && bytes[at] < 0x80) at++;
  return at;
}

/** Bytes that are certainly no trail byte of a character in any East Asian encoding: blanks and marks before `0`. */
function isSeparator(byte: number): boolean {
  return byte < 0x30;
}

/** Bytes of one stretch of a sample. */
const STRETCH = 512;

/**
 * The stretches of `bytes` that hold bytes beyond ASCII, at most `limit` bytes of them. Each begins and ends between two
 * characters of whatever encoding. Linear.
 */
export function sampleBeyondAscii(bytes: Uint8Array, limit: number): Uint8Array {
  const sample = new Uint8Array(limit);
  let filled = 0;
  let start = 0;
  let beyond = false;
  for (let at = 0; at <= bytes.length; at++) {
    if (bytes[at] >= 0x80) beyond = true;
    const isEnd = at === bytes.length || (bytes[at] < 0x80 && isSeparator(bytes[at]) && at - start >= STRETCH);
    if (!isEnd) continue;
    if (beyond) {
      const stretch = bytes.subarray(start, Math.min(at, start + limit - filled));
      sample.set(stretch, filled);
      filled += stretch.length;
      if (filled === limit) break;
    }
    start = at;
    beyond = false;
  }
  return sample.subarray(0, filled);
}

/** How many bytes from `at` on continue the sequence of `length` that begins there, its first byte included. */
function continued(bytes: Uint8Array, at: number, length: number): number {
  let valid = 1;
  while (valid < length && at + valid < bytes.length) {
    const byte = bytes[at + valid];
    const [low, high] = valid === 1 ? secondByte(bytes[at]) : [0x80, 0xbf];
    if (byte < low || byte > high) break;
    valid++;
  }
  return valid;
}

/** The second bytes that may follow `first`: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
function secondByte(first: number): readonly [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  return first === 0xf4 ? [0x80, 0x8f] : [0x80, 0xbf];
}
