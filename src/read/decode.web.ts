import { StageError } from '../model/failure.ts';
import { countInvalidBytes, type Encoding, guessEncoding, unfinishedTail } from './encoding.ts';
import { describeBinary } from './magic.ts';

/** What decoding has found so far. */
export interface DecodeState {
  encoding: Encoding;
  /** As in `FileReport.replacedBytes`. */
  replacedBytes: number;
}

/** Bytes that are looked at before anything is decoded. */
const HEAD_BYTES = 65_536;

/**
 * The text of `bytes` in pieces: decoded by byte order mark, else as UTF-8; CR and CRLF become LF; bytes that are no text
 * become U+FFFD and are counted in `state`. Throws `not-text` when the first bytes look like no text.
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
    if (text.includes('\ufffd')) state.replacedBytes += countInvalidBytes(ready, encoding);
    return text;
  };
}

/** Turns CRLF and CR into LF; a CR at the end of a piece waits for the next one. */
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
