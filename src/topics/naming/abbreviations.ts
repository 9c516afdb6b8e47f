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

/** The shortest end of `text` that has the letters of a short form in order, the first at the start of a word. */
function bestLongForm(short: string, text: string): string | null {
  const letters = singular(short).toLowerCase().replaceAll('-', '');
  const lower = text.toLowerCase();
  let at = lower.length;
  for (let l = letters.length - 1; l >= 0; l--) {
    at--;
    while (at >= 0 && (lower[at] !== letters[l] || (l === 0 && WITHIN_WORD.test(lower[at - 1] ?? ' ')))) at--;
    if (at < 0) return null;
  }
  const long = text.slice(at).trim();
  const isLonger = long.length > short.length && long.includes(' ');
  return isLonger && !long.split(' ').includes(short) ? long : null;
}

/** Unlike the paper's, a word goes on behind a hyphen: `SSL` is no `supervised learning`. */
const WITHIN_WORD = /[\p{L}\p{N}\u2010\u2011-]/u;

/** `LLM` for `LLMs`. */
function singular(short: string): string {
  return /\p{Lu}s$/u.test(short) ? short.slice(0, -1) : short;
}
