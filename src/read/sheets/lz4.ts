const MAGIC = 0x184d2204;
/** Frames begin with the magic number, two bytes of flags and a checksum byte. */
const MIN_HEADER = 7;

/**
 * Unpacks one LZ4 frame into exactly `length` bytes, what Arrow writes by default. hyparquet-compressors unpacks blocks alone,
 * and only those that do not refer to the block before, as those of frames do. Throws a RangeError for damaged data.
 * Source: LZ4 frame format 1.6.1 and block format.
 */
export function unpackLz4(input: Uint8Array, length: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (input.length < MIN_HEADER || view.getUint32(0, true) !== MAGIC) throw new RangeError('this is no LZ4 frame');
  const flags = input[4];
  const hasBlockSums = (flags & 0x10) !== 0;
  let at = MIN_HEADER + ((flags & 0x08) !== 0 ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0);
  const output = new Uint8Array(length);
  let end = 0;
  for (;;) {
    const header = at + 4 <= input.length ? view.getUint32(at, true) : 0;
    at += 4;
    if (header === 0) break;
    const size = header & 0x7fffffff;
    if (at + size > input.length) throw new RangeError('the LZ4 data break off');
    const block = input.subarray(at, at + size);
    if (header >>> 31 === 1) {
      if (end + size > length) throw new RangeError('the LZ4 data are longer than they claim');
      output.set(block, end);
      end += size;
    } else end = unpackBlock(block, output, end);
    at += size + (hasBlockSums ? 4 : 0);
  }
  if (end !== length) throw new RangeError('the LZ4 data are shorter than they claim');
  return output;
}

/** Appends a block to `output` from `end` on, to which it may refer back; returns the new end. */
function unpackBlock(block: Uint8Array, output: Uint8Array, end: number): number {
  let at = 0;
  let to = end;
  /** The rest of a length whose first four bits were all set. */
  const more = (): number => {
    let sum = 0;
    for (;;) {
      if (at >= block.length) throw new RangeError('the LZ4 data break off');
      const byte = block[at++];
      sum += byte;
      if (byte !== 255) return sum;
    }
  };
  while (at < block.length) {
    const token = block[at++];
    let literals = token >> 4;
    if (literals === 15) literals += more();
    if (at + literals > block.length || to + literals > output.length) throw new RangeError('the LZ4 data are damaged');
    output.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= block.length) return to;
    const offset = block[at] | (block[at + 1] << 8);
    at += 2;
    let match = token & 15;
    if (match === 15) match += more();
    match += 4;
    if (offset === 0 || offset > to || to + match > output.length) throw new RangeError('the LZ4 data are damaged');
    for (let i = 0; i < match; i++, to++) output[to] = output[to - offset];
  }
  return to;
}
