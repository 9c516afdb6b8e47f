import { StageError } from '../model/failure.ts';
import { describeBinary } from './bytes.web.ts';

/** What decoding has found so far. */
export interface DecodeState {
  encoding: Encoding;
  /** As in `FileReport.replacedBytes`. */
  replacedBytes: number;
}

/** The encodings that are read; the names are those of the WHATWG Encoding Standard. */
type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

interface EncodingGuess {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark, which are skipped. */
  readonly markLength: number;
}

/**
 * The text of `bytes` in pieces: decoded by byte order mark, otherwise as UTF-8. CR and CRLF become LF; invalid bytes
 * become U+FFFD and are counted in `state`. Throws `not-text` when the first bytes do not look like text.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>, state: DecodeState): AsyncGenerator<string> {
  const toLines = makeLineEnds();
  let decoder: ((piece: Uint8Array, last: boolean) => string) | null = null;
  let head: Uint8Array = new Uint8Array(0);
  for await (const piece of bytes) {
    if (decoder) yield toLines(decoder(piece, false));
    else {
      head = concat(head, piece);
      if (head.length < HEAD_BYTES) continue;
      decoder = makeDecoder(head, state);
      yield toLines(decoder(head.subarray(markLength(head)), false));
    }
  }
  if (!decoder) {
    decoder = makeDecoder(head, state);
    yield toLines(decoder(head.subarray(markLength(head)), true));
  } else yield toLines(decoder(new Uint8Array(0), true));
  yield toLines('', true);
}

/** Bytes inspected before anything is decoded. */
const HEAD_BYTES = 65_536;

function markLength(head: Uint8Array): number {
  return guessEncoding(head).markLength;
}

function makeDecoder(head: Uint8Array, state: DecodeState): (piece: Uint8Array, last: boolean) => string {
  const { encoding } = guessEncoding(head);
  const sample = head.subarray(0, HEAD_BYTES);
  const binary = encoding === 'utf-8' ? describeBinary(sample) : null;
  if (binary) throw new StageError('not-text', 'read', `this is no text: it looks like ${binary}`);
  state.encoding = encoding;
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  let kept: Uint8Array = new Uint8Array(0);
  return (piece, last) => {
    const whole = kept.length > 0 ? concat(kept, piece) : piece;
    const end = last ? whole.length : whole.length - unfinishedTail(whole, encoding);
    const ready = whole.subarray(0, end);
    kept = whole.slice(end);
    const text = decoder.decode(ready);
    if (text.includes('\ufffd')) state.replacedBytes += countReplacedBytes(ready, text, encoding);
    return text;
  };
}

/** Turns CRLF and CR into LF. Holds a CR at the end of a piece until the next piece. */
function makeLineEnds(): (text: string, last?: boolean) => string {
  let waiting = false;
  return (text, last = false) => {
    if (text === '' && !last) return '';
    const whole = waiting ? `\r${text}` : text;
    waiting = !last && whole.endsWith('\r');
    const ready = waiting ? whole.slice(0, -1) : whole;
    return ready.includes('\r') ? ready.replace(/\r\n?/gu, '\n') : ready;
  };
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** The encoding by byte order mark; without one UTF-8, or UTF-16 if every other byte is zero, as in Latin text. */
function guessEncoding(head: Uint8Array): EncodingGuess {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markLength: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markLength: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markLength: 2 };
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i & 1]++;
  const half = head.length / 2;
  if (head.length >= 4 && zeros[1] > half * 0.7 && zeros[0] < half * 0.05)
    return { encoding: 'utf-16le', markLength: 0 };
  if (head.length >= 4 && zeros[0] > half * 0.7 && zeros[1] < half * 0.05)
    return { encoding: 'utf-16be', markLength: 0 };
  return { encoding: 'utf-8', markLength: 0 };
}

/** Bytes of an incomplete character at the end of `bytes`, 0…3. They belong to the next piece. */
function unfinishedTail(bytes: Uint8Array, encoding: Encoding): number {
  if (encoding !== 'utf-8') return unfinishedUtf16(bytes, encoding);
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

/** Length in bytes of the sequence that `byte` begins, 0 if it begins none (RFC 3629). */
function sequenceLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

function unfinishedUtf16(bytes: Uint8Array, encoding: Encoding): number {
  const odd = bytes.length & 1;
  const end = bytes.length - odd;
  return end >= 2 && isLead(unitAt(bytes, end - 2, encoding)) ? odd + 2 : odd;
}

function unitAt(bytes: Uint8Array, at: number, encoding: Encoding): number {
  return encoding === 'utf-16le' ? bytes[at] | (bytes[at + 1] << 8) : (bytes[at] << 8) | bytes[at + 1];
}

function isLead(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** The bytes of U+FFFD, the replacement character. */
const REPLACEMENT: Readonly<Record<Encoding, readonly number[]>> = {
  'utf-8': [0xef, 0xbf, 0xbd],
  'utf-16le': [0xfd, 0xff],
  'utf-16be': [0xff, 0xfd],
};

/** How many of `bytes` became U+FFFD in `text`: all but those that the rest of the text takes when encoded again. */
function countReplacedBytes(bytes: Uint8Array, text: string, encoding: Encoding): number {
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
