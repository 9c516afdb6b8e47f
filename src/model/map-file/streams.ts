/**
 * Walks over the packed streams of a Parquet page before hyparquet, which trusts their counts, decodes them: a run of
 * 2^30 values in five bytes would fill the memory, and a Snappy literal or delta block of negative length would never
 * end. Each walk throws a RangeError with the claim and the bound.
 */

/** Writers may pad the last run of a stream to whole groups of eight, at most 63 of them (Arrow, parquet-mr). */
const PADDING = 512;

/**
 * Walks the runs of an RLE and bit-packed hybrid of `count` values of `bitWidth` bits that begins at `offset`. Source:
 * the format's Encodings.md, "RLE/Bit-Packing Hybrid". O(runs).
 */
export function checkRuns(bytes: Uint8Array, offset: number, bitWidth: number, count: number): void {
  let at = offset;
  let seen = 0;
  while (seen < count && at < bytes.length) {
    const header = readVarint(bytes, at);
    at = header.end;
    const packed = header.value % 2 === 1;
    const claimed = Math.floor(header.value / 2) * (packed ? 8 : 1);
    if (claimed > count - seen + PADDING) throw new RangeError(`a run of ${claimed} values, ${count - seen} are left`);
    at += packed ? (claimed / 8) * bitWidth : Math.ceil(bitWidth / 8);
    seen += claimed;
  }
}

/**
 * Walks the elements of a Snappy block: no literal may reach beyond its end, and together they may not claim more than
 * `length` bytes of output. Source: google/snappy, format_description.txt. O(elements).
 */
export function checkSnappy(bytes: Uint8Array, length: number): void {
  let at = readVarint(bytes, 0).end;
  let made = 0;
  while (at < bytes.length) {
    const tag = bytes[at++];
    const kind = tag & 3;
    if (kind !== 0) {
      made += kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
      at += kind === 3 ? 4 : kind;
    } else {
      let literal = tag >>> 2;
      if (literal >= 60) {
        const lengthBytes = literal - 59;
        literal = 0;
        for (let i = 0; i < lengthBytes; i++) literal += (bytes[at + i] ?? 0) * 256 ** i;
        at += lengthBytes;
      }
      at += literal + 1;
      made += literal + 1;
    }
    if (at > bytes.length || made > length) {
      throw new RangeError(`a Snappy element ends at ${at} of ${bytes.length} and makes ${made} of ${length} bytes`);
    }
  }
}

/**
 * Checks the header of a DELTA_BINARY_PACKED stream at `offset`: blocks of 128…65,536 values in 1…512 parts of whole
 * groups of eight. Source: Encodings.md, "Delta Encoding".
 */
export function checkDelta(bytes: Uint8Array, offset: number): void {
  const block = readVarint(bytes, offset);
  const parts = readVarint(bytes, block.end).value;
  if (block.value < 128 || block.value > 65_536 || parts < 1 || parts > 512 || (block.value / parts) % 8 !== 0) {
    throw new RangeError(`a delta block of ${block.value} values in ${parts} parts`);
  }
}

/** Reads an unsigned LEB128 number of at most five bytes; also returns where it ends. */
function readVarint(bytes: Uint8Array, offset: number): { value: number; end: number } {
  let value = 0;
  for (let i = 0; i < 5 && offset + i < bytes.length; i++) {
    value += (bytes[offset + i] & 0x7f) * 2 ** (7 * i);
    if (bytes[offset + i] < 0x80) return { value, end: offset + i + 1 };
  }
  throw new RangeError(`a number without an end at byte ${offset}`);
}
