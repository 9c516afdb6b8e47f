import { matrix } from './matrix.ts';
import { type Reduction, reduceRows } from './reduction.ts';

/**
 * Vectors of each paper's sentences, title included, besides the paper's own vector: passage vectors, for MaxP and
 * similar (Dai & Callan 2019). Each number is one of seven codes, −3…3, in thirds of its row's largest magnitude; that
 * scale is not kept, since a cosine does not need it.
 *
 * Packed, a code is as many ones as its index in 0, 1, −1, 2, −2, 3, −3, then a zero (a Rice code, Rice & Plaunt 1971),
 * from the highest bit of each byte; ones pad a paper's last byte. On MiniLM this takes 2.1 bits a number where the
 * codes' entropy is 2.03, so Snappy, which has no entropy coding, gains nothing more.
 */
export interface SentenceVectors {
  /** Numbers in a vector, as in the papers' vectors. */
  readonly cols: number;
  /** n + 1 offsets in `packed`: paper i has the bytes from `starts[i]` to `starts[i + 1]`, perhaps none. */
  readonly starts: Int32Array;
  readonly packed: Uint8Array;
}

/** Largest map with sentence vectors: at 0.9 kB a paper (MiniLM) they take 18 MB, beside 8 MB of paper vectors. */
export const MAX_PAPERS_WITH_SENTENCES = 20_000;

/** Packs rows of `cols` numbers, row-major; leaves out rows of zeros and of non-numbers. O(numbers). */
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
 * Unpacks the codes in the bytes from `from` to `to`, validated by {@link joinSentences}, into `out`, which needs room
 * for seven more codes. Uses a table by byte; reading single bits takes twice as long. O(bytes).
 * @returns the number of codes
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
 * Joins the packed sentences of papers in their order. Throws a RangeError when a part is not whole vectors of `cols`
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

/** The packed bytes of each paper, without copying. */
export function sentenceParts({ starts, packed }: SentenceVectors): Uint8Array[] {
  return Array.from({ length: starts.length - 1 }, (_, i) => packed.subarray(starts[i], starts[i + 1]));
}

/** Reduces a paper's packed sentences as {@link reduceRows} does the papers' vectors. O(sentences·kept·from). */
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
 * The number of codes in the bytes from `from` to `to`. Throws a RangeError for invalid codes: seven ones in a row, or
 * a last byte that holds only ones. O(bytes).
 */
function countCodes(packed: Uint8Array, from: number, to: number): number {
  let count = 0;
  let pending = 0;
  for (let at = from; at < to; at++) {
    const step = (pending << 8) | packed[at];
    count += STEPS.counts[step];
    pending = STEPS.next[step];
    // Seven may pad the last byte.
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

/** What a byte means after each number of ones not yet ended by a zero, at `ones · 256 + byte`. */
interface Steps {
  /** The codes that end in it, at eight times that index, with room for eight. */
  readonly codes: Int8Array;
  readonly counts: Uint8Array;
  /** Ones not yet ended by a zero; above {@link MAX_CODE_BITS} if the code is invalid. */
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
