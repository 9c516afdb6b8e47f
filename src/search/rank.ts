import type { Atom } from './query.ts';

/** Papers ordered by how well they match. */
export interface Ranking {
  /** Paper indexes, best first; equal scores in paper order. */
  readonly indices: Int32Array;
  readonly scores: Float32Array;
  /** For each of `indices`, the share of the query's information (sum of idf) that it holds, 0…1. */
  readonly shares: Float32Array;
  /** How many papers match, which may be more than `indices` holds. */
  readonly total: number;
  /** Whether no paper matches all atoms, so that these match a part of the query, best coverage first. */
  readonly relaxed: boolean;
}

/** A ranking, and which papers could have been in it. */
export interface RankedPapers extends Ranking {
  /** Words that more than half of the papers have, of a query that is relaxed: they tell no paper from another. */
  readonly common: ReadonlySet<Atom>;
  /** Whether more than half of the words are in no paper. */
  readonly isStrange: boolean;
  /** For each paper 1 if it may be a hit, 0 if the query or `within` leaves it out. */
  readonly admitted: Uint8Array;
}

/** Which papers are ranked, and how many of them are returned. */
export interface RankOptions {
  /** Most papers to return, best first; default all. */
  readonly limit?: number;
  /** Papers with a 0 are left out of the ranking; null, the default, leaves none out. */
  readonly within?: Uint8Array | null;
}

/** BM25's b, the length normalisation. This and the two constants below are MiniSearch's defaults. */
export const BM25_B = 0.7;
const BM25_K = 1.2;
const BM25_DELTA = 0.5;

/**
 * Ranks `paperCount` papers. `score` adds to each paper its weighted frequency of one atom, 0 for no match. Each atom
 * is one term of BM25+ (Lv & Zhai 2011) over such frequencies as in BM25F (Robertson & Zaragoza 2004, eq. 4), so that a
 * prefix that matches a hundred words weighs as one term, not as the rarest of them.
 * All atoms must match; if no paper has all, papers with some are ordered by the share of the query's information (sum
 * of idf) that they cover, then by score. Then atoms in more than half of the papers match none alone: their weight of
 * Robertson & Spärck Jones (1976) is negative, which needs no list of stop words in any language. O(atoms × papers + matches × log matches).
 */
export function rankPapers(
  atoms: readonly Atom[],
  paperCount: number,
  score: (atom: Atom, into: Float32Array) => void,
  { limit = Number.POSITIVE_INFINITY, within = null }: RankOptions = {},
): RankedPapers {
  const sums = new Float64Array(paperCount);
  const covered = new Float64Array(paperCount);
  const matched = new Uint16Array(paperCount);
  const telling = new Uint16Array(paperCount);
  const common = new Set<Atom>();
  let unknown = 0;
  const frequencies = new Float32Array(paperCount);
  const wanted = atoms.filter((atom) => !atom.excluded);
  let information = 0;
  for (const atom of wanted) {
    frequencies.fill(0);
    score(atom, frequencies);
    const { idf, found } = addAtom(frequencies, sums, covered, matched);
    information += idf;
    if (found === 0) unknown++;
    if (2 * found > paperCount) common.add(atom);
    else countMatches(frequencies, telling);
  }
  const admitted = admittedPapers(atoms, paperCount, score, within);
  const indices = new Int32Array(paperCount);
  let total = select(indices, matched, wanted.length, admitted);
  const relaxed = total === 0 && wanted.length > 1;
  if (relaxed) {
    const isTold = telling.some((count) => count > 0);
    total = select(indices, isTold ? telling : matched, 1, admitted);
    if (!isTold) common.clear();
    for (let paper = 0; paper < paperCount; paper++) sums[paper] += covered[paper] * COVERAGE_FIRST;
  }
  const ranked = indices.subarray(0, total).sort((a, b) => sums[b] - sums[a] || a - b);
  const kept = ranked.slice(0, Math.max(0, Math.min(limit, total)));
  if (relaxed) for (const paper of kept) sums[paper] -= covered[paper] * COVERAGE_FIRST;
  return {
    indices: kept,
    scores: Float32Array.from(kept, (paper) => sums[paper]),
    shares: Float32Array.from(kept, (paper) => (information > 0 ? covered[paper] / information : 1)),
    total,
    relaxed: relaxed && total > 0,
    common: relaxed ? common : NONE,
    isStrange: 2 * unknown > wanted.length,
    admitted,
  };
}

/** Larger than any difference of scores, so that coverage decides first. */
const COVERAGE_FIRST = 1e6;

const NONE: ReadonlySet<Atom> = new Set();

function countMatches(frequencies: Float32Array, counts: Uint16Array): void {
  for (let paper = 0; paper < counts.length; paper++) if (frequencies[paper] > 0) counts[paper]++;
}

/** Adds the scores of one atom. Returns its information and the number of papers that have it. */
function addAtom(
  frequencies: Float32Array,
  sums: Float64Array,
  covered: Float64Array,
  matched: Uint16Array,
): { readonly idf: number; readonly found: number } {
  const n = frequencies.length;
  let found = 0;
  for (let paper = 0; paper < n; paper++) if (frequencies[paper] > 0) found++;
  const idf = Math.log(1 + (n - found + 0.5) / (found + 0.5));
  for (let paper = 0; paper < n; paper++) {
    const frequency = frequencies[paper];
    if (frequency <= 0) continue;
    matched[paper]++;
    covered[paper] += idf;
    sums[paper] += idf * (BM25_DELTA + (frequency * (BM25_K + 1)) / (frequency + BM25_K));
  }
  return { idf, found };
}

function admittedPapers(
  atoms: readonly Atom[],
  paperCount: number,
  score: (atom: Atom, into: Float32Array) => void,
  within: Uint8Array | null,
): Uint8Array {
  const excluded = new Float32Array(paperCount);
  for (const atom of atoms) if (atom.excluded) score(atom, excluded);
  return Uint8Array.from(excluded, (frequency, paper) => (frequency === 0 && within?.[paper] !== 0 ? 1 : 0));
}

/** Writes the admitted papers with at least `least` atoms matched to the front of `indices`. */
function select(indices: Int32Array, matched: Uint16Array, least: number, admitted: Uint8Array): number {
  let count = 0;
  for (let paper = 0; paper < matched.length; paper++) {
    if (matched[paper] >= least && admitted[paper] !== 0) indices[count++] = paper;
  }
  return count;
}
