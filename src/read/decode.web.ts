import { StageError } from '../model/failure.ts';
import { certainEncoding, isUtf8 } from './encoding/certain-encoding.web.ts';
import { LEGACY_ENCODINGS } from './encoding/encodings.ts';
import { asciiLength, sequenceLength, weighUtf8 } from './encoding/evidence.ts';
import { makeTidier, type Oddities } from './encoding/tidy.ts';
import { whyNoText } from './kinds.web.ts';

/** What decoding has found so far. */
export interface DecodeState extends Oddities {
  /** A name of the WHATWG Encoding Standard. */
  encoding: string;
  /** Whether the encoding was guessed from the letters that come out. */
  guessed: boolean;
  /** As in `FileReport.replacedBytes`. */
  replacedBytes: number;
}

/** The state before the first byte. */
export function newDecodeState(): DecodeState {
  return { encoding: 'utf-8', guessed: false, replacedBytes: 0, nuls: 0, marks: 0, misread: 0 };
}

/**
 * The text of `bytes` in pieces, decoded as `wanted`, a label of the WHATWG Encoding Standard, or else by byte order
 * mark, as UTF-16 where zeros show it, as UTF-8, as the file declares, or in the likeliest of {@link LEGACY_ENCODINGS}. For the last, bytes
 * are held back from the first one that is not ASCII: 64 kB, and up to 4 MB while they say little. CR and CRLF become
 * LF, NULs and inner byte order marks are left out, invalid bytes become U+FFFD; `state` counts these. The text does not
 * depend on how the bytes are cut. Throws `not-text` when the first bytes do not look like text, `bad-format` for an
 * unknown label and for UTF-32.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  state: DecodeState,
  wanted?: string,
): AsyncGenerator<string> {
  const tidy = makeTidier(state);
  for await (const text of decodePieces(makeQueue(bytes), state, wanted)) {
    const ready = tidy(text);
    if (ready !== '') yield ready;
  }
  yield tidy('', true);
}

/** What was noticed about a file's bytes, one sentence each for the user. */
export function decodingNotes(state: DecodeState): string[] {
  const { encoding, guessed, replacedBytes, nuls, marks, misread } = state;
  const notes: string[] = [];
  if (guessed) {
    const words = LEGACY_ENCODINGS.find(({ label }) => label === encoding)?.words;
    notes.push(`not UTF-8: read as ${encoding} (${words}), a guess. If letters look wrong, choose another encoding`);
  }
  if (replacedBytes > 0) notes.push(`${replacedBytes} bytes are no ${encoding}: each shows as �`);
  if (nuls > 0) notes.push(`${nuls} NUL characters were left out`);
  if (marks > 0) notes.push(`${marks} byte order marks inside the text were left out: files seem to have been joined`);
  if (misread >= MANY_MISREAD) {
    notes.push(
      `${misread} letters look like UTF-8 read in another encoding (Ã¼ for ü): kept as they are. Export the file again as UTF-8`,
    );
  }
  return notes;
}

/** Fewer may be an author's own, or one quotation. */
const MANY_MISREAD = 5;
/** Bytes inspected before anything is decoded, and the first look at those beyond ASCII. */
const HEAD_BYTES = 65_536;
/** Most bytes that are held back while few of them are beyond ASCII. */
const MAX_HELD_BYTES = 4_194_304;
/** This many characters of UTF-8 without an invalid byte are no chance; this many invalid bytes are a fair sample. */
const ENOUGH_CHARACTERS = 8;
const ENOUGH_INVALID = 400;
/** Bytes before the first one beyond ASCII that are looked at together with it: the beginning of its line. */
const CONTEXT_BYTES = 256;

async function* decodePieces(queue: ByteQueue, state: DecodeState, wanted: string | undefined): AsyncGenerator<string> {
  const head = await queue.peek(HEAD_BYTES);
  const certain = await certainEncoding(head);
  const encoding = wanted === undefined ? certain?.encoding : nameOf(wanted);
  if (encoding === 'utf-32') {
    throw new StageError('bad-format', 'read', 'this text is in UTF-32, which is not read: save it as UTF-8');
  }
  const reason = encoding?.startsWith('utf-16') ? null : whyNoText(head);
  if (reason) throw new StageError('not-text', 'read', reason);
  if (certain && certain.encoding === encoding) queue.take(certain.markLength);
  if (encoding === undefined) yield* settleEncoding(queue, state, head);
  else state.encoding = encoding;
  const decode = makeDecoder(state);
  for (let piece = await queue.next(); piece; piece = await queue.next()) yield decode(piece, false);
  yield decode(new Uint8Array(0), true);
}

function nameOf(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch (cause) {
    const reason = `there is no encoding “${label}”: use a name such as utf-8, windows-1252, shift_jis or utf-16le`;
    throw new StageError('bad-format', 'read', reason, { cause });
  }
}

