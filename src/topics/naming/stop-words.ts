/// <reference path="./stopword.d.ts" />
import { ara, ben, deu, eng, fas, fra, hin, ind, ita, jpn, kor, por, rus, spa, tur, vie, zho } from 'stopword';
import { ENGLISH_FILLER, isFillerVerb } from './english-filler.ts';
import { baseForms } from './word-fold.ts';

/** How many languages have a bit in {@link stopBits}. */
export const LANGUAGES = 17;

/**
 * The languages in which `word` (NFKC, lower case) is a stop word, one bit each. English filler counts as English; a
 * word of Hiragana alone as Japanese, which writes what has a meaning of its own in other letters, mostly.
 */
export function stopBits(word: string): number {
  let bits = BITS.get(word) ?? 0;
  if (isFiller(word) || baseForms(word).some(isFiller) || ADVERB.test(word)) bits |= ENGLISH;
  if (HIRAGANA.test(word)) bits |= JAPANESE;
  return bits;
}

/**
 * The languages whose stop words count in a text, one bit each, from the hits of its words: those with a script of
 * their own, English, and of the others in Latin letters the one with most hits, if it has more than English. `hits`
 * has one count a language.
 */
export function activeLanguages(hits: Int32Array): number {
  let best = 0;
  for (let at = 1; at < LATIN; at++) if (hits[at] > hits[best]) best = at;
  return ALWAYS | (1 << best);
}

/** Those in Latin letters first, English at their head. */
const LISTS = [eng, deu, fra, spa, por, ita, ind, tur, vie, ara, fas, rus, hin, ben, zho, jpn, kor];
const LATIN = 9;
const ENGLISH = 1;
const JAPANESE = 1 << 15;
const ALWAYS = ENGLISH | (((1 << LANGUAGES) - 1) & ~((1 << LATIN) - 1));

const BITS = collectBits();
const HIRAGANA = /^[\p{sc=Hiragana}ー]+$/u;
/** English adverbs; the nouns among words in -ly are short or listed. */
const ADVERB = /^(?!anomaly$|assembly$|monopoly$|family$|italy$|supply$|reply$|multiply$|butterfly$)[a-z]{4,}ly$/u;

function isFiller(word: string): boolean {
  return ENGLISH_FILLER.has(word) || isFillerVerb(word);
}

function collectBits(): Map<string, number> {
  const bits = new Map<string, number>();
  LISTS.forEach((list, at) => {
    for (const entry of list) {
      const word = entry.normalize('NFKC').toLowerCase();
      bits.set(word, (bits.get(word) ?? 0) | (1 << at));
    }
  });
  return bits;
}
