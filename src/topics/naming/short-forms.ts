import { readTokens, TRAITS, type Vocabulary } from './tokens.ts';

/** Most words of a phrase. */
export const MAX_PHRASE_WORDS = 3;

/** A short form and its long form, as a text writes them. */
export interface Definition {
  readonly short: string;
  readonly long: string;
}

/**
 * The definitions in a cleaned text, `long form (SF)` and `SF (long form)`, in order: A. Schwartz and M. Hearst, "A
 * simple algorithm for identifying abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing
 * 2003, figure 1. A short form here is one word with a capital besides its first letter, and its plural s needs no
 * match. O(length of the text).
 */
export function findDefinitions(text: string): readonly Definition[] {
  const found: Definition[] = [];
  for (let open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
    const close = text.indexOf(')', open);
    if (close < 0) break;
    if (close - open > MAX_LENGTH) continue;
    const [inside] = text.slice(open + 1, close).split(/[;,(]/u);
    const before = text.slice(Math.max(0, open - MAX_LENGTH), open).trimEnd();
    const definition = isShortForm(inside) ? longFormBefore(inside, before) : longFormWithin(inside, before);
    if (definition) found.push(definition);
  }
  return found;
}

/** Most characters that are examined before a bracket, and within one. */
const MAX_LENGTH = 120;
const SHORT_FORM = /^[\p{L}\p{N}][\p{L}\p{N}-]*\p{Lu}[\p{L}\p{N}-]*$/u;
const MAX_SHORT = 10;
const SENTENCE_END = /[.!?;:,)\]]\s/u;

function isShortForm(text: string): boolean {
  return text.length <= MAX_SHORT && SHORT_FORM.test(text);
}

/** The definition by the text before a bracket; the paper allows min(|SF| + 5, 2·|SF|) words. */
function longFormBefore(short: string, before: string): Definition | null {
  const words = (before.split(SENTENCE_END).at(-1) ?? '').split(' ');
  const letters = singular(short).length;
  const long = bestLongForm(short, words.slice(-Math.min(letters + 5, 2 * letters)).join(' '));
  return long === null ? null : { short, long };
}

function longFormWithin(inside: string, before: string): Definition | null {
  const short = before.slice(before.lastIndexOf(' ') + 1);
  const long = isShortForm(short) && inside.includes(' ') ? bestLongForm(short, inside) : null;
  return long === null ? null : { short, long };
}

/**
 * The shortest matching end of `text`, as in the paper. If that is one word, as `dd` in “daa dd (DD)”, the last words
 * of the text if the short form consists of their initials. Accepting any initial further left would make “a sparse
 * autoencoder” the meaning of AE.
 */
function bestLongForm(short: string, text: string): string | null {
  const letters = singular(short).toLowerCase().replaceAll('-', '');
  const isLongForm = (long: string): boolean =>
    long.length > short.length && long.includes(' ') && !long.split(' ').includes(short);
  return [shortestMatch(letters, text), wordsByInitials(letters, text)].find(isLongForm) ?? null;
}

/** The shortest end of `text` with these letters in order, the first one at the start of a word; '' for none. */
function shortestMatch(letters: string, text: string): string {
  const lower = text.toLowerCase();
  let at = lower.length;
  for (let l = letters.length - 1; l >= 0; l--) {
    at--;
    while (at >= 0 && (lower[at] !== letters[l] || (l === 0 && WITHIN_WORD.test(lower[at - 1] ?? ' ')))) at--;
    if (at < 0) return '';
  }
  return text.slice(at).trim();
}

/** The last words of `text`, if they begin with these letters, one each; otherwise ''. */
function wordsByInitials(letters: string, text: string): string {
  const words = text.split(' ').slice(-letters.length);
  return words.map((word) => word.charAt(0).toLowerCase()).join('') === letters ? words.join(' ') : '';
}

/** Unlike in the paper, a word continues after a hyphen: `SSL` does not mean `supervised learning`. */
const WITHIN_WORD = /[\p{L}\p{N}\u2010\u2011-]/u;

/** `LLM` for `LLMs`. */
function singular(short: string): string {
  return /\p{Lu}s$/u.test(short) ? short.slice(0, -1) : short;
}

