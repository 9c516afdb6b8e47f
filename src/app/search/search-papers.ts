import { isCancelled, toFailure } from '../../model/failure.ts';
import type { Paper } from '../../model/paper.ts';
import { reduceVector } from '../../model/reduction.ts';
import { meaningText } from '../../search/query.ts';
import type { SearchMode } from '../../search/search.api.ts';
import { makeSearcher, type SearchVectors } from '../../search/search.client.ts';
import type { SharedWord } from '../../search/shared-words.ts';
import { filteredOf } from '../filter/filter-state.ts';
import { reportFailure } from '../session.ts';
import { getState, type State, setState, store } from '../store.ts';
import { knownVector, readQuery, whyNoMeaning } from './query-vectors.ts';

const searcher = makeSearcher();
let indexing: AbortController | null = null;
let pause: ReturnType<typeof setTimeout> | undefined;
const MAX_SHARED = 6;
/** So long nothing was typed: then the query is read by the model. */
const TYPING_PAUSE_MS = 200;

// Filters are set by many hands, and undone: whoever does it, the hits follow.
store.subscribe((state, before) => {
  if (state.filters !== before.filters && state.hits) void ask();
});

/** What is asked, as one string: two states with the same key have the same answer. */
export function questionKey({ query, searchMode, like, unlike, filters }: State): string {
  return JSON.stringify([searchMode, query, like, unlike, filters]);
}

/**
 * Makes the papers findable; searching works meanwhile over those that have arrived. `vectors`: theirs, where they are
 * known: the map.
 */
export async function indexPapers(papers: readonly Paper[], vectors: SearchVectors | null): Promise<void> {
  indexing?.abort();
  const controller = new AbortController();
  indexing = controller;
  setState({ like: [], unlike: [], isIndexed: false });
  try {
    await searcher.index(papers, { signal: controller.signal, vectors });
    if (indexing !== controller) return;
    setState({ isIndexed: true });
    await ask();
  } catch (error) {
    if (!isCancelled(error)) reportFailure(toFailure(error, 'search'));
  }
}

/** The vectors of the papers shown have come: from now on they are found by meaning too. */
export async function indexVectors(vectors: SearchVectors | null): Promise<void> {
  try {
    await searcher.setVectors(vectors);
    await ask();
  } catch (error) {
    if (!isCancelled(error)) reportFailure(toFailure(error, 'search'));
  }
}

/** Searches for `query` and shows the hits; a query overtaken by a newer one shows nothing. */
export function search(query: string): Promise<void> {
  setState({ query });
  return ask();
}

/** Asks anew, by words, by meaning, or by both. */
export function searchBy(searchMode: SearchMode): void {
  setState({ searchMode });
  void ask();
}

/** Adds paper `index` to the examples of what is sought, or of what is not; asked for again, it is taken away. */
export function chooseExample(index: number, side: 'like' | 'unlike'): void {
  const { like, unlike, searchMode } = getState();
  const without = { like: like.filter((i) => i !== index), unlike: unlike.filter((i) => i !== index) };
  const isNew = !getState()[side].includes(index);
  setState({
    ...without,
    ...(isNew ? { [side]: [...without[side], index] } : {}),
    // Examples are vectors: words have no use for them.
    searchMode: searchMode === 'words' ? 'hybrid' : searchMode,
  });
  void ask();
}

/** The words that two shown papers have in common, heaviest first; null while they are being indexed or cannot be. */
export function sharedWordsOf(a: number, b: number): Promise<SharedWord[] | null> {
  return searcher.sharedWords(a, b, MAX_SHARED).catch(() => null);
}

/** The first papers whose titles hold the words; none when that cannot be told now. */
export async function findTitles(words: string, limit: number): Promise<ArrayLike<number>> {
  return searcher.findTitles(words, limit).catch(() => []);
}

/** Ends the search: no query, no examples. */
export function clearSearch(): void {
  setState({ query: '', like: [], unlike: [] });
  void ask();
}

/** Answers by what is at hand, and when that lacks the query's vector, again with it after a pause in typing. */
async function ask(): Promise<void> {
  clearTimeout(pause);
  const state = getState();
  const { query, searchMode, like, shown } = state;
  if (query.trim() === '' && like.length === 0) {
    setState({ hits: null, answered: '' });
    return;
  }
  const text = searchMode === 'words' ? '' : meaningText(query);
  const reason = searchMode === 'words' ? null : whyNoMeaning(shown?.map ?? null);
  const vector = text === '' ? null : knownVector(text);
  const isWaiting = text !== '' && vector === null && reason === null;
  if (state.meaning.kind !== 'reading') {
    setState({ meaning: reason === null ? { kind: 'idle' } : { kind: 'off', reason } });
  }
  if (isWaiting) pause = setTimeout(() => void readAndAsk(text), TYPING_PAUSE_MS);
  // By meaning alone there is nothing to show yet: the hits of before stay.
  if (isWaiting && searchMode === 'meaning') return;
  await answer(vector, !isWaiting);
}

async function readAndAsk(text: string): Promise<void> {
  const vector = await readQuery(text);
  const { query, meaning } = getState();
  // Overtaken: whoever did so answers. When the model failed, the words' answer is all there is.
  if (meaningText(query) !== text || (vector === null && meaning.kind !== 'off')) return;
  await answer(vector, true);
}

async function answer(vector: Float32Array | null, isWhole: boolean): Promise<void> {
  const state = getState();
  const { query, searchMode: mode, like, unlike, shown } = state;
  const key = questionKey(state);
  try {
    const hits = await searcher.search(query, {
      mode,
      vector: vector && reduceVector(vector, shown?.map?.reduction),
      like,
      unlike,
      within: filteredOf(state).passing?.slice() ?? null,
    });
    if (hits && questionKey(getState()) === key) setState({ hits, answered: isWhole ? key : '' });
  } catch (error) {
    if (isCancelled(error)) return;
    // The worker and its index are gone: say so, and build it anew, which searches again at its end.
    reportFailure(toFailure(error, 'search'));
    const { shown } = getState();
    if (shown && toFailure(error, 'search').code === 'worker-died') {
      void indexPapers(shown.corpus.papers, shown.map);
    }
  }
}
