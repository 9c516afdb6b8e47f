/** A short form and what it stands for, as a text spells them out. */
export interface Definition {
  readonly short: string;
  readonly long: string;
}

/**
 * The definitions in a cleaned text, `long form (SF)` and `SF (long form)`, in order: A. Schwartz and M. Hearst, "A simple
 * algorithm for identifying abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing 2003,
 * figure 1. A short form here is one word with a capital besides its first letter, and its plural s needs no match.
 * O(length of the text).
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

/** Characters that are looked at before a bracket, and within one. */
const MAX_LENGTH = 120;
const SHORT_FORM = /^[\p{L}\p{N}][\p{L}\p{N}-]*\p{Lu}[\p{L}\p{N}-]*$/u;
const MAX_SHORT = 10;
const SENTENCE_END = /[.!?;:,)\]]\s/u;

function isShortForm(text: string): boolean {
  return text.length <= MAX_SHORT && SHORT_FORM.test(text);
}

/** What stands before the bracket; the paper's bound on its words is min(|SF| + 5, 2·|SF|). */
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
 * The paper's choice, the shortest end of `text` that matches. Where that is one word, as `dd` in “daa dd (DD)”, the last
 * words of the text if the short form is made of their first letters: going on to any first letter further left would
 * make “a sparse autoencoder” the meaning of AE.
 */
function bestLongForm(short: string, text: string): string | null {
  const letters = singular(short).toLowerCase().replaceAll('-', '');
  const isLongForm = (long: string): boolean =>
    long.length > short.length && long.includes(' ') && !long.split(' ').includes(short);
  return [shortestMatch(letters, text), wordsByInitials(letters, text)].find(isLongForm) ?? null;
}

/** The shortest end of `text` that has these letters in order, the first at the start of a word; '' for none. */
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

/** The last words of `text`, one for each of these letters and beginning with it; '' if they do not. */
function wordsByInitials(letters: string, text: string): string {
  const words = text.split(' ').slice(-letters.length);
  return words.map((word) => word.charAt(0).toLowerCase()).join('') === letters ? words.join(' ') : '';
}

/** Unlike the paper's, a word goes on behind a hyphen: `SSL` is no `supervised learning`. */
const WITHIN_WORD = /[\p{L}\p{N}\u2010\u2011-]/u;

/** `LLM` for `LLMs`. */
function singular(short: string): string {
  return /\p{Lu}s$/u.test(short) ? short.slice(0, -1) : short;
}
