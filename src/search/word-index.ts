import SearchableMap from 'minisearch/SearchableMap';
import { makeCounter, TEXT_END } from './match-text.ts';
import { FIELD_WEIGHTS, type PaperStore } from './paper-store.ts';
import { type Atom, FIELDS, type LiteralAtom, type PhraseAtom, type WordAtom } from './query.ts';
import { BM25_B } from './rank.ts';
import { corrections, forEachMatch, literalTerms, phraseTerms, type Terms } from './term-match.ts';
import { forEachWord, WHOLE_WORD } from './words.ts';

/** An inverted index over a {@link PaperStore}. Frozen: papers added to the store later are not in it. */
export interface WordIndex {
  readonly paperCount: number;
  readonly termCount: number;
  /**
   * Adds to `into[paper]` how strongly each paper matches `atom`: its frequency, weighted by field and normalised by
   * length as in BM25F. O(postings) for words; phrases and literals also read the texts that hold their words.
   */
  score(atom: Atom, into: Float32Array): void;
  /** How many papers hold the word, folded, in any field. */
  papersWith(word: string): number;
  /** The indexed words that a misspelt word may mean; see `corrections` of term-match.ts. */
  corrections(atom: WordAtom): readonly string[];
}

/**
 * A builder over `store`. It uses MiniSearch's radix tree (prefixes, typos) but not its search: on 10,000 papers, that
 * cost up to 101 ms a keystroke for its result objects, and 68 MB for its postings in nested maps.
 */
export function makeWordIndexBuilder(store: PaperStore): WordIndexBuilder {
  const terms: Terms = new SearchableMap<number>();
  const log = makePostingLog();
  const lengths: number[] = [];
  let termCount = 0;

  function termOf(word: string): number {
    const known = terms.get(word);
    if (known !== undefined) return known;
    terms.set(word, termCount);
    return termCount++;
  }

  return {
    get indexed() {
      return lengths.length / FIELDS.length;
    },
    addNext() {
      const paper = lengths.length / FIELDS.length;
      const frequencies = new Map<string, number>();
      for (let f = 0; f < FIELDS.length; f++) lengths.push(countWords(store.textOf(paper, FIELDS[f]), f, frequencies));
      for (const [word, packed] of frequencies) log.push(termOf(word), paper, packed);
    },
    finish: () => makeWordIndex(store, terms, log.sortByTerm(termCount), lengthNorms(lengths)),
  };
}

/** Adds papers one by one, so that the caller can pause between two. */
interface WordIndexBuilder {
  /** How many papers of the store have been added. */
  readonly indexed: number;
  /** Adds the next paper of the store. O(its words). */
  addNext(): void;
  /** The index of all papers added. Ends the use of the builder. O(postings). */
  finish(): WordIndex;
}

/** Occurrences of a term in each field of a paper, packed in 32 bits from the low end: title 8, text 16, authors 8. */
type PackedFrequencies = number;

/** Postings by term: those of term t are at `offsets[t]` up to `offsets[t + 1]`, papers ascending. */
interface Postings {
  readonly offsets: Int32Array;
  readonly papers: Int32Array;
  readonly packed: Uint32Array;
}

/** Collects postings in the order of papers. */
interface PostingLog {
  push(term: number, paper: number, packed: PackedFrequencies): void;
  /** All postings in the order of terms 0 … termCount − 1. Counting sort, O(postings). */
  sortByTerm(termCount: number): Postings;
}

/** `packed` with one more occurrence in field `field` (0…2), up to a maximum beyond which BM25 hardly changes. */
function addOccurrence(packed: PackedFrequencies, field: number): PackedFrequencies {
  return frequencyIn(packed, field) < MAXIMA[field] ? packed + UNITS[field] : packed;
}

/** How often the term occurs in field `field` (0…2). */
function frequencyIn(packed: PackedFrequencies, field: number): number {
  return (packed >>> SHIFTS[field]) & MAXIMA[field];
}

/** An empty log, in typed arrays that grow by doubling. */
function makePostingLog(): PostingLog {
  let size = 0;
  let terms = new Int32Array(1024);
  let papers = new Int32Array(1024);
  let packed = new Uint32Array(1024);
  return {
    push(term, paper, frequencies) {
      if (size === terms.length) {
        terms = grown(terms, new Int32Array(size * 2));
        papers = grown(papers, new Int32Array(size * 2));
        packed = grown(packed, new Uint32Array(size * 2));
      }
      terms[size] = term;
      papers[size] = paper;
      packed[size++] = frequencies;
    },
    sortByTerm(termCount) {
      const offsets = new Int32Array(termCount + 1);
      for (let i = 0; i < size; i++) offsets[terms[i] + 1]++;
      for (let t = 0; t < termCount; t++) offsets[t + 1] += offsets[t];
      const next = offsets.slice(0, termCount);
      const sorted = { offsets, papers: new Int32Array(size), packed: new Uint32Array(size) };
      for (let i = 0; i < size; i++) {
        const at = next[terms[i]]++;
        sorted.papers[at] = papers[i];
        sorted.packed[at] = packed[i];
      }
      return sorted;
    },
  };
}

