import { type TokenStream, WALL } from './token-stream.ts';
import { TRAITS } from './vocabulary.ts';

/** Longest phrase, in words. */
const MAX_WORDS = 3;

/** One occurrence of a phrase in a stream, told through fields that the scan sets. */
export interface PhraseVisitor {
  /** Hashes of the letters of its words: those of `zero-shot` and `zero shot` are the same. */
  low: number;
  high: number;
  /** Its entries are [from, to). */
  from: number;
  to: number;
  /** Whether no word that could belong to it stands before it, or behind it. */
  freeBefore: boolean;
  freeAfter: boolean;
  visit(): void;
}

/** Tells `visitor` the phrases of the entries [start, end): see {@link makePhraseScan}. */
export type PhraseScan = (start: number, end: number, visitor: PhraseVisitor) => void;

/**
 * A scan over a stream for phrases: one to three words with no wall between them, no stop word at an edge, none in the
 * middle but links such as `of`; not one weak word alone, nor any that ends in a past form. O(entries), no allocation.
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
      for (let to = from; to < end && to < from + MAX_WORDS; to++) {
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
  /** The bases to the power of a word's length: what its predecessors' hash is multiplied by. */
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