/** The meaning of a short form in the corpus. Both forms are given as their folded words, joined without blanks. */
export interface Meaning {
  readonly short: string;
  readonly long: string;
  /** The words with which the long form may begin: `multi` and `multilayer`. */
  readonly first: ReadonlySet<string>;
}

/**
 * The meaning of each short form that at least two papers, and more than half of those that define it, define in the
 * same way. Forms of a word count as one. `definitions`: by paper. O(words + definitions).
 */
export function mainMeanings(
  vocabulary: Vocabulary,
  definitions: readonly (readonly Definition[])[],
): readonly Meaning[] {
  const folds = foldsOf(vocabulary, definitions.flat());
  const meanings = new Map<string, Map<string, Draft>>();
  for (const [paper, defined] of definitions.entries()) {
    for (const { short, long } of defined) {
      const [shortWords, longWords] = [foldedWords(short, folds), foldedWords(long, folds)];
      const [from, to] = [shortWords.join(''), longWords.join('')];
      if (from === '' || to === '' || from === to) continue;
      const drafts = meanings.get(from) ?? new Map<string, Draft>();
      const draft = drafts.get(to) ?? { papers: new Set(), first: new Set() };
      meanings.set(from, drafts.set(to, draft));
      draft.papers.add(paper);
      draft.first.add(longWords[0]);
    }
  }
  return [...meanings].flatMap(([short, drafts]) => {
    const all = [...drafts.values()].reduce((sum, { papers }) => sum + papers.size, 0);
    return [...drafts]
      .filter(([, { papers }]) => papers.size >= MIN_DEFINING && papers.size > MAIN_SHARE * all)
      .map(([long, { first }]) => ({ short, long, first }));
  });
}

/**
 * Clears the stop-word bit in the entries of long forms, except for links, since a defined phrase such as `large
 * language model` is a name even if it begins or ends with a stop word. O(entries).
 */
export function freeLongForms(entries: Int32Array, vocabulary: Vocabulary, meanings: readonly Meaning[]): void {
  const { wordOf, folded, traits } = vocabulary;
  const begun = new Map<string, string[]>();
  for (const { long, first } of meanings) {
    for (const word of first) begun.set(word, [...(begun.get(word) ?? []), long]);
  }
  const begins = Uint8Array.from(folded, (word) => (begun.has(word) ? 1 : 0));
  for (let at = 0; at < entries.length; at++) {
    if (entries[at] < 0 || begins[wordOf[entries[at] >> 3]] === 0) continue;
    const longs = begun.get(folded[wordOf[entries[at] >> 3]]) ?? [];
    let letters = '';
    for (let to = at; to < entries.length && entries[to] >= 0 && to < at + MAX_PHRASE_WORDS; to++) {
      letters += folded[wordOf[entries[to] >> 3]];
      if (!longs.includes(letters)) continue;
      for (let part = at; part <= to; part++) {
        if ((traits[entries[part] >> 3] & TRAITS.link) === 0) entries[part] &= ~1;
      }
    }
  }
}

/** Number of papers that must define a short form in the same way: a single one may use it for anything. */
const MIN_DEFINING = 2;
/** A meaning is that of the corpus if more than this share of the papers that define the short form use it. */
const MAIN_SHARE = 0.5;

interface Draft {
  readonly papers: Set<number>;
  readonly first: Set<string>;
}

/** The folded form of each word of the definitions. */
function foldsOf(
  { written, wordOf, folded }: Vocabulary,
  definitions: readonly Definition[],
): ReadonlyMap<string, string> {
  const wanted = new Set(definitions.flatMap(({ short, long }) => [...wordsOf(short), ...wordsOf(long)]));
  const folds = new Map<string, string>();
  written.forEach((word, w) => {
    if (wanted.has(word)) folds.set(word, folded[wordOf[w]]);
  });
  return folds;
}

function foldedWords(text: string, folds: ReadonlyMap<string, string>): readonly string[] {
  return wordsOf(text).map((word) => folds.get(word) ?? '');
}

/** The words of a text; none if something between them cannot be in a phrase. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let walls = 0;
  readTokens(text, {
    word: (written) => words.push(written),
    wall: () => walls++,
  });
  // One wall is the end of the text.
  return walls > 1 ? [] : words;
}
