import { decodeSample, SAMPLE_BYTES } from './decode-sample.web.ts';
import { LEGACY_ENCODINGS } from './encodings.ts';
import { sampleBeyondAscii } from './evidence.ts';
import { plausibility } from './plausible.ts';

/**
 * The encoding that a file declares in its first lines, as XML (`encoding="…"`), HTML (`charset=…`) and JabRef's BibTeX
 * (`% Encoding: …`) do; null without one, or if `bytes` are no text in it.
 */
export function declaredEncoding(head: Uint8Array, bytes: Uint8Array): string | null {
  const start = new TextDecoder('latin1').decode(head.subarray(0, DECLARED_WITHIN));
  const [, ...labels] = DECLARATION.exec(start) ?? [];
  const label = labels.find((each) => each !== undefined);
  // Java, in which JabRef is written, says `ISO8859_2`.
  const encoding = label === undefined ? null : (labelled(label) ?? labelled(label.replaceAll('_', '-')));
  if (encoding === null || encoding.startsWith('utf-')) return null;
  return decodeSample(encoding, sampleBeyondAscii(bytes, SAMPLE_BYTES)).includes('\ufffd') ? null : encoding;
}

/** The name of the encoding that has this label; null if none has. */
function labelled(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/** HTML asks for the declaration within the first 1024 bytes. */
const DECLARED_WITHIN = 1024;
const DECLARATION =
  /^\s{0,20}<\?xml[^>]{0,100}?\sencoding\s{0,3}=\s{0,3}["']([\w.:-]{2,40})["']|<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}["']?([\w.:-]{2,40})|^%\s{0,3}Encoding:\s{0,3}([\w.:-]{2,40})/imu;

/** Wrong guesses are mostly below; a text of rare characters is above. */
const MIN_PLAUSIBILITY = 0.55;
/** An encoding must be so much better than windows-1252, by far the commonest, to be taken instead. */
const LEAD = 0.03;
/** The first encodings of the list, which are common; the others need the same lead over these. */
const COMMON_ENCODINGS = 15;

/**
 * The likeliest encoding of bytes that are not UTF-8: the one in which they make the best text; null when they make
 * none. A guess: a few words may read well in several encodings.
 */
export function guessEncoding(bytes: Uint8Array): string | null {
  const sample = sampleBeyondAscii(bytes, SAMPLE_BYTES);
  let best: string | null = null;
  let highest = MIN_PLAUSIBILITY;
  LEGACY_ENCODINGS.forEach(({ label }, i) => {
    const prior = i === 0 ? LEAD : i < COMMON_ENCODINGS ? 0 : -LEAD;
    const score = (plausibility(decodeSample(label, sample)) ?? 0) + prior;
    if (score <= highest) return;
    best = label;
    highest = score;
  });
  return best;
}
