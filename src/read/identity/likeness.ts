/** How much two values say about whether they belong to one paper. */
export type Likeness = 'like' | 'unlike' | 'unknown';

/** UTF-16 units of a text that are compared: the beginning is enough to tell two texts apart, at a bounded cost. */
const COMPARED_LENGTH = 20_000;
/** Words in a shingle. Three tell texts of one field apart; a changed word costs three shingles. */
const SHINGLE_WORDS = 3;
/** Texts with fewer shingles are too common to prove anything: “Good product, works well”. */
const MIN_SHINGLES = 6;
/** Share of the smaller text's shingles in the larger from which one is a version or the beginning of the other. */
const CONTAINED = 0.8;
/** Share of all shingles of both that are in both from which two rows of one table have the same text. */
const RESEMBLING = 0.6;
/** Share of the smaller text's shingles below which two texts are about something else. */
const FOREIGN = 0.3;

/** A word, or one character of a script that writes no blanks between words. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|[\p{L}\p{M}\p{N}]+/gu;

/** A text's distinct shingles of three words as hashes, ascending; of all its words together when it has fewer. */
export type Sketch = Uint32Array;

/** The shingles of the beginning of `text`, ignoring case, punctuation and compatibility forms. O(length). */
export function sketchOf(text: string): Sketch {
  const words = text.slice(0, COMPARED_LENGTH).normalize('NFKC').toLowerCase().match(WORD) ?? [];
  if (words.length === 0) return new Uint32Array();
  const hashes = words.map(hashWord);
  const count = Math.max(1, words.length - SHINGLE_WORDS + 1);
  const shingles = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let hash = 0;
    for (let j = i; j < Math.min(i + SHINGLE_WORDS, words.length); j++)
      hash = Math.imul(hash ^ hashes[j], 0x9e3779b1) ^ (hash >>> 15);
    shingles[i] = hash;
  }
  shingles.sort();
  let kept = 0;
  for (let i = 0; i < count; i++) if (i === 0 || shingles[i] !== shingles[i - 1]) shingles[kept++] = shingles[i];
  return shingles.slice(0, kept);
}

/**
 * Whether two texts are versions of one, by their shared shingles: containment (the smaller in the larger), and between
 * rows of one table resemblance, because a reply contains what it quotes (A. Broder, On the resemblance and containment
 * of documents, 1997). Short texts are `unlike` or, when the same, `unknown`; so is a missing one. O(shingles).
 */
export function compareTexts(a: Sketch, b: Sketch, areOfOneTable: boolean): Likeness {
  const [small, large] = a.length <= b.length ? [a, b] : [b, a];
  if (small.length === 0) return 'unknown';
  const shared = countShared(small, large);
  if (small.length < MIN_SHINGLES)
    return shared === small.length && large.length === small.length ? 'unknown' : 'unlike';
  if (shared < FOREIGN * small.length) return 'unlike';
  const union = small.length + large.length - shared;
  const isLike = areOfOneTable ? shared >= RESEMBLING * union : shared >= CONTAINED * small.length;
  return isLike ? 'like' : 'unknown';
}

/**
 * Whether two lists of authors have most names in common, by their words of three letters or more and numbers, so that
 * initials, order and separators do not matter; a list that breaks off (`Smith et al.`) is like the whole. `unknown`
 * when one is missing or only a count, or when a list of short names leaves it open.
 */
export function compareAuthors(a: string | null, b: string | null): Likeness {
  if (a === null || b === null || isCount(a) || isCount(b)) return 'unknown';
  if (a === b) return 'like';
  const [one, two] = [wordsOf(a), wordsOf(b)];
  const [longOne, longTwo] = [one.filter(isLong), two.filter(isLong)];
  const areShort = longOne.length === 0 || longTwo.length === 0;
  const { shared, smaller } = areShort ? overlap(one, two) : overlap(longOne, longTwo);
  if (smaller === 0) return 'unknown';
  if (areShort) return shared * 2 >= smaller ? 'like' : shared > 0 ? 'unknown' : 'unlike';
  return shared * 2 > smaller ? 'like' : 'unlike';
}

/** Whether two titles without one wording may be the same: most words of the shorter are in the longer. */
export function compareTitles(a: string, b: string): Likeness {
  if (a === '' || b === '') return 'unknown';
  if (a === b) return 'like';
  const { shared, smaller } = overlap(a.split(' '), b.split(' '));
  return shared * 2 > smaller ? 'like' : 'unlike';
}

/** Whether a title has five words or more: one that is hardly ever used twice in a year. */
export function isTelling(title: string): boolean {
  return (title.match(WORD) ?? []).length >= TELLING_WORDS;
}

const TELLING_WORDS = 5;

/** The beginning of a text as words, by which texts that break off at different places are found. */
export function beginningOf(text: string): string {
  const words = text.slice(0, 400).normalize('NFKC').toLowerCase().match(WORD) ?? [];
  return words.slice(0, 12).join(' ');
}

/** The first name of an author list as {@link compareAuthors} reads it; '' when there is none. */
export function firstName(authors: string | null): string {
  const words = authors === null || isCount(authors) ? [] : wordsOf(authors);
  return words.find(isLong) ?? words[0] ?? '';
}

/** UTF-16 units of an author list that are compared. */
const MAX_NAMES = 4000;

function wordsOf(authors: string): string[] {
  const plain = authors
    .slice(0, MAX_NAMES)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word !== 'and' && word !== 'al' && word !== 'et');
}

/** Whether a word of a name is no initial. */
function isLong(word: string): boolean {
  return word.length > 2 || /\p{N}|\P{Script=Latin}/u.test(word);
}

function overlap(a: readonly string[], b: readonly string[]): { readonly shared: number; readonly smaller: number } {
  const [one, two] = [new Set(a), new Set(b)];
  const [small, large] = one.size <= two.size ? [one, two] : [two, one];
  let shared = 0;
  for (const word of small) if (large.has(word)) shared++;
  return { shared, smaller: small.size };
}

function isCount(authors: string): boolean {
  return /^\s*\d+\s+authors?\s*$/iu.test(authors);
}

function countShared(a: Sketch, b: Sketch): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      shared++;
      i++;
      j++;
    } else if (a[i] < b[j]) i++;
    else j++;
  }
  return shared;
}

/** FNV-1a (Fowler, Noll & Vo). */
function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash;
}
