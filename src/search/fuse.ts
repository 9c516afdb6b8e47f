import type { Nearest } from './meaning.ts';
import type { Ranking } from './rank.ts';

/** Why a paper is a hit: bits of {@link Fused.why}. */
export const BY_WORDS = 1;
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
 * Fuses the ranking by words with that by meaning, by weighted reciprocal ranks (Cormack, Clarke & Büttcher 2009, with
 * a weight for each half). Equal weights drown a good half in a useless one, so each weighs by its evidence:
 *
 * - A paper's rank by words weighs 2·share − 1, where share is how much of the query's information (sum of idf) the
 *   paper holds; at half or less it weighs nothing and the paper is no hit by words.
 * - The rank by meaning weighs what the best such weight leaves of 1, at least a twentieth: enough to order what words
 *   alone cannot tell apart. A paper is a hit by meaning when its cosine stands out (`standing`).
 *
 * So a query whose words all stand in some papers is answered by these first; one whose words stand nowhere, by meaning
 * alone. Measured on the sample's 468 papers (MRR of words, meaning, hybrid): 30 keyword queries 1.00, .85, 1.00; 43
 * queries without shared words .19, .39, .39; 33 in between .81, .87, .89, where equal weights have 1.00, .24, .89.
 * A rank offset from 10 to 60, or a third or fourth power of the share in place of the line, differ by .01.
 * O(n + hits · log hits).
 */
export function fuse(words: Ranking, nearest: Nearest, paperCount: number, limit = Number.POSITIVE_INFINITY): Fused {
  const sums = new Float64Array(paperCount);
  const why = new Uint8Array(paperCount);
  let best = 0;
  for (let rank = 0; rank < words.indices.length; rank++) {
    const evidence = evidenceOf(words.shares[rank]);
    if (evidence <= 0) continue;
    best = Math.max(best, evidence);
    sums[words.indices[rank]] += evidence / (RANK_OFFSET + rank + 1);
    why[words.indices[rank]] = BY_WORDS;
  }
  const rest = Math.max(1 - best, LEAST_MEANING);
  for (let rank = 0; rank < nearest.indices.length; rank++) {
    sums[nearest.indices[rank]] += rest / (RANK_OFFSET + rank + 1);
    if (rank < nearest.standing) why[nearest.indices[rank]] |= BY_MEANING;
  }
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

/** How slowly the worth of a rank falls: the paper's 60 is for pools of many rankings, a third of it for two. */
const RANK_OFFSET = 20;
const LEAST_MEANING = 0.05;

function evidenceOf(share: number): number {
  return Math.max(0, 2 * share - 1);
}
