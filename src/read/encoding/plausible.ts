import { COMMON_CHARACTERS, LATIN_ALPHABETS } from './alphabets.ts';

/**
 * How likely it is that `text` was decoded rightly, by what its characters beyond ASCII are: at most 1; wrong guesses
 * lie mostly below .6. A right text has letters of one script in a word, of one language in all, capitals at the
 * beginning of words, no symbols inside them and no control characters. Null for a text in ASCII. Linear.
 */
export function plausibility(text: string): number | null {
  const tally: Tally = { common: new Set(COMMON_CHARACTERS), count: 0, sum: 0, latin: new Map() };
  for (const [word] of text.matchAll(WORD)) if (BEYOND_ASCII.test(word)) weighWord(word, tally);
  if (tally.count === 0) return null;
  return (tally.sum + latinValue(tally.latin)) / tally.count;
}

/** A run without ASCII blanks, digits and punctuation. */
const WORD = /[A-Za-z\u0080-\u{10ffff}]+/gu;
const BEYOND_ASCII = /[^\0-\x7f]/u;

interface Tally {
  readonly common: ReadonlySet<string>;
  /** Characters beyond ASCII. */
  count: number;
  /** Sum of their values, without those of Latin letters in Latin words. */
  sum: number;
  /** How often each Latin letter beyond ASCII occurs, in lower case. */
  readonly latin: Map<string, number>;
}

/** What a character is worth that cannot be in a text, or not at its place. */
const IMPOSSIBLE = -2;
const MISPLACED = -1;

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['latin', /[\p{Script=Latin}]/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['thai', /\p{Script=Thai}/u],
  ['hangul', /\p{Script=Hangul}/u],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}ー]/u],
  ['han', /\p{Script=Han}/u],
];
const EAST_ASIAN = new Set(['han', 'kana', 'hangul']);
/** Undecoded bytes, control characters, characters for private use or for nothing. */
const NO_TEXT = /[\ufffd\p{Cc}\p{Co}\p{Cn}]/u;
const HALF_WIDTH = /[\uff61-\uff9f]/u;
const BOX = /[\u2500-\u259f]/u;
/** Quotation marks, dashes and blanks, which may stand between two letters. */
const JOINT = /[\p{Pd}\p{Pi}\p{Pf}\p{Zs}\u2026\u00b7\u3000-\u303f\uff00-\uff60]/u;
/** Marks that stand before a word. */
const OPENING = /[\u201a\u201e¿¡]/u;

function weighWord(word: string, tally: Tally): void {
  const characters = [...word];
  const scripts = characters.map(scriptOf);
  const mixed = isMixed(scripts);
  const most = characters.length > 1 && /^\p{Lu}+$/u.test(word) ? IN_CAPITALS : 1;
  let accents = 0;
  characters.forEach((character, i) => {
    const script = scripts[i];
    if (character < '\u0080') {
      accents = 0;
      return;
    }
    tally.count++;
    accents = script === 'latin' ? accents + 1 : 0;
    if (script === null) tally.sum += symbolValue(character, isLetter(scripts[i - 1]), isLetter(scripts[i + 1]));
    else if (mixed && !EAST_ASIAN.has(script)) tally.sum += MISPLACED;
    else if (isCapitalInside(characters, i)) tally.sum += MISPLACED;
    else if (script !== 'latin')
      tally.sum += most * (tally.common.has(character.toLowerCase()) ? 1 : (RARE[script] ?? 0.5));
    else if (accents > 2) tally.sum += MISPLACED;
    else {
      const letter = character.toLowerCase();
      tally.latin.set(letter, (tally.latin.get(letter) ?? 0) + 1);
    }
  });
}

/** Words in capitals alone are rare. */
const IN_CAPITALS = 0.8;
/** What a letter is worth that is not among the commonest; kana are few, and all are common. */
const RARE: Readonly<Record<string, number>> = { kana: 1, han: 0.45, hangul: 0.55 };

function scriptOf(character: string): string | null {
  if (character < '\u0080') return 'latin';
  if (HALF_WIDTH.test(character)) return null;
  return SCRIPTS.find(([, pattern]) => pattern.test(character))?.[0] ?? null;
}

function isLetter(script: string | null | undefined): boolean {
  return typeof script === 'string';
}

/** Whether letters of two scripts stand in one word, other than Chinese, Japanese or Korean beside another one. */
function isMixed(scripts: readonly (string | null)[]): boolean {
  let first: string | null = null;
  for (const script of scripts) {
    if (script === null || EAST_ASIAN.has(script)) continue;
    if (first !== null && script !== first) return true;
    first = script;
  }
  return false;
}

/** Whether a capital follows a small letter or, in a word with small letters, is not its first letter. */
function isCapitalInside(characters: readonly string[], at: number): boolean {
  const isCapital = (i: number): boolean => /\p{Lu}/u.test(characters[i] ?? '');
  const isSmall = (i: number): boolean => /\p{Ll}/u.test(characters[i] ?? '');
  return isCapital(at) && (isSmall(at - 1) || (isCapital(at - 1) && isSmall(at + 1)));
}

/** What a character that is no letter is worth, by whether letters stand directly before and after it. */
function symbolValue(character: string, before: boolean, after: boolean): number {
  if (NO_TEXT.test(character)) return IMPOSSIBLE;
  if (HALF_WIDTH.test(character)) return 0;
  if (BOX.test(character)) return MISPLACED;
  if (OPENING.test(character)) return after && !before ? 0.9 : 0;
  if (JOINT.test(character)) return '‘’“”–—'.includes(character) ? 1 : 0.9;
  if (before && after) return MISPLACED;
  return before || after ? 0.1 : 0.5;
}

/** The value of all Latin letters: 1 for each that is in the alphabet that has most of them. */
function latinValue(latin: ReadonlyMap<string, number>): number {
  let all = 0;
  for (const count of latin.values()) all += count;
  let best = 0;
  for (const alphabet of LATIN_ALPHABETS) {
    let known = 0;
    for (const [letter, count] of latin) if (alphabet.includes(letter)) known += count;
    best = Math.max(best, known);
  }
  return best + 0.2 * (all - best);
}
