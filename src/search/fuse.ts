import type { Ranking } from './rank.ts';
import type { NearestPapers } from './vector-search.ts';

/** A paper is a hit by its words: a bit of {@link Fused.why}. */
export const BY_WORDS = 1;
/** A paper is a hit by its meaning: a bit of {@link Fused.why}. */
export const BY_MEANING = 2;

/** Hits of both halves in one order. */
export interface Fused {
  /** Paper indexes, best first; equal scores in paper order. */
  readonly indices: Int32Array;
  readonly scores: Float32Array;
  /** For each hit BY_WORDS, BY_MEANING, or both. */
  readonly why: Uint8Array;
  /** How many papers are hits, which may be more than `indices` holds. */
  readonly total: number;
}

/**
 * Fuses the ranking by words with that by meaning.
 *
 * - Where papers hold all the words: reciprocal rank fusion (RRF; Cormack, Clarke & Büttcher 2009). The ranking by meaning
 *   weighs a twentieth, enough to order what words alone cannot tell apart.
 * - Where none does: a weighted sum of scores, since ranks do not say by how much a paper is ahead (Bruch, Gai & Ingber
 *   2023). The cosine as a z-score over all papers, plus the score by words times the third power of the share (0…1) of the
 *   query's information (sum of idf) that the paper holds: a third of a query, which chance words make, then counts for
 *   little against similarity of meaning, and most of a query for more.
 *
 * A paper is a hit by its words when it holds more than half of the information, by meaning when it is one of the
 * `relevant`. Weights of the words from 0.2 to 0.6 differ by .03 (MRR) at most. O(n + hits · log hits).
 */
export function fuse(
  words: Ranking,
  nearest: NearestPapers,
  paperCount: number,
  limit = Number.POSITIVE_INFINITY,
): Fused {
  const sums = words.relaxed
    ? weightedSum(words, nearest, paperCount)
    : reciprocalRankFusion(words, nearest, paperCount);
  const why = reasons(words, nearest, paperCount);
  const hits = new Int32Array(paperCount);
  let total = 0;
  for (let paper = 0; paper < paperCount; paper++) if (why[paper] !== 0) hits[total++] = paper;
  const ranked = hits.subarray(0, total).sort((a, b) => sums[b] - sums[a] || a - b);
  const indices = ranked.slice(0, Math.max(0, Math.min(limit, total)));
  return {
    indices,
    scores: Float32Array.from(indices, (paper) => sums[paper]),
    why: Uint8Array.from(indices, (paper) => why[paper]),
    total,
  };
}

/** The k of RRF: the authors' 60 is for many rankings, a third of it for two. */
const RRF_K = 20;
/** Of the ranking by meaning beside hits that hold all the words. */
const MEANING_WEIGHT = 0.05;
/** Standard deviations of the cosine that one unit of BM25 is worth in a paper that holds all of the query. */
const WORD_WEIGHT = 0.4;
/** Of the query's information, in a hit by words. */
const MIN_SHARE = 0.5;
/** Cosines that differ by less are the same up to rounding. */
const MIN_DEVIATION = 1e-6;

function reciprocalRankFusion(words: Ranking, nearest: NearestPapers, paperCount: number): Float64Array {
  const sums = new Float64Array(paperCount);
  const weight = words.indices.length > 0 ? MEANING_WEIGHT : 1;
  words.indices.forEach((paper, rank) => {
    sums[paper] += 1 / (RRF_K + rank + 1);
  });
  nearest.indices.forEach((paper, rank) => {
    sums[paper] += weight / (RRF_K + rank + 1);
  });
  return sums;
}

/** The sums of papers that are no hits are not used, and may be without meaning. */
function weightedSum(words: Ranking, { all, mean, deviation }: NearestPapers, paperCount: number): Float64Array {
  const sums = new Float64Array(paperCount);
  const scale = deviation > MIN_DEVIATION ? 1 / deviation : 0;
  for (let paper = 0; paper < paperCount; paper++) sums[paper] = (all[paper] - mean) * scale;
  words.indices.forEach((paper, rank) => {
    sums[paper] += WORD_WEIGHT * words.scores[rank] * words.shares[rank] ** 3;
  });
  return sums;
}

function reasons(words: Ranking, { indices, relevant }: NearestPapers, paperCount: number): Uint8Array {
  const why = new Uint8Array(paperCount);
  words.indices.forEach((paper, rank) => {
    if (words.shares[rank] > MIN_SHARE) why[paper] = BY_WORDS;
  });
  for (let rank = 0; rank < relevant; rank++) why[indices[rank]] |= BY_MEANING;
  return why;
}
