import { ENGLISH_WEAK } from './english-filler.ts';
import { stopBits } from './stop-words.ts';
import { baseForms, foldWord } from './word-fold.ts';

/** Bits of {@link Vocabulary.traits}. */
export const TRAITS = {
  /** At no edge of a phrase: a single letter of a script that writes words with more. */
  noEdge: 1,
  /** Not the last word of a phrase. */
  noEnd: 2,
  /** Not a phrase alone. */
  notAlone: 4,
  /** May stand inside a phrase of three although it is a stop word: `mixture of experts`. */
  link: 8,
} as const;

/** The words of a corpus. A *writing* is a word as it is written; writings of one *word* differ in case or number. */
export interface Vocabulary {
  /** By writing. */
  readonly written: readonly string[];
  /** By writing: its word. */
  readonly wordOf: Int32Array;
  /** By writing: the languages it is a stop word of, see stop-words.ts. */
  readonly stops: Int32Array;
  /** By writing: bits of {@link TRAITS}. */
  readonly traits: Uint8Array;
  /** By word: what it is counted as. */
  readonly folded: readonly string[];
}

/** Gives writings numbers as they come. */
export interface VocabularyBuilder {
  /** The number of a writing, the same each time. */
  add(written: string): number;
  /** The stop word languages of a writing. */
  stopsOf(writing: number): number;
  finish(): Vocabulary;
}

/** A builder without any word. Holds each writing once; O(1) for each word but for the first of its kind. */
export function makeVocabularyBuilder(): VocabularyBuilder {
  const ids = new Map<string, number>();
  const stops: number[] = [];
  return {
    add(written) {
      const known = ids.get(written);
      if (known !== undefined) return known;
      const id = ids.size;
      ids.set(written, id);
      stops.push(stopBits(written.normalize('NFKC').toLowerCase()));
      return id;
    },
    stopsOf: (writing) => stops[writing],
    finish: () => makeVocabulary([...ids.keys()], Int32Array.from(stops)),
  };
}

const LINKS = new Set('of to in for de du des del della di da do dos das von para par pour zur'.split(' '));
/** Past forms, which describe what should follow; no noun that ends like one. */
const PAST = /^(?!embed|feed|need|seed|speed|breed|weed|deed|bed)[a-z-]{3,}ed$/u;
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** Korean words are rarely without a particle, so that two of them prove the word. */
const HANGUL = /^\p{sc=Hangul}+$/u;
const LOWER_LATIN = /^[\p{sc=Latin}-]+$/u;

function makeVocabulary(written: readonly string[], stops: Int32Array): Vocabulary {
  const folds = written.map(foldWord);
  const known = new Set(folds);
  const forms = new Map<string, number>();
  for (const fold of known) for (const base of baseForms(fold)) forms.set(base, (forms.get(base) ?? 0) + 1);
  const isBase = (base: string) => known.has(base) || (HANGUL.test(base) && (forms.get(base) ?? 0) > 1);
  const ids = new Map<string, number>();
  const bases = folds.map((fold) => baseForms(fold).find(isBase) ?? fold);
  for (const base of bases) if (!ids.has(base)) ids.set(base, ids.size);
  const wordOf = Int32Array.from(bases, (base) => ids.get(base) ?? 0);
  const traits = Uint8Array.from(written, (text, i) => traitsOf(text, bases[i]));
  return { written, wordOf, stops, traits, folded: [...ids.keys()] };
}

function traitsOf(written: string, base: string): number {
  const lower = written.toLowerCase();
  let traits = 0;
  if (LINKS.has(lower)) traits |= TRAITS.link;
  if (PAST.test(lower)) traits |= TRAITS.noEnd;
  const isShortLatin = LOWER_LATIN.test(written) && written.length < 3 && written === lower;
  const isWeak = ENGLISH_WEAK.has(base) || baseForms(base).some((form) => ENGLISH_WEAK.has(form));
  if (isWeak || isShortLatin || [...written].length < 2) traits |= TRAITS.notAlone;
  if ([...written].length < 2 && !UNSPACED.test(written)) traits |= TRAITS.noEdge;
  return traits;
}