/** Yields what is ASCII, then settles `state.encoding` by the bytes that follow, which stay in the queue. */
async function* settleEncoding(queue: ByteQueue, state: DecodeState, head: Uint8Array): AsyncGenerator<string> {
  const ascii = new TextDecoder();
  let before: Uint8Array = new Uint8Array(0);
  for (;;) {
    const piece = await queue.peek(1);
    const length = asciiLength(piece);
    const plain = queue.take(length);
    before = concat(before, plain.slice(-CONTEXT_BYTES)).slice(-CONTEXT_BYTES);
    if (length > 0) yield ascii.decode(plain);
    if (length < piece.length) break;
    if (length === 0) return;
  }
  for (let size = HEAD_BYTES; ; size *= 2) {
    const held = (await queue.peek(size)).subarray(0, size);
    const evidence = weighUtf8(held, held.length < size);
    const { characters, invalid } = evidence;
    const isEnough = invalid === 0 ? characters >= ENOUGH_CHARACTERS : characters + invalid >= ENOUGH_INVALID;
    if (!isEnough && held.length === size && size < MAX_HELD_BYTES) continue;
    if (isUtf8(evidence)) return;
    const line = before.subarray(before.lastIndexOf(0x0a) + 1);
    const { declaredEncoding, guessEncoding } = await import('./encoding/guess-encoding.web.ts');
    const declared = declaredEncoding(head, held);
    const guess = declared ?? guessEncoding(concat(line, held));
    state.encoding = guess ?? 'utf-8';
    state.guessed = declared === null && guess !== null;
    return;
  }
}

type Decode = (piece: Uint8Array, last: boolean) => string;

function makeDecoder(state: DecodeState): Decode {
  const { encoding } = state;
  if (encoding !== 'utf-8' && encoding !== 'utf-16le' && encoding !== 'utf-16be') return makeLegacyDecoder(state);
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  let kept: Uint8Array = new Uint8Array(0);
  return (piece, last) => {
    const whole = concat(kept, piece);
    const end = last ? whole.length : whole.length - unfinishedTail(whole, encoding);
    const ready = whole.subarray(0, end);
    kept = whole.slice(end);
    const text = decoder.decode(ready);
    if (text.includes('\ufffd')) state.replacedBytes += countReplacedBytes(ready, text, encoding);
    return text;
  };
}

/** Counts each U+FFFD as one byte: of the other encodings, only GB 18030 can write this character. */
function makeLegacyDecoder(state: DecodeState): Decode {
  const decoder = new TextDecoder(state.encoding, { ignoreBOM: true });
  return (piece, last) => {
    const text = decoder.decode(piece, { stream: !last });
    if (text.includes('\ufffd')) state.replacedBytes += text.split('\ufffd').length - 1;
    return text;
  };
}

/** Bytes that arrive in pieces, with a look ahead. */
interface ByteQueue {
  /** At least `size` of the next bytes if there are so many, without taking them. */
  peek(size: number): Promise<Uint8Array>;
  /** Takes the first `size` of the bytes seen by `peek`. */
  take(size: number): Uint8Array;
  /** Takes all bytes at hand, or the next piece; null at the end. */
  next(): Promise<Uint8Array | null>;
}

function makeQueue(bytes: AsyncIterable<Uint8Array>): ByteQueue {
  const source = bytes[Symbol.asyncIterator]();
  let waiting: Uint8Array[] = [];
  let length = 0;
  async function pull(): Promise<boolean> {
    const { done, value } = await source.next();
    if (done) return false;
    waiting.push(value);
    length += value.length;
    return true;
  }
  function join(): Uint8Array {
    if (waiting.length !== 1) waiting = [concat(...waiting)];
    return waiting[0];
  }
  return {
    async peek(size) {
      while (length < size && (await pull())) {}
      return join();
    },
    take(size) {
      const whole = join();
      waiting = [whole.subarray(size)];
      length -= size;
      return whole.subarray(0, size);
    },
    async next() {
      if (length === 0 && !(await pull())) return null;
      const whole = join();
      waiting = [];
      length = 0;
      return whole;
    },
  };
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const filled = parts.filter((part) => part.length > 0);
  if (filled.length === 1) return filled[0];
  const whole = new Uint8Array(filled.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of filled) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

type UnicodeEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Bytes of an incomplete character at the end of `bytes`, 0…3. They belong to the next piece. */
function unfinishedTail(bytes: Uint8Array, encoding: UnicodeEncoding): number {
  if (encoding !== 'utf-8') return unfinishedUtf16(bytes, encoding);
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function unfinishedUtf16(bytes: Uint8Array, encoding: UnicodeEncoding): number {
  const odd = bytes.length & 1;
  const end = bytes.length - odd;
  return end >= 2 && isLead(unitAt(bytes, end - 2, encoding)) ? odd + 2 : odd;
}

function unitAt(bytes: Uint8Array, at: number, encoding: UnicodeEncoding): number {
  return encoding === 'utf-16le' ? bytes[at] | (bytes[at + 1] << 8) : (bytes[at] << 8) | bytes[at + 1];
}

function isLead(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** The bytes of U+FFFD, the replacement character. */
const REPLACEMENT: Readonly<Record<UnicodeEncoding, readonly number[]>> = {
  'utf-8': [0xef, 0xbf, 0xbd],
  'utf-16le': [0xfd, 0xff],
  'utf-16be': [0xff, 0xfd],
};

/** How many of `bytes` became U+FFFD in `text`: all but those that the rest of the text takes when encoded again. */
function countReplacedBytes(bytes: Uint8Array, text: string, encoding: UnicodeEncoding): number {
  const mark = REPLACEMENT[encoding];
  const unit = encoding === 'utf-8' ? 1 : 2;
  let genuine = 0;
  for (let at = bytes.indexOf(mark[0]); at >= 0; at = bytes.indexOf(mark[0], at + 1)) {
    if (at % unit === 0 && mark.every((byte, k) => bytes[at + k] === byte)) genuine++;
  }
  const replacements = text.split('\ufffd').length - 1 - genuine;
  const encoded = encoding === 'utf-8' ? new TextEncoder().encode(text).length : 2 * text.length;
  return bytes.length - (encoded - replacements * mark.length);
}
