/** Covers the first `bytes` bytes of a file. */
export interface Checksum {
  readonly bytes: number;
  /** 16 hexadecimal digits. */
  readonly hash: string;
}

/**
 * A checksum of the first `length` bytes: two 32-bit FNV-1a streams (Fowler, Noll, Vo) over alternating bytes. It tells
 * a damaged file from a sound one before anything is decoded; it is no protection against somebody who forges a file.
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

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
