/** How often a term stands in each field of a paper, packed in 32 bits: title 8, text 16, authors 8, from the low end. */
export type PackedFrequencies = number;

/** Postings by term: those of term t stand at `offsets[t]` up to `offsets[t + 1]`, papers rising. */
export interface Postings {
  readonly offsets: Int32Array;
  readonly papers: Int32Array;
  readonly packed: Uint32Array;
}

/** Takes postings as papers come. */
export interface PostingLog {
  push(term: number, paper: number, packed: PackedFrequencies): void;
  /** All postings in the order of terms (counting sort, O(postings)), for terms 0 … termCount − 1. */
  sortByTerm(termCount: number): Postings;
}

/** `packed` with one occurrence more in field `field` (0…2); at its maximum, where BM25 has no use for more, as it was. */
export function addOccurrence(packed: PackedFrequencies, field: number): PackedFrequencies {
  return frequencyIn(packed, field) < MAXIMA[field] ? packed + UNITS[field] : packed;
}

/** How often the term stands in field `field` (0…2). */
export function frequencyIn(packed: PackedFrequencies, field: number): number {
  return (packed >>> SHIFTS[field]) & MAXIMA[field];
}

/** An empty log, in typed arrays that double. */
export function makePostingLog(): PostingLog {
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

const SHIFTS = [0, 8, 24];
const MAXIMA = [0xff, 0xffff, 0xff];
const UNITS = [1, 2 ** 8, 2 ** 24];

function grown<Values extends Int32Array | Uint32Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}
