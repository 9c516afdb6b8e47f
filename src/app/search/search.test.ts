import { describe, expect, it } from 'vitest';
import { StageError } from '../../model/failure.ts';
import type { SearchHits } from '../../search/search.api.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { makeSelectors } from '../selectors.ts';
import { makeStore } from '../store.ts';
import { makeSearch, questionKey, whyNoMeaning } from './search.ts';

const hitsOf = (...papers: number[]): SearchHits => ({
  indices: Int32Array.from(papers),
  scores: new Float32Array(papers.length),
  why: new Uint8Array(papers.length),
  total: papers.length,
  terms: [],
  relaxed: false,
  searched: 5,
  indexed: true,
  nearest: null,
  endsAtChance: false,
});

function lab() {
  const store = makeStore();
  const asked: string[] = [];
  let indexed = 0;
  let next: () => Promise<SearchHits | null> = () => Promise.resolve(hitsOf(1, 2));
  const searcher = {
    index: () => Promise.resolve(void indexed++),
    setVectors: () => Promise.resolve(),
    learnChance: () => Promise.resolve(),
    search(query: string) {
      asked.push(query);
      return next();
    },
    findTitles: () => Promise.reject(new Error('not now')),
    sharedWords: () => Promise.reject(new Error('not now')),
  };
  const encoders = {
    currentModel: () => ({ id: 'model', dtype: 'q8' }) as never,
    currentEncoder: () => {
      throw new StageError('model-missing', 'encode', 'not there');
    },
  };
  const map = mapOf(corpusOf(5));
  store.set({ shown: { corpus: map.corpus, positions: map.positions, map } });
  const search = makeSearch({ store, selectors: makeSelectors(), searcher, encoders });
  const answerWith = (answer: typeof next): void => {
    next = answer;
  };
  return { store, search, asked, answerWith, indexed: () => indexed, papers: map.corpus.papers };
}

describe('search', () => {
  it('counts as answered only when all papers were searched', async () => {
    const { store, search, answerWith } = lab();
    answerWith(() => Promise.resolve({ ...hitsOf(1), searched: 2, indexed: false }));
    await search.search('maps');
    expect(store.get()).toMatchObject({ hits: { total: 1 }, answered: '' });
    answerWith(() => Promise.resolve(hitsOf(1, 2)));
    await search.indexPapers([], null);
    expect(store.get()).toMatchObject({ hits: { total: 2 }, answered: questionKey(store.get()) });
  });

  it('shows the hits of the question that was asked last, and none without a question', async () => {
    const { store, search } = lab();
    await search.search('maps');
    expect(store.get().hits?.total).toBe(2);
    expect(store.get().answered).toBe(questionKey(store.get()));
    await search.search(' ');
    expect(store.get()).toMatchObject({ hits: null, answered: '' });
  });

  it('drops an answer that another question has overtaken', async () => {
    const { store, search, answerWith } = lab();
    let late = (_: SearchHits): void => undefined;
    answerWith(() => new Promise((resolve) => (late = resolve)));
    const first = search.search('map');
    answerWith(() => Promise.resolve(hitsOf(3)));
    await search.search('maps');
    late(hitsOf(0));
    await first;
    expect(store.get().hits?.indices).toEqual(Int32Array.of(3));
  });

  it('asks anew when papers are indexed, filters change, or examples are chosen', async () => {
    const { store, search, asked, papers } = lab();
    await search.search('maps');
    await search.indexPapers(papers, null);
    expect(store.get().isIndexed).toBe(true);
    store.set({ filters: { source: { kind: 'only', keys: ['a.csv'] } } });
    expect(asked).toEqual(['maps', 'maps', 'maps']);
    store.set({ searchMode: 'words' });
    await search.chooseExample(3, 'like');
    expect(store.get()).toMatchObject({ like: [3], searchMode: 'hybrid' });
    await search.chooseExample(3, 'unlike');
    expect(store.get()).toMatchObject({ like: [], unlike: [3] });
    await search.chooseExample(3, 'unlike');
    await search.clearSearch();
    expect(store.get()).toMatchObject({ query: '', like: [], unlike: [], hits: null });
  });

  it('says why it goes by words alone', async () => {
    const { store, search } = lab();
    await search.search('maps');
    expect(store.get().meaning).toEqual({ kind: 'off', reason: 'By words only: this map file holds no vectors.' });
    await search.searchBy('words');
    expect(store.get().meaning).toEqual({ kind: 'idle' });
    expect(whyNoMeaning(null, 'model')).toBe('By words only: meaning comes with the finished map.');
  });

  it('builds the index anew where its worker has died, and says so', async () => {
    const { store, search, answerWith, indexed } = lab();
    answerWith(() => {
      answerWith(() => Promise.resolve(hitsOf(4)));
      return Promise.reject(new StageError('worker-died', 'search', 'gone'));
    });
    await search.search('maps');
    await new Promise((resolve) => setTimeout(resolve));
    expect([indexed(), store.get().hits?.total]).toEqual([1, 1]);
    expect(store.get().notices[0].title).toBe('A background worker stopped');
  });

  it('knows no titles and no shared words where these cannot be told now', async () => {
    const { search } = lab();
    expect(await search.findTitles('maps', 5)).toEqual([]);
    expect(await search.sharedWordsOf(0, 1)).toBeNull();
  });
});
