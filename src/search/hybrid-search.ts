import { type Chance, floorOf } from './chance.ts';
import { BY_MEANING, BY_WORDS, type Fused, fuse, MIN_SHARE } from './fuse.ts';
import { requiresWords } from './query.ts';
import type { SearchHits, SearchRequest } from './search.api.ts';
import type { NearestPapers, VectorSearch } from './vector-search.ts';
import type { WordHits, WordSearch } from './word-search.ts';

/**
 * Answers a request by words, by meaning, or by both. If the papers or the query have no vectors, words alone answer,
 * and `meaning` mode gives no hits. Both rankings leave out what the query excludes and what is outside `within`; if
 * the query requires words, hits by meaning must have them too. Sentences are used only if the query has a text: they
 * do not help to find papers like an example. Hits of a text by meaning end where `chance` begins. While the vector is
 * pending, papers with some of the words are hits only if they will be hits then too. O(n·d) with a vector.
 */
export function searchHybrid(
  words: WordSearch,
  meaning: VectorSearch | null,
  request: SearchRequest,
  chance: Chance | null = null,
): SearchHits {
  const vector = request.mode === 'words' ? null : (meaning?.vectorOf(request) ?? null);
  const within = vector === null ? request.within : withoutChosen(request, words.paperCount);
  const isText = request.vector !== null && request.like.length + request.unlike.length === 0;
  const found = words.search(request.query, { within });
  const nearest =
    meaning && vector
      ? meaning.nearest(
          vector,
          NEAREST,
          admittedByMeaning(found, request, within),
          request.vector !== null,
          // Examples are papers, which are nearer to others than any text.
          isText ? floorOf(chance, found.isStrange) : undefined,
        )
      : null;
  // Where the papers have no such thing, the query has no place on their map either.
  const placing = nearest && isText && chance ? Math.min(PLACING, nearest.relevant) : PLACING;
  const { terms, searched, indexed } = found;
  return {
    ...answer(found, nearest, request, words.paperCount),
    terms,
    searched,
    indexed,
    endsAtChance: nearest?.isCut ?? false,
    nearest: nearest && {
      indices: nearest.indices.slice(0, placing),
      cosines: nearest.cosines.slice(0, placing),
    },
  };
}

/** Length of the ranking by meaning; papers after it can only be hits by their words. */
const NEAREST = 200;
/** How many of the nearest papers place the query on the map. */
const PLACING = 10;

type Answer = Fused & Pick<SearchHits, 'relaxed'>;

function answer(found: WordHits, nearest: NearestPapers | null, request: SearchRequest, paperCount: number): Answer {
  const { limit, mode } = request;
  if (mode === 'meaning') return { ...byMeaning(nearest, limit), relaxed: false };
  if (nearest === null) {
    const shown = found.relaxed && request.isPending ? withoutWeak(found) : found;
    return { ...byWords(shown, limit), relaxed: found.relaxed && shown.total > 0 };
  }
  const fused = fuse(found, nearest, paperCount, limit);
  return { ...fused, relaxed: found.relaxed && fused.why.some((why) => (why & BY_WORDS) !== 0) };
}

function byWords({ indices, scores, total }: WordHits, limit: number): Fused {
  const kept = indices.slice(0, limit);
  return { indices: kept, scores: scores.slice(0, limit), why: new Uint8Array(kept.length).fill(BY_WORDS), total };
}

/** Without papers that hold too little of the query to be hits beside meaning. */
function withoutWeak(found: WordHits): WordHits {
  const ranks = found.indices.map((_, rank) => rank).filter((rank) => found.shares[rank] > MIN_SHARE);
  return {
    ...found,
    indices: ranks.map((rank) => found.indices[rank]),
    scores: Float32Array.from(ranks, (rank) => found.scores[rank]),
    total: ranks.length,
  };
}

function byMeaning(nearest: NearestPapers | null, limit: number): Fused {
  const total = nearest?.relevant ?? 0;
  const count = Math.min(limit, total);
  return {
    indices: nearest?.indices.slice(0, count) ?? new Int32Array(),
    scores: nearest?.cosines.slice(0, count) ?? new Float32Array(),
    why: new Uint8Array(count).fill(BY_MEANING),
    total,
  };
}

/** `within` without the papers chosen as examples, which must not be hits. */
function withoutChosen({ within, like, unlike }: SearchRequest, paperCount: number): Uint8Array | null {
  if (like.length + unlike.length === 0) return within;
  const admitted = within?.slice() ?? new Uint8Array(paperCount).fill(1);
  for (const paper of [...like, ...unlike]) admitted[paper] = 0;
  return admitted;
}

function admittedByMeaning(found: WordHits, request: SearchRequest, within: Uint8Array | null): Uint8Array | null {
  // A query without words leaves no paper out.
  if (found.admitted.length === 0) return within;
  if (request.mode === 'meaning' || found.relaxed || !requiresWords(request.query)) return found.admitted;
  const admitted = new Uint8Array(found.admitted.length);
  for (const paper of found.indices) admitted[paper] = 1;
  return admitted;
}
