import type SearchableMap from 'minisearch/SearchableMap';
import { gluedWord, type LiteralAtom, type PhraseAtom, type WordAtom } from './query.ts';
import { bigramsOf, forEachPiece, numberVariants } from './words.ts';

/** The vocabulary of an index: from word to term number. */
export type Terms = SearchableMap<number>;

/** Calls `found` for each term that `atom` matches, with its weight 0…1. Each term comes once. O(matches + length). */
export function forEachMatch(terms: Terms, atom: WordAtom, found: (term: number, weight: number) => void): void {
  const { word, prefix } = atom;
  const exact = terms.get(word);
  if (exact !== undefined) found(exact, 1);
  for (const other of numberVariants(word)) {
    const term = prefix && other.startsWith(word) ? undefined : terms.get(other);
    if (term !== undefined) found(term, NUMBER_VARIANT_WEIGHT);
  }
  if (prefix) {
    for (const [longer, term] of terms.atPrefix(word)) {
      if (longer !== word) found(term, (PREFIX_WEIGHT * word.length) / longer.length);
    }
  }
  for (const near of corrections(terms, atom)) found(terms.get(near) ?? 0, TYPO_WEIGHT);
}

/**
 * The words of the vocabulary that are one typo away from that of `atom`, with their plurals and singulars. Empty
 * unless the atom is fuzzy and neither its word, nor its plural or singular, nor (while it is typed) a longer word
 * occurs: `holder` must not find `folder` where it occurs itself. If there is none while it is typed, words that begin
 * with its first two letters and nearly like it count too, so that hits do not vanish between `visualizat` and
 * `visualizaton`.
 */
export function corrections(terms: Terms, atom: WordAtom): readonly string[] {
  const { word, prefix, fuzzy } = atom;
  if (!fuzzy || terms.has(word) || numberVariants(word).some((other) => terms.has(other))) return [];
  if (prefix && !terms.atPrefix(word).keys().next().done) return [];
  const near = new Set(terms.fuzzyGet(word, 1).keys());
  for (let i = 1; i < word.length; i++) {
    const swapped = word.slice(0, i - 1) + word[i] + word[i - 1] + word.slice(i + 1);
    if (terms.has(swapped)) near.add(swapped);
  }
  if (near.size === 0 && prefix) {
    for (const term of terms.atPrefix(word.slice(0, MIN_CORRECT_LETTERS)).keys()) {
      if (beginsWithinOneTypo(term, word)) near.add(term);
    }
  }
  for (const word of [...near]) for (const other of numberVariants(word)) if (terms.has(other)) near.add(other);
  return [...near];
}

/**
 * For each word of a phrase, the terms under which a paper may hold it: itself, or the compound it is part of in the
 * query. A paper that lacks all terms of one word cannot hold the phrase.
 */
export function phraseTerms(terms: Terms, { words, prefix }: PhraseAtom): number[][] {
  return words.map(({ text }, i) => {
    const own = termsOf(terms, text, prefix && i === words.length - 1);
    const glued = gluedWord(words, i);
    if (glued === null) return own;
    return [...own, ...termsOf(terms, glued, prefix && words.slice(i + 1).every((word) => word.glued))];
  });
}

/** The term of each bigram of a literal's unspaced words; a paper that lacks one cannot hold the literal. */
export function literalTerms(terms: Terms, { text, parts }: LiteralAtom): number[][] {
  const bigrams: string[] = [];
  for (const part of parts.length > 0 ? parts : [text]) {
    forEachPiece(part, (kind, start, end) => {
      if (kind === 'unspaced') bigrams.push(...bigramsOf(part.slice(start, end)));
    });
  }
  return bigrams.map((bigram) => termsOf(terms, bigram, false));
}

const NUMBER_VARIANT_WEIGHT = 0.9;
const PREFIX_WEIGHT = 0.6;
const TYPO_WEIGHT = 0.5;
const MIN_CORRECT_LETTERS = 2;

function termsOf(terms: Terms, word: string, prefix: boolean): number[] {
  if (prefix) return [...terms.atPrefix(word).values()];
  const term = terms.get(word);
  return term === undefined ? [] : [term];
}

/**
 * Whether `term` begins with `word` up to one typo: a letter added, missing or changed, or two neighbours swapped
 * (Damerau 1964, distance 1). O(length).
 */
function beginsWithinOneTypo(term: string, word: string): boolean {
  let same = 0;
  while (same < word.length && same < term.length && word[same] === term[same]) same++;
  if (same === word.length) return true;
  const rest = word.slice(same + 1);
  if (term.startsWith(rest, same) || term.startsWith(rest, same + 1)) return true;
  if (term.startsWith(word.slice(same), same + 1)) return true;
  return (
    word[same] === term[same + 1] && word[same + 1] === term[same] && term.startsWith(word.slice(same + 2), same + 2)
  );
}
