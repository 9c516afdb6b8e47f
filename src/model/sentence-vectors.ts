import { matrix } from './matrix.ts';
import { type Reduction, reduceRows } from './reduction.ts';

/**
 * Vectors of each paper's sentences, title included, beside the one of the whole: passage vectors, for MaxP and its kin
 * (Dai & Callan 2019). A number is one of seven codes, −3…3, in thirds of its row's largest magnitude; that scale is not
 * kept, since a cosine needs none.
 *
 * Packed, a code is as many ones as its place in 0, 1, −1, 2, −2, 3, −3, then a zero (a Rice code, Rice & Plaunt 1971),
 * the first in a byte's highest bit; ones fill a paper's last byte. On MiniLM that takes 2.1 bits a number where the codes'
 * entropy is 2.03: a file compressed by Snappy, which counts no symbols, gains nothing more.
 */
export interface SentenceVectors {
  /** Numbers in a vector, as in those of the papers. */
  readonly cols: number;
  /** n + 1 places in `packed`: paper i has the bytes from `starts[i]` to `starts[i + 1]`; none where it has no sentences. */
  readonly starts: Int32Array;
  readonly packed: Uint8Array;
}

/** Papers above which a map keeps no sentence vectors: about 0.9 kB a paper of MiniLM, 18 MB then, of them, and 8 MB of vectors. */
export const MAX_PAPERS_WITH_SENTENCES = 20_000;

/** The packed codes of rows of `cols` numbers, row-major; rows of zeros, and of what is no number, are left out. O(numbers). */
export function packSentences(rows: Float32Array | Float64Array, cols: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(Math.ceil((rows.length * MAX_CODE_BITS) / 8));
  let at = 0;
  for (let from = 0; from < rows.length; from += cols) {
    const peak = peakOf(rows, from, cols);
    if (!(peak > 0 && peak < Number.POSITIVE_INFINITY)) continue;
    for (let j = from; j < from + cols; j++) {
      const code = Math.round((rows[j] / peak) * MAX_CODE);
      const end = at + (code > 0 ? 2 * code - 1 : -2 * code);
      for (; at < end; at++) out[at >> 3] |= 128 >> (at & 7);
      at++;
    }
  }
  const bytes = Math.ceil(at / 8);
  if (at % 8 !== 0) out[bytes - 1] |= 255 >> (at & 7);
  return out.slice(0, bytes);
}

/**
 * Unpacks the codes from `from` to `to`, sound as {@link joinSentences} has found them, into `out`, which should have room for
 * seven more. A table has what each byte says; a bit at a time takes twice as long. O(bytes).
 * @returns how many there are
 */
export function unpackCodes(packed: Uint8Array, from: number, to: number, out: Int8Array): number {
  const { codes, counts, next } = STEPS;
  let count = 0;
  let pending = 0;
  for (let at = from; at < to; at++) {
    const step = (pending << 8) | packed[at];
    const found = counts[step];
    const first = step << 3;
    out[count] = codes[first];
    out[count + 1] = codes[first + 1];
    out[count + 2] = codes[first + 2];
    out[count + 3] = codes[first + 3];
    for (let i = 4; i < found; i++) out[count + i] = codes[first + i];
    count += found;
    pending = next[step];
  }
  return count;
}

/**
 * The packed sentences of papers, in their order, as one. Throws a RangeError where they are no whole vectors of `cols`
 * numbers. O(bytes).
 */
export function joinSentences(parts: readonly Uint8Array[], cols: number): SentenceVectors {
  const starts = new Int32Array(parts.length + 1);
  parts.forEach((part, i) => {
    starts[i + 1] = starts[i] + part.length;
  });
  const packed = new Uint8Array(starts[parts.length]);
  parts.forEach((part, i) => {
    const codes = countCodes(part, 0, part.length);
    if (codes % cols !== 0) {
      throw new RangeError(`sentences of paper ${i}: expected vectors of ${cols} numbers, got ${codes} numbers`);
    }
    packed.set(part, starts[i]);
  });
  return { cols, starts, packed };
}

/** The packed bytes of each paper, not copied. */
export function sentenceParts({ starts, packed }: SentenceVectors): Uint8Array[] {
  return Array.from({ length: starts.length - 1 }, (_, i) => packed.subarray(starts[i], starts[i + 1]));
}

/** A paper's packed sentences by `reduction`, as {@link reduceRows} does with the papers' own. O(sentences·kept·from). */
export function reduceSentences(part: Uint8Array, reduction: Reduction): Uint8Array<ArrayBuffer> {
  const { from, kept } = reduction;
  const codes = new Int8Array(part.length * 8);
  const count = unpackCodes(part, 0, part.length, codes);
  const rows = matrix(Float32Array.from(codes.subarray(0, count)), count / from, from);
  return packSentences(reduceRows(rows, reduction).data, kept);
}

/** Largest magnitude of a code. */
const MAX_CODE = 3;
/** Bits of the longest code. */
const MAX_CODE_BITS = 2 * MAX_CODE + 1;

const STEPS = stepTable();

/**
 * How many codes stand in the bytes from `from` to `to`. Throws a RangeError for what is no such code: seven ones in a row,
 * or a last byte of ones alone. O(bytes).
 */
function countCodes(packed: Uint8Array, from: number, to: number): number {
  let count = 0;
  let pending = 0;
  for (let at = from; at < to; at++) {
    const step = (pending << 8) | packed[at];
    count += STEPS.counts[step];
    pending = STEPS.next[step];
    // Seven may fill the last byte.
    if (pending > MAX_CODE_BITS || (pending === MAX_CODE_BITS && at < to - 1)) {
      throw new RangeError(`expected codes of −${MAX_CODE}…${MAX_CODE}, got seven ones in a row`);
    }
  }
  return count;
}

function peakOf(rows: Float32Array | Float64Array, from: number, cols: number): number {
  let peak = 0;
  for (let j = from; j < from + cols; j++) peak = Math.max(peak, Math.abs(rows[j]));
  return peak;
}

/** What a byte says behind each number of ones that no zero has ended yet, at `ones · 256 + byte`. */
interface Steps {
  /** The codes that end in it: room for eight at eight times that place. */
  readonly codes: Int8Array;
  readonly counts: Uint8Array;
  /** Ones that wait for a zero behind it; above {@link MAX_CODE_BITS} where they are no code. */
  readonly next: Uint8Array;
}

function stepTable(): Steps {
  const places = MAX_CODE_BITS * 256;
  const steps = { codes: new Int8Array(places * 8), counts: new Uint8Array(places), next: new Uint8Array(places) };
  for (let step = 0; step < places; step++) {
    let ones = step >> 8;
    for (let bit = 128; bit > 0; bit >>= 1) {
      if ((step & bit) !== 0 || ones >= MAX_CODE_BITS) ones++;
      else {
        steps.codes[step * 8 + steps.counts[step]++] = (ones % 2 === 1 ? 1 : -1) * Math.ceil(ones / 2);
        ones = 0;
      }
    }
    steps.next[step] = ones;
  }
  return steps;
}
