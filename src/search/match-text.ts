import type { Atom, LiteralAtom, PhraseAtom, WordAtom } from './query.ts';
import { forEachPiece, isWordAt, JOINER_CLASS, joinedOf, numberVariants, partsOf } from './words.ts';

/** Ends the actual text in a {@link searchableText}; its compounds without their joiners follow. */
export const TEXT_END = '\0';

/**
 * A folded text prepared for {@link makeCounter}: the text, then {@link TEXT_END} and each compound without joiners, so
 * that a plain search finds `tsne` in a text with `t-SNE`. O(n).
 */
export function searchableText(folded: string): string {
  const text = folded.includes(TEXT_END) ? folded.replaceAll(TEXT_END, ' ') : folded;
  let joined = '';
  if (JOINED.test(text)) {
    forEachPiece(text, (kind, start, end) => {
      if (kind === 'compound') joined += joinedForms(text.slice(start, end));
    });
  }
  return joined === '' ? text : `${text}${TEXT_END}${joined}`;
}

/** How often an atom occurs in a searchable text. O(n). */
export type Counter = (searchable: string) => number;

/**
 * The counter of one atom: whole words (or prefixes), their plural or singular, phrases and literals; no typos. It
 * stops at `most`, which makes common words cheap where only their presence matters.
 */
export function makeCounter(atom: Atom, most = Number.POSITIVE_INFINITY): Counter {
  if (atom.kind === 'word') return wordCounter(atom, most);
  if (atom.kind === 'literal') return (text) => countLiteral(text, atom, most);
  return phraseCounter(atom, most);
}

/**
 * Matches the words of a phrase one after the other: at least one sign or blank between two words (optional where the
 * query glued them), and joiners anywhere inside a word, so that `"tsne plots"` is found in `t-SNE plots`. It does not
 * check both ends for word borders: {@link phraseRanges} does.
 */
export function phrasePattern(phrase: Pick<PhraseAtom, 'words' | 'prefix'>): PhrasePattern {
  const source = phrase.words
    .map(({ text, glued }, i) => {
      const between = i === 0 ? '' : glued ? GLUED_GAP : GAP;
      return between + Array.from(text, escapeUnit).join(`[${JOINER_CLASS}]?`);
    })
    .join('');
  return { regExp: new RegExp(source, 'gu'), prefix: phrase.prefix };
}

/** A phrase as a regular expression, made by {@link phrasePattern}. */
export interface PhrasePattern {
  readonly regExp: RegExp;
  readonly prefix: boolean;
}

/** The ranges `[start, end)` of a phrase between word borders, in order; an unfinished last word to its end. */
export function* phraseRanges(folded: string, { regExp, prefix }: PhrasePattern): Generator<[number, number]> {
  regExp.lastIndex = 0;
  for (let match = regExp.exec(folded); match; match = regExp.exec(folded)) {
    const start = match.index;
    let end = start + match[0].length;
    if (prefix) while (isWordAt(folded, end)) end++;
    if (!isWordAt(folded, start - 1) && !isWordAt(folded, end)) yield [start, end];
    // Inside a surrogate pair, `lastIndex` would be moved back to its start, and the loop would not end.
    else regExp.lastIndex = start + ((folded.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
  }
}

const JOINED = new RegExp(`[${JOINER_CLASS}]`, 'u');
const MAX_PARTS = 8;
/** Weight of a literal whose words all occur, but not together. */
const PARTS_WEIGHT = 0.3;
/** Anything but a letter, mark, digit or {@link TEXT_END}. */
const GAP_CLASS = '[^\\p{L}\\p{M}\\p{N}\\0]';
const GAP = `${GAP_CLASS}+`;
const GLUED_GAP = `${GAP_CLASS}*`;

function joinedForms(compound: string): string {
  const parts = partsOf(compound);
  if (parts.length > MAX_PARTS) return '';
  let forms = ` ${joinedOf(compound)} `;
  if (parts.length > 2) {
    for (let i = 1; i < parts.length; i++) forms += ` ${parts[i - 1].text}${parts[i].text} `;
  }
  return forms;
}

function phraseCounter(phrase: PhraseAtom, most: number): Counter {
  const pattern = phrasePattern(phrase);
  // A text with the phrase holds each of its words, perhaps as a joined compound. Checking for the longest word first
  // is many times faster than the pattern.
  const longest = phrase.words.reduce((best, { text }) => (text.length > best.length ? text : best), '');
  return (text) => {
    if (!text.includes(longest)) return 0;
    let count = 0;
    for (const _ of phraseRanges(text, pattern)) if (++count >= most) break;
    return count;
  };
}

/** Counts all forms of a word in one pass: it finds their common beginning, then checks the ending. */
function wordCounter({ word, prefix }: WordAtom, most: number): Counter {
  const forms = [word, ...numberVariants(word)];
  let stem = word;
  while (!forms.every((form) => form.startsWith(stem))) stem = stem.slice(0, -1);
  const endings = forms.map((form) => form.slice(stem.length));
  return (text) => {
    let count = 0;
    for (let at = text.indexOf(stem); at >= 0 && count < most; at = text.indexOf(stem, at + 1)) {
      if (!isWordAt(text, at - 1) && endsWell(text, at + stem.length, endings, prefix)) count++;
    }
    return count;
  };
}

/** Whether one of `endings` is at `at` and ends a word; the first need not end it if it is a `prefix`. */
function endsWell(text: string, at: number, endings: readonly string[], prefix: boolean): boolean {
  for (let i = 0; i < endings.length; i++) {
    if (!text.startsWith(endings[i], at)) continue;
    if ((prefix && i === 0) || !isWordAt(text, at + endings[i].length)) return true;
  }
  return false;
}

function countLiteral(text: string, literal: LiteralAtom, most: number): number {
  const whole = countText(text, literal.text, most);
  if (whole > 0 || literal.parts.length === 0) return whole;
  let least = Number.POSITIVE_INFINITY;
  for (const part of literal.parts) least = Math.min(least, countText(text, part, most));
  return least * PARTS_WEIGHT;
}

function countText(text: string, sought: string, most: number): number {
  let count = 0;
  let at = text.indexOf(sought);
  for (; at >= 0 && count < most; at = text.indexOf(sought, at + sought.length)) count++;
  return count;
}

function escapeUnit(unit: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(unit) ? `\\${unit}` : unit;
}
