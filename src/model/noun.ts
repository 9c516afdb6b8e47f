/** What the texts of a map are called in sentences, in lower case: `paper` and `papers`, `review` and `reviews`. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

/** For references with authors, journals or abstracts. */
export const PAPER: Noun = { one: 'paper', many: 'papers' };

/** For texts of which nothing else is known. */
export const TEXT: Noun = { one: 'text', many: 'texts' };

/** UTF-16 units that a noun may have. */
export const MAX_NOUN_LENGTH = 40;

/** The noun of a corpus. A corpus without one comes from a map file written before there was a choice: papers. */
export function nounOf(corpus: { readonly noun?: Noun } | null | undefined): Noun {
  return corpus?.noun ?? PAPER;
}

/** `one` or `many`, whichever stands after this number. */
export function formOf({ one, many }: Noun, count: number): string {
  return count === 1 ? one : many;
}

/** `a paper`, `an issue`: by the first letter, which is wrong for a few words such as `hour`. */
export function withArticle({ one }: Noun): string {
  return `${/^[aeio]|^u(?!ni|s[aei])/iu.test(one) ? 'an' : 'a'} ${one}`;
}

/** With a capital, as at the beginning of a label. */
export function capital(word: string): string {
  const [first = ''] = word;
  return first.toUpperCase() + word.slice(first.length);
}

/** The English plural by the regular rules (Quirk et al. 1985, §5.80): `stories`, `classes`, `theses`, `notes`. */
export function pluralOf(one: string): string {
  if (/[^aeiou]y$/iu.test(one)) return `${one.slice(0, -1)}ies`;
  if (/[^aeiou\s]is$/iu.test(one)) return `${one.slice(0, -2)}es`;
  return /(?:s|x|z|ch|sh)$/iu.test(one) ? `${one}es` : `${one}s`;
}

/**
 * The noun in `words`, which a user typed: one word, or singular and plural with a slash between them. Null for nothing;
 * what is longer than {@link MAX_NOUN_LENGTH} is cut.
 */
export function nounFrom(words: string): Noun | null {
  const [one = '', many = ''] = words.split('/').map(tidy);
  return one === '' ? null : { one, many: many === '' ? pluralOf(one) : many };
}

/** Without further blanks and control characters, at most {@link MAX_NOUN_LENGTH} long. */
function tidy(word: string): string {
  return word
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, MAX_NOUN_LENGTH)
    .trim();
}
