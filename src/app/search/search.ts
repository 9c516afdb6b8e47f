import { isCancelled, toFailure } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import type { Paper } from '../../model/paper.ts';
import { reduceVector } from '../../model/reduction.ts';
import { GIVEN_DTYPE } from '../../pipeline/given-encoder.ts';
import { makeLatestOnly } from '../../search/latest-only.ts';
import { meaningText } from '../../search/query.ts';
import type { SearchMode } from '../../search/search.api.ts';
import type { Searcher, SearchVectors } from '../../search/search.client.ts';
import type { SharedWord } from '../../search/shared-words.ts';
import type { Encoders } from '../encoders.ts';
import { sentenceOf } from '../messages.ts';
import type { Selectors } from '../selectors.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';
import { type ChanceLearning, makeChanceLearning } from './learn-chance.ts';

/** Search among the shown papers. */
export type Search = ReturnType<typeof makeSearch>;

interface Parts {
  readonly store: Store;
  readonly selectors: Selectors;
  readonly searcher: Omit<Searcher, 'dispose'>;
  readonly encoders: Pick<Encoders, 'currentModel' | 'currentEncoder'>;
}

const MAX_SHARED = 6;
/** Delay after the last key before the model reads the query. */
const TYPING_PAUSE_MS = 200;

/** The question as a string: states with equal keys have the same answer. */
export function questionKey({ query, searchMode, like, unlike, filters }: State): string {
  return JSON.stringify([searchMode, query, like, unlike, filters]);
}

/** Why a map cannot be searched by meaning with the model `id`, as a sentence; null when it can. */
export function whyNoMeaning(map: MapData | null, id: string): string | null {
  if (map === null) return 'By words only: meaning comes with the finished map.';
  const { embedding, info } = map;
  if (embedding === null) return 'By words only: this map file holds no vectors.';
  if (info.encode === null) return 'By words only: the map does not say which model made its vectors.';
  // Number formats may differ: vectors of one text in two formats have a cosine of at least .99.
  if (info.encode.model === id) return null;
  if (info.encode.dtype === GIVEN_DTYPE) {
    return `By words only: the vectors came with the file (${info.encode.model}), and ${id} did not make them.`;
  }
  return `By words only: the vectors were made by ${info.encode.model}, the page has ${id}.`;
}

/** Creates the search of one store; the hits also follow its filters. */
export function makeSearch(parts: Parts) {
  const { store, searcher } = parts;
  const chance = makeChanceLearning(parts);
  let indexing: AbortController | null = null;

  /**
   * Indexes the papers; meanwhile those already indexed can be searched. `vectors`: those of the papers, null while
   * they are unknown.
   */
  async function indexPapers(papers: readonly Paper[], vectors: SearchVectors | null): Promise<void> {
    indexing?.abort();
    const controller = new AbortController();
    indexing = controller;
    store.set({ isIndexed: false });
    try {
      await searcher.index(papers, { signal: controller.signal, vectors });
      chance.forget();
      if (indexing !== controller) return;
      store.set({ isIndexed: true });
      await ask();
    } catch (error) {
      store.report(error, 'search');
    }
  }

  const ask = makeAsking({ ...parts, chance }, () => {
    const { shown } = store.get();
    if (shown) void indexPapers(shown.corpus.papers, shown.map);
  });
  store.subscribe((state, before) => {
    if (state.filters !== before.filters && state.hits) void ask();
  });
  const askWith = (change: Partial<State>): Promise<void> => {
    store.set(change);
    return ask();
  };

  return {
    indexPapers,
    /** Sets the shown papers' vectors for search by meaning; null removes them. */
    indexVectors: (vectors: SearchVectors | null): Promise<void> =>
      searcher
        .setVectors(vectors)
        .then(chance.forget)
        .then(ask)
        .catch((error: unknown) => store.report(error, 'search')),
    /** Searches for `query` and shows the hits unless a newer query has overtaken it. */
    search: (query: string): Promise<void> => askWith({ query }),
    /** Searches again by words, by meaning, or by both. */
    searchBy: (searchMode: SearchMode): Promise<void> => askWith({ searchMode }),
    /** Toggles paper `index` as an example: more like it, or less like it. */
    chooseExample: (index: number, side: 'like' | 'unlike'): Promise<void> =>
      askWith(withExample(store.get(), index, side)),
    /** Ends the search by removing the query and the examples. */
    clearSearch: (): Promise<void> => askWith({ query: '', like: [], unlike: [] }),
    ...makeLookups(searcher),
  };
}

/** Questions to the index beside the search. */
function makeLookups(searcher: Parts['searcher']) {
  return {
    /** The words that two shown papers share, heaviest first; null while they are being indexed or cannot be. */
    sharedWordsOf: (a: number, b: number): Promise<SharedWord[] | null> =>
      searcher.sharedWords(a, b, MAX_SHARED).catch(() => null),
    /** The first papers whose titles contain the words; empty when the index cannot answer. */
    findTitles: (words: string, limit: number): Promise<ArrayLike<number>> =>
      searcher.findTitles(words, limit).catch(() => []),
  };
}

