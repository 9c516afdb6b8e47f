import type { PhraseIndex } from './phrase-index.ts';
import type { TokenStream } from './token-stream.ts';

/** Phrases of which those that stand for one another, such as `LLM` and `large language model`, have one number. */
export interface ConceptIndex extends PhraseIndex {
  /** By phrase as it was counted: the long form that it stands for, else itself. `find` answers with that. */
  readonly conceptOf: Int32Array;
  /** The phrase as it was counted, −1 for none. O(1). */
  findForm(low: number, high: number): number;
  /** The short forms of each phrase that has some. */
  readonly shortForms: ReadonlyMap<number, readonly number[]>;
}

/**
 * Joins each short form with the long one that the corpus itself defines it by (meanings.ts). Counts of a joined phrase are
 * those of its forms together, `papers` an upper bound; the short form's own number has none. O(phrases + meanings).
 */
export function joinForms(stream: TokenStream, index: PhraseIndex): ConceptIndex {
  const { count } = index;
  const conceptOf = Int32Array.from({ length: count }, (_, p) => p);
  const { meanings } = stream;
  const phraseOf = findPhrases(stream, index, new Set(meanings.flatMap(({ short, long }) => [short, long])));
  const shorts = new Set(meanings.map(({ short }) => short));
  const shortForms = new Map<number, number[]>();
  for (const { short, long } of meanings) {
    const [from, to] = [phraseOf.get(short), phraseOf.get(long)];
    if (from === undefined || to === undefined || shorts.has(long)) continue;
    conceptOf[from] = to;
    shortForms.set(to, [...(shortForms.get(to) ?? []), from]);
  }
  const joined = (counts: Int32Array): Int32Array => {
    const sums = new Int32Array(count);
    for (let p = 0; p < count; p++) sums[conceptOf[p]] += counts[p];
    return sums;
  };
  return {
    ...index,
    papers: joined(index.papers),
    occurrences: joined(index.occurrences),
    freeBefore: joined(index.freeBefore),
    freeAfter: joined(index.freeAfter),
    conceptOf,
    shortForms,
    findForm: index.find,
    find(low, high) {
      const form = index.find(low, high);
      return form < 0 ? form : conceptOf[form];
    },
  };
}

/** The phrases with the `wanted` letters. */
function findPhrases(
  { entries, vocabulary }: TokenStream,
  { count, from, to }: PhraseIndex,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const { wordOf, folded } = vocabulary;
  const found = new Map<string, number>();
  for (let p = 0; p < count && wanted.size > 0; p++) {
    let letters = '';
    for (let at = from[p]; at < to[p]; at++) letters += folded[wordOf[entries[at] >> 3]];
    if (wanted.has(letters)) found.set(letters, p);
  }
  return found;
}
