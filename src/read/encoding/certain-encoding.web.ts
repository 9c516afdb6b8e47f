import { decodeSample, SAMPLE_BYTES } from './decode-sample.web.ts';
import type { Utf8Evidence } from './evidence.ts';

/** What the first bytes of a file say for certain. */
export interface CertainEncoding {
  readonly encoding: string;
  /** Bytes of the byte order mark, which are skipped. */
  readonly markLength: number;
}

/**
 * The encoding by byte order mark; without one UTF-16 by its zeros, or ISO-2022-JP by its escapes; otherwise null. The
 * mark of UTF-32, which no browser decodes, gives `utf-32`.
 */
export async function certainEncoding(head: Uint8Array): Promise<CertainEncoding | null> {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markLength: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) {
    const wide = head.length >= 4 && head[2] === 0 && head[3] === 0;
    return wide ? { encoding: 'utf-32', markLength: 4 } : { encoding: 'utf-16le', markLength: 2 };
  }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markLength: 2 };
  if (head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff)
    return { encoding: 'utf-32', markLength: 4 };
  const encoding = (await utf16WithoutMark(head)) ?? (hasJapaneseEscapes(head) ? 'iso-2022-jp' : null);
  return encoding === null ? null : { encoding, markLength: 0 };
}

/**
 * Whether bytes are UTF-8, maybe with broken ones among them: characters of several bytes, each of which is unlikely in
 * another encoding, outweigh invalid bytes.
 */
export function isUtf8({ characters, invalid }: Utf8Evidence): boolean {
  return characters >= invalid;
}

/** A text in ASCII that a reader of UTF-16 sees as Chinese characters is below; one in UTF-16 of any script above. */
const MIN_UTF16_PLAUSIBILITY = 0.58;

/** UTF-16 without a mark: every other byte is zero, as in Latin text, or some are and the whole reads well. */
async function utf16WithoutMark(head: Uint8Array): Promise<'utf-16le' | 'utf-16be' | null> {
  if (head.length < 4) return null;
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i & 1]++;
  const half = head.length / 2;
  const order = zeros[1] > zeros[0] ? 'utf-16le' : 'utf-16be';
  const [few, many] = zeros[1] > zeros[0] ? zeros : [zeros[1], zeros[0]];
  if (many > half * 0.7 && few < half * 0.05) return order;
  if (many < 2 || few > 0) return null;
  const text = decodeSample(order, head.subarray(0, SAMPLE_BYTES));
  const { plausibility } = await import('./plausible.ts');
  const score = /[\0\p{Cn}\p{Co}]/u.test(text) ? 0 : plausibility(text);
  return score !== null && score > MIN_UTF16_PLAUSIBILITY ? order : null;
}

/** The escapes of ISO-2022-JP to two-byte characters and back to ASCII or Roman letters. */
function hasJapaneseEscapes(head: Uint8Array): boolean {
  let opened = false;
  for (let at = head.indexOf(0x1b); at >= 0; at = head.indexOf(0x1b, at + 1)) {
    const [kind, set] = [head[at + 1], head[at + 2]];
    if (kind === 0x24 && (set === 0x40 || set === 0x42)) opened = true;
    else if (opened && kind === 0x28 && (set === 0x42 || set === 0x4a)) return true;
  }
  return false;
}
