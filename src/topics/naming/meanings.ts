import type { Definition } from './abbreviations.ts';
import { readTokens } from './tokens.ts';
import { TRAITS, type Vocabulary } from './vocabulary.ts';

/** What the corpus means by a short form. Letters are those of the words in a row, as they are counted. */
export interface Meaning {
  readonly short: string;
  readonly long: string;
  /** The words that the long form begins with: `multi` and `multilayer`. */
  readonly first: ReadonlySet<string>;
}

/**
 * The meaning of each short form that at least two papers define in the same way, and more than half of those that define it
 * at all. Forms of a word are one. `definitions`: by paper. O(words + definitions).
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
      .filter(([, { papers }]) => papers.size >= LEAST_DEFINING && papers.size > MAIN_SHARE * all)
      .map(([long, { first }]) => ({ short, long, first }));
  });
}

/**
 * Clears the last bit of the entries of long forms, links aside: what is defined is a name from its first word to its last,
 * stop word or not, such as `large language model`. O(entries).
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
    for (let to = at; to < entries.length && entries[to] >= 0 && to < at + MOST_WORDS; to++) {
      letters += folded[wordOf[entries[to] >> 3]];
      if (!longs.includes(letters)) continue;
      for (let part = at; part <= to; part++) {
        if ((traits[entries[part] >> 3] & TRAITS.link) === 0) entries[part] &= ~1;
      }
    }
  }
}

/** Papers that must define a short form in the same way: one alone may use it for anything. */
const LEAST_DEFINING = 2;
/** Share of the papers that define it from which a meaning is the one that the corpus has. */
const MAIN_SHARE = 0.5;
/** Longer ones are no phrases (phrase-scan.ts). */
const MOST_WORDS = 3;

interface Draft {
  readonly papers: Set<number>;
  readonly first: Set<string>;
}

/** What each word of the definitions is counted as. */
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

/** None where something stands between them that is in no phrase. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let walls = 0;
  readTokens(text, {
    word: (written) => words.push(written),
    wall: () => walls++,
  });
  // The last wall is the end of the text.
  return walls > 1 ? [] : words;
}
