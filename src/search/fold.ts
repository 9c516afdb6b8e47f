/** A folded text and where each of its UTF-16 units was in the raw one; see {@link foldWithOffsets}. */
export interface FoldedText {
  readonly text: string;
  /** `text.length + 1` ascending offsets into the raw text: unit i comes from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Int32Array;
}

/**
 * `text` as search compares it: NFKC, lower case, no accents on Latin, Greek, Arabic and Hebrew letters, no invisible
 * joiners inside words. Only runs of letters, marks and digits change, so that `™` does not become part of a word and a
 * literal search for signs still works. O(n).
 */
export function foldText(text: string): string {
  if (!NON_ASCII.test(text)) return text.toLowerCase();
  return text.replace(RUN, foldRun);
}

/**
 * {@link foldText} of a raw text, with the raw offset of every unit. LaTeX accents (`Pok{\'e}mon`, `na\"{\i}ve`, `\o`)
 * count as plain letters. Offsets are never inside a surrogate pair of a letter. O(n), only for texts on the screen.
 */
export function foldWithOffsets(raw: string): FoldedText {
  const out = makeOffsetText(raw.length);
  let from = 0;
  if (raw.includes('\\')) {
    for (const match of raw.matchAll(LATEX_LETTER)) {
      pushFolded(out, raw.slice(from, match.index), from);
      const groups = match.slice(1).find((group) => group !== undefined) ?? '';
      out.push(SPECIAL_MACROS[groups.toLowerCase()] ?? groups.toLowerCase(), match.index);
      from = match.index + match[0].length;
    }
  }
  pushFolded(out, raw.slice(from), from);
  return out.finish();
}

interface OffsetText {
  push(text: string, rawOffset: number): void;
  finish(): FoldedText;
}

/** Everything that a word may hold, including the soft hyphen and the joiners that folding drops. */
const RUN = /[\u200d\u00ad\u200c\u2060\p{L}\p{M}\p{N}]+/gu;
const INVISIBLE = /\u00ad|\u200c|\u200d|\u2060/gu;
const NON_ASCII = /[\u0080-\uffff]/;
/** Letters that lose their marks; others, such as й or が, are distinct letters with their marks. */
const FOLDED_MARKS = /([\p{sc=Latin}\p{sc=Greek}\p{sc=Arabic}\p{sc=Hebrew}])\p{M}+/gu;
const MAY_HOLD_MARKS = /[\u00c0-\u06ff\u1e00-\u1fff]/;
/** Latin letters that no decomposition reduces to ASCII, and the final sigma. */
const SPECIAL_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  þ: 'th',
  ς: 'σ',
};
const SPECIAL_LETTER = /[ßæœøđðħıłþς]/gu;

/** An accent macro around one letter, or a macro for a letter; with or without braces around the whole. */
const ACCENT =
  '\\\\(?:["\'`^~=.]\\s*|[uvHckrd](?=\\s*\\{|\\s)\\s*)(?:\\{\\s*\\\\?([A-Za-z])\\s*\\}|\\\\([ij])(?![A-Za-z])|([A-Za-z]))';
const LETTER_MACRO = '\\\\(ss|ae|oe|aa|AE|OE|AA|[oOlLij])(?![A-Za-z])(?:\\{\\}|\\s(?=[a-z]))?';
const LATEX_LETTER = new RegExp(`\\{(?:${ACCENT}|${LETTER_MACRO})\\}|${ACCENT}|${LETTER_MACRO}`, 'g');
const SPECIAL_MACROS: Readonly<Record<string, string>> = { aa: 'a' };

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function foldRun(run: string): string {
  if (!NON_ASCII.test(run)) return run.toLowerCase();
  let folded = run
    .normalize('NFKC')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replace(SPECIAL_LETTER, (letter) => SPECIAL_LETTERS[letter]);
  if (MAY_HOLD_MARKS.test(folded)) folded = folded.normalize('NFD').replace(FOLDED_MARKS, '$1').normalize('NFC');
  return folded;
}

function pushFolded(out: OffsetText, part: string, base: number): void {
  if (!NON_ASCII.test(part)) {
    pushUnits(out, part.toLowerCase(), base);
    return;
  }
  let from = 0;
  for (const match of part.matchAll(RUN)) {
    pushUnits(out, part.slice(from, match.index), base + from);
    pushRun(out, match[0], base + match.index);
    from = match.index + match[0].length;
  }
  pushUnits(out, part.slice(from), base + from);
}

/** Folds a run by graphemes; as one unit if folding the whole gives another text (loose Hangul letters). */
function pushRun(out: OffsetText, run: string, base: number): void {
  const whole = foldRun(run);
  if (!NON_ASCII.test(run)) {
    pushUnits(out, whole, base);
    return;
  }
  const pieces = Array.from(GRAPHEMES.segment(run), ({ segment, index }) => ({ text: foldRun(segment), index }));
  if (pieces.map((piece) => piece.text).join('') !== whole) {
    out.push(whole, base);
    return;
  }
  for (const piece of pieces) out.push(piece.text, base + piece.index);
}

function pushUnits(out: OffsetText, units: string, base: number): void {
  for (let i = 0; i < units.length; i++) out.push(units[i], base + i);
}

function makeOffsetText(rawLength: number): OffsetText {
  const texts: string[] = [];
  const starts: number[] = [];
  return {
    push(text, rawOffset) {
      texts.push(text);
      for (let i = 0; i < text.length; i++) starts.push(rawOffset);
    },
    finish() {
      starts.push(rawLength);
      return { text: texts.join(''), starts: Int32Array.from(starts) };
    },
  };
}
