import { isCancelled, toFailure } from '../model/failure.ts';
import type { Paper } from '../model/paper.ts';
import { makeSearcher } from '../search/search.client.ts';
import { reportFailure } from './session.ts';
import { getState, setState } from './store.ts';

const searcher = makeSearcher();
let indexing: AbortController | null = null;
/** Ranked hits that are listed and ringed. */
const MAX_HITS = 1000;

/** Makes the papers findable; searching works meanwhile over those that have arrived. */
export async function indexPapers(papers: readonly Paper[]): Promise<void> {
  indexing?.abort();
  const controller = new AbortController();
  indexing = controller;
  try {
    await searcher.index(papers, { signal: controller.signal });
    if (indexing === controller && getState().query !== '') await search(getState().query);
  } catch (error) {
    if (!isCancelled(error)) reportFailure(toFailure(error, 'search'));
  }
}

/** Searches for `query` and shows the hits; a query overtaken by a newer one shows nothing. */
export async function search(query: string): Promise<void> {
  setState({ query });
  if (query.trim() === '') {
    setState({ hits: null });
    return;
  }
  try {
    const hits = await searcher.search(query, { limit: MAX_HITS });
    if (hits && getState().query === query) setState({ hits });
  } catch (error) {
    if (isCancelled(error)) return;
    // The worker and its index are gone: say so, and build it anew, which searches again at its end.
    reportFailure(toFailure(error, 'search'));
    const papers = getState().shown?.corpus.papers;
    if (papers && toFailure(error, 'search').code === 'worker-died') void indexPapers(papers);
  }
}