function withExample({ like, unlike, searchMode }: State, index: number, side: 'like' | 'unlike'): Partial<State> {
  const isNew = !{ like, unlike }[side].includes(index);
  const without = { like: like.filter((i) => i !== index), unlike: unlike.filter((i) => i !== index) };
  return {
    ...without,
    ...(isNew ? { [side]: [...without[side], index] } : {}),
    // Examples are vectors, which a search by words alone cannot use.
    searchMode: searchMode === 'words' ? 'hybrid' : searchMode,
  };
}

/**
 * Answers the store's question with the data at hand. If the query's vector is missing, answers again with it after a
 * pause in typing. @param rebuild rebuilds the index, which asks again at its end
 */
function makeAsking(
  { store, selectors, searcher, encoders, chance }: Parts & { readonly chance: Pick<ChanceLearning, 'learn'> },
  rebuild: () => void,
): () => Promise<void> {
  const reader = makeQueryReader(store, encoders);
  let pause: ReturnType<typeof setTimeout> | undefined;

  async function answer(vector: Float32Array | null, isWhole: boolean): Promise<void> {
    const state = store.get();
    const { query, searchMode: mode, like, unlike, shown } = state;
    const key = questionKey(state);
    if (vector) {
      await chance.learn();
      if (questionKey(store.get()) !== key) return;
    }
    try {
      const hits = await searcher.search(query, {
        mode,
        vector: vector && reduceVector(vector, shown?.map?.reduction),
        like,
        unlike,
        isPending: !isWhole,
        within: selectors.filtered(state).passing?.slice() ?? null,
      });
      if (hits && questionKey(store.get()) === key) store.set({ hits, answered: isWhole && hits.indexed ? key : '' });
    } catch (error) {
      store.report(error, 'search');
      // The index died with the worker.
      if (!isCancelled(error) && toFailure(error, 'search').code === 'worker-died') rebuild();
    }
  }

  async function readAndAnswer(text: string): Promise<void> {
    const vector = await reader.read(text);
    const { query, meaning } = store.get();
    // A newer query gets its own answer. If the model failed, the answer by words is all there is.
    if (meaningText(query) !== text || (vector === null && meaning.kind !== 'off')) return;
    await answer(vector, true);
  }

  return async () => {
    clearTimeout(pause);
    const { query, searchMode, like, shown, meaning } = store.get();
    if (query.trim() === '' && like.length === 0) {
      store.set({ hits: null, answered: '' });
      return;
    }
    const text = searchMode === 'words' ? '' : meaningText(query);
    const reason = searchMode === 'words' ? null : whyNoMeaning(shown?.map ?? null, encoders.currentModel().id);
    const vector = text === '' ? null : reader.known(text);
    const isWaiting = text !== '' && vector === null && reason === null;
    if (meaning.kind !== 'reading') {
      store.set({ meaning: reason === null ? { kind: 'idle' } : { kind: 'off', reason } });
    }
    if (isWaiting) pause = setTimeout(() => void readAndAnswer(text), TYPING_PAUSE_MS);
    // Search by meaning alone has no result yet, so the previous hits stay.
    if (isWaiting && searchMode === 'meaning') return;
    await answer(vector, !isWaiting);
  };
}

/** Number of recent query vectors kept, so that going back is instant. */
const MAX_KEPT = 50;

/** Reads queries into vectors; starts with an empty cache. */
function makeQueryReader(
  store: Store,
  { currentModel, currentEncoder }: Pick<Encoders, 'currentModel' | 'currentEncoder'>,
) {
  /** Vectors by model and text, oldest first. */
  const kept = new Map<string, Float32Array>();
  const keyOf = (text: string): string => {
    const { id, dtype } = currentModel();
    return `${id}/${dtype} ${text}`;
  };
  /** The cached vector of a query's text, or null. */
  const known = (text: string): Float32Array | null => kept.get(keyOf(text)) ?? null;
  return {
    known,
    read: makeLatestOnly(async (text: string) => {
      const before = known(text);
      if (before) return before;
      store.set({ meaning: { kind: 'reading', loaded: 0, total: 0 } });
      try {
        // The page needs it for nothing else, so its first load does without.
        const { cleanText } = await import('../../text/clean.ts');
        const vector = await currentEncoder().encodeQuery(cleanText(text), (loaded, total) => {
          if (store.get().meaning.kind === 'reading') store.set({ meaning: { kind: 'reading', loaded, total } });
        });
        kept.set(keyOf(text), vector);
        if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value ?? '');
        store.set({ meaning: { kind: 'idle' } });
        return vector;
      } catch (error) {
        const reason = `By words only. ${sentenceOf(toFailure(error, 'encode')).title}.`;
        store.set({ meaning: isCancelled(error) ? { kind: 'idle' } : { kind: 'off', reason } });
        return null;
      }
    }),
  };
}
