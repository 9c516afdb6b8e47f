import { blankHtml, markupNames, mayBeHtml } from './html.ts';

/** A half-open range [start, end) of a text, in UTF-16 units. */
export type TextRange = readonly [start: number, end: number];

/** Words, in lower case, whose full stop does not end a sentence. */
const ABBREVIATIONS = new Set(
  `e.g i.e eg ie al fig figs eq eqs eqn vs cf sec sect no nos vol pp ch dr mr mrs ms prof st ca approx resp viz ref refs tab
  thm def prop lem w.r.t a.k.a i.i.d ph.d`.split(/\s+/u),
);
const STOP = /[.!?…。！？．।؟۔]+["'”’»」』）)\]]*/gu;
const CJK_STOP = /[。！？．]/u;
/** What a sentence begins with: a capital, a number, a letter of a script without capitals, an opening mark. */
const SENTENCE_START = /^["'“‘«([「『（]{0,3}(?:\p{Lu}|\p{Lt}|\p{Lo}|\p{N})/u;
const PARAGRAPH = /\n[^\S\n]*\n/u;

/**
 * The ranges of the sentences of `raw`: in order, disjoint, covering every character that is not a blank. A sentence
 * ends after `.`, `?` or `!` if a blank and a possible beginning follow; after a CJK stop; at a blank line; and where a
 * blank is missing, as in `retrieval.Furthermore`. It does not end after `e.g.`, `Fig.` or initials, nor within numbers
 * and addresses. Tags count as blanks, those of paragraphs as blank lines. Linear in the length.
 */
export function splitSentences(raw: string): readonly TextRange[] {
  return mayBeHtml(raw) ? splitPlain(blankHtml(raw, markupNames(raw))) : splitPlain(raw);
}

function splitPlain(raw: string): readonly TextRange[] {
  const ranges: TextRange[] = [];
  let start = skipBlanks(raw, 0);
  let token = 0;
  let scanned = 0;
  for (const stop of raw.matchAll(STOP)) {
    const end = stop.index + stop[0].length;
    for (; scanned < stop.index; scanned++) if (isBlank(raw.charCodeAt(scanned))) token = scanned + 1;
    if (!isEnd(raw, token, stop.index, end)) continue;
    addParagraphs(ranges, raw, start, end);
    start = skipBlanks(raw, end);
  }
  if (start < raw.length) addParagraphs(ranges, raw, start, raw.length);
  return ranges;
}

/** Whether a sentence ends with the stop at [at, end); the word before it begins at `token`. */
function isEnd(raw: string, token: number, at: number, end: number): boolean {
  if (end >= raw.length) return true;
  if (CJK_STOP.test(raw[at])) return true;
  const next = skipBlanks(raw, end);
  if (next === end) return isLostBlank(raw, token, at, end);
  if (next >= raw.length) return true;
  if (!SENTENCE_START.test(raw.slice(next, next + 6))) return false;
  return raw[at] !== '.' || end - at > 1 || !isAbbreviation(raw, token, at);
}

function isLostBlank(raw: string, token: number, at: number, end: number): boolean {
  if (!/^\p{Lu}\p{Ll}/u.test(raw.slice(end, end + 4))) return false;
  if (!/\p{Ll}{3}$/u.test(raw.slice(Math.max(token, at - 6), at))) return false;
  return !/^[^\p{L}]{0,4}(?:https?:|ftp:|www\.|\\url)/iu.test(raw.slice(token, token + 16));
}

function isAbbreviation(raw: string, token: number, at: number): boolean {
  const word = raw
    .slice(Math.max(token, at - 12), at)
    .replace(/^[^\p{L}]+/u, '')
    .toLowerCase();
  const next = skipBlanks(raw, at + 1);
  if (word === 'no' || word === 'nos') return /^\p{N}/u.test(raw.slice(next, next + 2));
  const initials = /^[^\p{L}]*(?:\p{Lu}\.)*\p{Lu}$/u.test(raw.slice(Math.max(token, at - 12), at));
  return initials || ABBREVIATIONS.has(word);
}

/** The parts of [start, end) between blank lines. */
function addParagraphs(ranges: TextRange[], raw: string, start: number, end: number): void {
  const text = raw.slice(start, end);
  if (!PARAGRAPH.test(text)) {
    addRange(ranges, raw, start, end);
    return;
  }
  let from = start;
  for (const part of text.split(/(\n[^\S\n]*\n)/u)) {
    addRange(ranges, raw, from, from + part.length);
    from += part.length;
  }
}

function addRange(ranges: TextRange[], raw: string, start: number, end: number): void {
  const first = skipBlanks(raw, start);
  let last = end;
  while (last > first && isBlank(raw.charCodeAt(last - 1))) last--;
  if (first < last) ranges.push([first, last]);
}

function skipBlanks(raw: string, from: number): number {
  let at = from;
  while (at < raw.length && isBlank(raw.charCodeAt(at))) at++;
  return at;
}

/** The characters that `\s` matches. */
function isBlank(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  if (unit < 0xa0) return false;
  if (unit === 0xa0 || unit === 0x1680 || unit === 0x202f || unit === 0x205f || unit === 0x3000) return true;
  return unit === 0xfeff || (unit >= 0x2000 && unit <= 0x200a) || unit === 0x2028 || unit === 0x2029;
}
