import { isCancelled, StageError } from '../model/failure.ts';
import type { QuantizedMatrix } from '../model/matrix.ts';
import type { SentenceVectors } from '../model/sentence-vectors.ts';
import { makeWorkerSlot, type WorkerSlot } from '../worker/worker-slot.ts';
import { makeLatestOnly } from './latest-only.ts';
import { titleQuery } from './query.ts';
import type { SearchApi, SearchHits, SearchOptions, SearchPaper, SearchRequest } from './search.api.ts';
import type { SharedWord } from './shared-words.ts';

/** Search by words and by meaning in a worker. */
export interface Searcher {
  /**
   * Makes `papers` searchable in place of all earlier ones; resolves when the index is built. Until then, a plain scan
   * finds the papers that have arrived. Rejects with `cancelled` when a newer call takes over, or on abort, which
   * leaves nothing to be found.
   */
  index(papers: readonly SearchPaper[], options?: IndexOptions): Promise<void>;
  /** Sets the vectors of the papers indexed last; null removes them. Resolves when the worker has them. */
  setVectors(vectors: SearchVectors | null): Promise<void>;
  /** Ends hits by meaning where texts without sense, with these vectors, come as near; until vectors are set anew. */
  learnChance(vectors: readonly Float32Array[]): Promise<void>;
  /**
   * Searches the papers that have arrived. While one search runs, only the newest waits; an overtaken one, and one cut
   * off by `dispose`, resolves to null. Rejects with `worker-died` when the worker was lost: then index again.
   */
  search(query: string, options?: SearchOptions): Promise<SearchHits | null>;
  /** The first `limit` papers whose titles hold all the words; the last word may be unfinished. Calls may overlap. */
  findTitles(words: string, limit: number): Promise<Int32Array>;
  /** The words that two papers share, heaviest first; null while the index is being built. */
  sharedWords(a: number, b: number, limit: number): Promise<SharedWord[] | null>;
  /** Ends the worker and frees its memory, for good. */
  dispose(): void;
}

/** The vectors for search by meaning; a map has them. */
export interface SearchVectors {
  /** One row for each paper. */
  readonly embedding: QuantizedMatrix | null;
  /** Vectors of the papers' sentences, which improve the ranking for a text; copied to the worker, packed. */
  readonly sentences?: SentenceVectors;
}

/** How papers are indexed. */
export interface IndexOptions {
  /** Aborting leaves nothing to be found. */
  readonly signal?: AbortSignal;
  /** The papers' vectors; without them there is no search by meaning. */
  readonly vectors?: SearchVectors | null;
}

/** A searcher without papers; its worker starts with the first call. */
export function makeSearcher(): Searcher {
  const slot = makeWorkerSlot<SearchApi>(
    'search',
    () => new Worker(new URL('./search.worker.ts', import.meta.url), { type: 'module' }),
  );
  let run = 0;
  let disposed = false;

  const searchLatest = makeLatestOnly((request: SearchRequest) =>
    disposed ? Promise.reject(cancelled('the searcher is disposed')) : slot.call((api) => api.search(run, request)),
  );

  return {
    async index(papers, options = {}) {
      const { signal, vectors = null } = options;
      const mine = ++run;
      const check = (): void => {
        if (disposed || signal?.aborted) throw cancelled('indexing was cancelled');
        if (mine !== run) throw cancelled('newer papers replaced these');
      };
      const onAbort = (): void => {
        if (mine === run && !disposed) void slot.call((api) => api.begin(++run)).catch(() => undefined);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        await sendPapers(slot, { run: mine, papers, vectors, check });
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    setVectors: (vectors) => sendVectors(slot, run, vectors),
    learnChance: (vectors) => slot.call((api) => api.learnChance(run, vectors)),
    async search(query, options = {}) {
      try {
        return await searchLatest({ ...EVERYTHING, ...options, query });
      } catch (error) {
        if (isCancelled(error)) return null;
        throw error;
      }
    },
    async findTitles(text, limit) {
      const request = { ...EVERYTHING, query: titleQuery(text), mode: 'words', limit } as const;
      const { indices, relaxed } = await slot.call((api) => api.search(run, request));
      return relaxed ? new Int32Array(0) : indices;
    },
    sharedWords: (a, b, limit) => slot.call((api) => api.sharedWords(run, a, b, limit)),
    dispose() {
      disposed = true;
      slot.stop();
    },
  };
}

interface PaperSet {
  readonly run: number;
  readonly papers: readonly SearchPaper[];
  readonly vectors: SearchVectors | null;
  /** Throws `cancelled` once these papers are no longer wanted. */
  check(): void;
}

async function sendPapers(slot: WorkerSlot<SearchApi>, { run, papers, vectors, check }: PaperSet): Promise<void> {
  check();
  await slot.call((api) => api.begin(run));
  for (let from = 0; from < papers.length; from += CHUNK) {
    check();
    // A paper holds more, but only what search reads is sent.
    const part = papers.slice(from, from + CHUNK).map(({ title, text, authors }) => ({ title, text, authors }));
    await slot.call((api) => api.add(run, part));
  }
  check();
  if (vectors?.embedding) await sendVectors(slot, run, vectors);
  check();
  await slot.call((api) => api.finish(run));
  check();
}

function sendVectors(slot: WorkerSlot<SearchApi>, run: number, vectors: SearchVectors | null): Promise<void> {
  const { embedding = null, sentences = null } = vectors ?? {};
  return slot.call((api) => api.setVectors(run, embedding, sentences));
}

const EVERYTHING: Required<SearchOptions> = {
  limit: Number.POSITIVE_INFINITY,
  mode: 'hybrid',
  vector: null,
  like: [],
  unlike: [],
  isPending: false,
  within: null,
};

/** Papers in one message: few enough that a search waits only some milliseconds for it. */
const CHUNK = 250;

function cancelled(message: string): StageError {
  return new StageError('cancelled', 'search', message);
}