/** Factor for an unspaced text that the segmenter finds as a word, not only as neighbouring letters. */
const WHOLE_WORD_BONUS = 1.5;

/** Counts the words of a field into `frequencies`; returns how many there are. */
function countWords(searchable: string, field: number, frequencies: Map<string, number>): number {
  const end = searchable.indexOf(TEXT_END);
  let length = 0;
  forEachWord(end < 0 ? searchable : searchable.slice(0, end), (word) => {
    length++;
    frequencies.set(word, addOccurrence(frequencies.get(word) ?? 0, field));
  });
  return length;
}

/** The length normalisation of BM25F for each paper and field: 1 / (1 − b + b · length / mean length). */
function lengthNorms(lengths: readonly number[]): Float32Array {
  const sums = FIELDS.map(() => 0);
  for (let i = 0; i < lengths.length; i++) sums[i % sums.length] += lengths[i];
  const perPaper = (BM25_B * lengths.length) / sums.length;
  return Float32Array.from(lengths, (length, i) => {
    const sum = sums[i % sums.length];
    return sum === 0 ? 1 : 1 / (1 - BM25_B + (perPaper * length) / sum);
  });
}

function makeWordIndex(store: PaperStore, terms: Terms, postings: Postings, norms: Float32Array): WordIndex {
  const { offsets, papers, packed } = postings;
  const paperCount = norms.length / FIELDS.length;

  function addTerm(term: number, weight: number, field: number, into: Float32Array): void {
    const scale = weight * FIELD_WEIGHTS[FIELDS[field]];
    for (let i = offsets[term]; i < offsets[term + 1]; i++) {
      const frequency = frequencyIn(packed[i], field);
      if (frequency > 0) into[papers[i]] += scale * frequency * norms[papers[i] * FIELDS.length + field];
    }
  }

  /** Calls `found` for each paper that has, for each requirement, at least one of its terms. */
  function forEachWithAll(requirements: readonly (readonly number[])[], found: (paper: number) => void): void {
    const met = new Uint16Array(paperCount);
    requirements.forEach((alternatives, i) => {
      for (const term of alternatives) {
        for (let p = offsets[term]; p < offsets[term + 1]; p++) if (met[papers[p]] === i) met[papers[p]] = i + 1;
      }
    });
    for (let paper = 0; paper < paperCount; paper++) if (met[paper] === requirements.length) found(paper);
  }

  function scoreByText(atom: PhraseAtom | LiteralAtom, fields: readonly number[], into: Float32Array): void {
    const count = makeCounter(atom);
    forEachWithAll(atom.kind === 'phrase' ? phraseTerms(terms, atom) : literalTerms(terms, atom), (paper) => {
      for (const field of fields) {
        const scale = FIELD_WEIGHTS[FIELDS[field]] * norms[paper * FIELDS.length + field];
        into[paper] += scale * count(store.textOf(paper, FIELDS[field]));
      }
    });
    const whole = atom.kind === 'literal' ? terms.get(atom.text + WHOLE_WORD) : undefined;
    if (whole === undefined) return;
    for (let i = offsets[whole]; i < offsets[whole + 1]; i++) into[papers[i]] *= WHOLE_WORD_BONUS;
  }

  return {
    paperCount,
    termCount: offsets.length - 1,
    score(atom, into) {
      const fields = FIELDS.map((_, i) => i).filter((i) => atom.field === null || atom.field === FIELDS[i]);
      if (atom.kind !== 'word') {
        scoreByText(atom, fields, into);
        return;
      }
      forEachMatch(terms, atom, (term, weight) => {
        for (const field of fields) addTerm(term, weight, field, into);
      });
    },
    papersWith(word) {
      const term = terms.get(word);
      return term === undefined ? 0 : offsets[term + 1] - offsets[term];
    },
    corrections: (atom) => corrections(terms, atom),
  };
}

const SHIFTS = [0, 8, 24];
const MAXIMA = [0xff, 0xffff, 0xff];
const UNITS = [1, 2 ** 8, 2 ** 24];

function grown<Values extends Int32Array | Uint32Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}
