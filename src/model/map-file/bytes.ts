/** A checksum of the first `bytes` bytes of a file. */
export interface Checksum {
  readonly bytes: number;
  /** 16 hexadecimal digits. */
  readonly hash: string;
}

/** Bytes in base64 (RFC 4648, padded). The codec also runs without a browser, where `btoa` is missing. O(bytes). */
export function toBase64(bytes: Uint8Array): string {
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = Math.min(3, bytes.length - at);
    const group = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    let text = '';
    for (let place = 0; place < 4; place++) text += place <= left ? LETTERS[(group >> (18 - 6 * place)) & 63] : '=';
    groups.push(text);
  }
  return groups.join('');
}

/** The bytes that {@link toBase64} encoded. Throws a RangeError for text that is not base64. O(bytes). */
export function fromBase64(text: string): Uint8Array {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u.test(text))
    throw new RangeError('no base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let at = 0, to = 0; at < text.length; at += 4) {
    let group = 0;
    for (let place = 0; place < 4; place++) group = (group << 6) | Math.max(0, LETTERS.indexOf(text[at + place]));
    for (let shift = 16; shift >= 0 && to < bytes.length; shift -= 8) bytes[to++] = (group >> shift) & 255;
  }
  return bytes;
}

/**
 * A checksum of the first `length` bytes: two 32-bit FNV-1a streams (Fowler, Noll, Vo) over alternating bytes. It
 * detects a damaged file before anything is decoded; it does not protect against forgery.
 */
export function checksum(bytes: Uint8Array, length: number): Checksum {
  let even = 0x811c9dc5;
  let odd = 0x9747b28c;
  const pairs = length - (length % 2);
  for (let i = 0; i < pairs; i += 2) {
    even = Math.imul(even ^ bytes[i], 0x01000193);
    odd = Math.imul(odd ^ bytes[i + 1], 0x01000193);
  }
  if (pairs < length) even = Math.imul(even ^ bytes[pairs], 0x01000193);
  return { bytes: length, hash: hex(even) + hex(odd) };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
