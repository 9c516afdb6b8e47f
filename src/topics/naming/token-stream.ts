import { cleanText } from '../../text/clean.ts';
import {
  type Definition,
  findDefinitions,
  freeLongForms,
  MAX_PHRASE_WORDS,
  type Meaning,
  mainMeanings,
} from './short-forms.ts';
import { activeLanguages, LANGUAGES } from './stop-words.ts';
import { makeVocabularyBuilder, readTokens, TRAITS, type Vocabulary } from './tokens.ts';

/** Entry of a stream that no phrase crosses. */
export const WALL = -1;

/**
 * All words of a corpus in order. An entry is {@link WALL} or `writing * 8 + glue * 2 + stop`: `glue` is the index in
 * GLUE of the text before the word, `stop` is 1 for a stop word of the paper's languages. Paper i has the entries
 * [starts[i], starts[i + 1]), its title those before `bodies[i]`; the last entry of both is a wall.
 */
export interface TokenStream {
  readonly entries: Int32Array;
  readonly starts: Int32Array;
  readonly bodies: Int32Array;
  readonly vocabulary: Vocabulary;
  /** Meanings of the short forms that the papers define. */
  readonly meanings: readonly Meaning[];
}

/** Raw titles and texts, one of each for every paper; any of them may be empty. */
export interface Texts {
  readonly titles: readonly string[];
  readonly texts: readonly string[];
}

/** The cleaned words of all papers. O(characters), 4 bytes a word. RangeError if titles and texts differ in number. */
export function readTokenStream({ titles, texts }: Texts): TokenStream {
  const n = texts.length;
  if (titles.length !== n) throw new RangeError(`expected ${n} titles, got ${titles.length}`);
  const buffer = makeIntList();
  const builder = makeVocabularyBuilder();
  const starts = new Int32Array(n + 1);
  const bodies = new Int32Array(n);
  const definitions: (readonly Definition[])[] = [];
  const sink = {
    word: (written: string, glue: number) => buffer.push(builder.add(written) * 8 + glue * 2),
    wall: () => buffer.push(WALL),
  };
  for (let i = 0; i < n; i++) {
    const [title, text] = [cleanText(titles[i]), cleanText(texts[i])];
    readTokens(title, sink);
    bodies[i] = buffer.length;
    readTokens(text, sink);
    definitions.push([...findDefinitions(title), ...findDefinitions(text)]);
    starts[i + 1] = buffer.length;
    markStops(buffer.data, starts[i], starts[i + 1], builder.stopsOf);
  }
  const entries = buffer.data.slice(0, buffer.length);
  const vocabulary = builder.finish();
  const meanings = mainMeanings(vocabulary, definitions);
  markVerbs(entries, vocabulary);
  freeLongForms(entries, vocabulary, meanings);
  return { entries, starts, bodies, vocabulary, meanings };
}

interface IntList {
  data: Int32Array;
  length: number;
  push(value: number): void;
}

function makeIntList(): IntList {
  return {
    data: new Int32Array(1 << 16),
    length: 0,
    push(value) {
      if (this.length === this.data.length) {
        const grown = new Int32Array(this.data.length * 2);
        grown.set(this.data);
        this.data = grown;
      }
      this.data[this.length++] = value;
    },
  };
}

/** Sets the last bit in the entries of one paper's stop words, depending on the languages of its words. */
function markStops(entries: Int32Array, start: number, end: number, stopsOf: (writing: number) => number): void {
  const hits = new Int32Array(LANGUAGES);
  for (let at = start; at < end; at++) {
    if (entries[at] === WALL) continue;
    const bits = stopsOf(entries[at] >> 3);
    for (let language = 0; bits >> language > 0; language++) hits[language] += (bits >> language) & 1;
  }
  const active = activeLanguages(hits);
  for (let at = start; at < end; at++) {
    if (entries[at] !== WALL && (stopsOf(entries[at] >> 3) & active) !== 0) entries[at] |= 1;
  }
}

/** English words that precede a noun, not a verb, and follow a verb rather than a noun. */
const DETERMINERS = new Set('a an the this these those our their its his her'.split(' '));
/** A word followed by a determiner in this share of its occurrences counts as a verb or a preposition. */
const VERB_SHARE = 0.2;
const MIN_VERBS = 5;

/** Marks words that often directly precede a determiner, unlike nouns, as stop words: verbs that no list has. */
function markVerbs(entries: Int32Array, { written, wordOf, folded }: Vocabulary): void {
  const isDeterminer = Uint8Array.from(written, (text) => (DETERMINERS.has(text) ? 1 : 0));
  const all = new Int32Array(folded.length);
  const before = new Int32Array(folded.length);
  for (let at = 0; at + 1 < entries.length; at++) {
    if (entries[at] === WALL) continue;
    const word = wordOf[entries[at] >> 3];
    all[word]++;
    if (entries[at + 1] !== WALL && isDeterminer[entries[at + 1] >> 3] === 1) before[word]++;
  }
  for (let at = 0; at < entries.length; at++) {
    if (entries[at] === WALL) continue;
    const word = wordOf[entries[at] >> 3];
    if (all[word] >= MIN_VERBS && before[word] > VERB_SHARE * all[word]) entries[at] |= 1;
  }
}

/** One occurrence of a phrase in a stream, in fields that the scan sets before each `visit`. */
export interface PhraseVisitor {
  /** `low` and `high`: hashes of its letters, which are the same for `zero-shot` and `zero shot`. */
  low: number;
  high: number;
  /** Its entries are [from, to). */
  from: number;
  to: number;
  /** Whether the word before it cannot belong to it; `freeAfter`: the word after it. */
  freeBefore: boolean;
  freeAfter: boolean;
  visit(): void;
}

/** Visits the phrases of the entries [start, end): see {@link makePhraseScan}. */
export type PhraseScan = (start: number, end: number, visitor: PhraseVisitor) => void;

/**
 * A scan over a stream for phrases: one to three words without a wall between them, without a stop word at an edge or,
 * except links such as `of`, in the middle; not a single weak word, and not ending in a past form. O(entries), no
 * allocation.
 */
export function makePhraseScan(stream: TokenStream): PhraseScan {
  const { entries, vocabulary } = stream;
  const { traits, wordOf } = vocabulary;
  const hashes = hashWords(vocabulary.folded);
  return (start, end, visitor) => {
    for (let from = start; from < end; from++) {
      if (!isEdge(entries[from], traits)) continue;
      visitor.from = from;
      visitor.freeBefore = from === start || !isEdge(entries[from - 1], traits);
      visitor.low = 0;
      visitor.high = 0;
      let strong = false;
      for (let to = from; to < end && to < from + MAX_PHRASE_WORDS; to++) {
        const entry = entries[to];
        if (entry === WALL) break;
        const word = wordOf[entry >> 3];
        visitor.low = (Math.imul(visitor.low, hashes.lowPower[word]) + hashes.low[word]) | 0;
        visitor.high = (Math.imul(visitor.high, hashes.highPower[word]) + hashes.high[word]) | 0;
        if (!isEdge(entry, traits)) {
          if (to !== from + 1 || (traits[entry >> 3] & TRAITS.link) === 0) break;
          continue;
        }
        const trait = traits[entry >> 3];
        strong ||= (trait & TRAITS.notAlone) === 0;
        if (!strong || (trait & TRAITS.noEnd) !== 0) continue;
        if (to > from && word === wordOf[entries[to - 1] >> 3]) break;
        visitor.to = to + 1;
        visitor.freeAfter = to + 1 >= end || !isEdge(entries[to + 1], traits);
        visitor.visit();
      }
    }
  };
}

function isEdge(entry: number, traits: Uint8Array): boolean {
  return entry !== WALL && (entry & 1) === 0 && (traits[entry >> 3] & TRAITS.noEdge) === 0;
}

interface WordHashes {
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** The base to the power of a word's length, the factor for the hash of the words before it; `highPower` likewise. */
  readonly lowPower: Int32Array;
  readonly highPower: Int32Array;
}

const LOW_BASE = 0x01000193;
const HIGH_BASE = 0x5bd1e995;

/** Two polynomial hashes of each word, so that the hash of words in a row is that of their letters in a row. */
function hashWords(words: readonly string[]): WordHashes {
  const make = () => new Int32Array(words.length);
  const hashes = { low: make(), high: make(), lowPower: make().fill(1), highPower: make().fill(1) };
  words.forEach((word, w) => {
    for (let at = 0; at < word.length; at++) {
      const unit = word.charCodeAt(at) + 1;
      hashes.low[w] = (Math.imul(hashes.low[w], LOW_BASE) + Math.imul(unit, 0x9e3779b1)) | 0;
      hashes.high[w] = (Math.imul(hashes.high[w], HIGH_BASE) + Math.imul(unit, 0x85ebca6b)) | 0;
      hashes.lowPower[w] = Math.imul(hashes.lowPower[w], LOW_BASE);
      hashes.highPower[w] = Math.imul(hashes.highPower[w], HIGH_BASE);
    }
  });
  return hashes;
}
