import { transfer } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { joinSentences, packSentences } from '../model/sentence-vectors.ts';
import { ChannelWorker } from '../worker/fixtures/channel-worker.ts';
import { makeLatestOnly } from './latest-only.ts';
import type { SearchPaper, SearchRequest } from './search.api.ts';
import { makeSearcher, type Searcher } from './search.client.ts';
import { makeSearchSession } from './search-session.ts';

/** The search worker as the page sees it. */
class SearchWorker extends ChannelWorker {
  static newest: SearchWorker;

  constructor() {
    const session = makeSearchSession({
      nowMs: () => performance.now(),
      pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    });
    super({
      ...session,
      search(run: number, request: SearchRequest) {
        const hits = session.search(run, request);
        return transfer(hits, [hits.indices.buffer, hits.scores.buffer, hits.why.buffer]);
      },
    });
    SearchWorker.newest = this;
  }
}

function papers(count: number, word: string): SearchPaper[] {
  return Array.from({ length: count }, (_, i) => ({ title: `${word} ${i}`, text: `about ${word}`, authors: null }));
}

describe('makeSearcher', () => {
  let searcher: Searcher;

  beforeEach(() => {
    vi.stubGlobal('Worker', SearchWorker);
    searcher = makeSearcher();
  });
  afterEach(() => {
    searcher.dispose();
    vi.unstubAllGlobals();
  });

  it('finds nothing before there are papers', async () => {
    expect(await searcher.search('word')).toMatchObject({ total: 0, searched: 0 });
  });

  it('indexes in chunks and finds by index', async () => {
    await searcher.index(papers(2500, 'apple'));
    const hits = await searcher.search('apple', { limit: 10 });
    expect(hits).toMatchObject({ total: 2500, searched: 2500, indexed: true });
    expect(hits?.indices).toBeInstanceOf(Int32Array);
    expect(hits?.indices.length).toBe(10);
  });

  it('searches what has arrived while it indexes', async () => {
    const indexing = searcher.index(papers(5000, 'apple'));
    let partial = 0;
    for (let done = false; !done; ) {
      const hits = await searcher.search('apple');
      if (hits && !hits.indexed) partial++;
      if (hits?.indexed) done = true;
    }
    await indexing;
    expect(partial).toBeGreaterThan(0);
  });

  it('finds by meaning once the papers have vectors, sent with them or later', async () => {
    const embedding = { data: Int8Array.of(127, 0, 0, 127), scales: Float32Array.of(0.01, 0.01), rows: 2, cols: 2 };
    const vector = Float32Array.of(0, 1);
    await searcher.index(papers(2, 'apple'), { vectors: { embedding } });
    expect([...((await searcher.search('zzz', { vector }))?.indices ?? [])]).toEqual([1, 0]);
    await searcher.setVectors(null);
    expect((await searcher.search('zzz', { vector }))?.total).toBe(0);
    await searcher.index(papers(2, 'pear'));
    await searcher.setVectors({ embedding });
    expect((await searcher.search('zzz', { vector, mode: 'meaning' }))?.scores[0]).toBeCloseTo(1);
    expect(embedding.data.length).toBe(4);
    const parts = [Float32Array.of(1, 0, 0, 1), Float32Array.of(1, -1)].map((rows) => packSentences(rows, 2));
    await searcher.setVectors({ embedding, sentences: joinSentences(parts, 2) });
    expect([...((await searcher.search('zzz', { vector }))?.indices ?? [])]).toEqual([0, 1]);
    await expect(searcher.setVectors({ embedding, sentences: joinSentences([], 2) })).rejects.toThrow('expected those');
  });

  it('lets newer papers replace older ones, which reject silently', async () => {
    const older = searcher.index(papers(3000, 'apple'));
    const newer = searcher.index(papers(10, 'pear'));
    await expect(older).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    await newer;
    expect((await searcher.search('apple'))?.total).toBe(0);
    expect((await searcher.search('pear'))?.total).toBe(10);
  });

  it('leaves nothing behind when indexing is aborted', async () => {
    const controller = new AbortController();
    const indexing = searcher.index(papers(3000, 'apple'), { signal: controller.signal });
    controller.abort();
    await expect(indexing).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect((await searcher.search('apple'))?.total).toBe(0);
  });

  it('answers only the newest of many calls', async () => {
    await searcher.index(papers(10, 'apple'));
    const all = await Promise.all(['a', 'ap', 'app', 'appl', 'apple'].map((query) => searcher.search(query)));
    expect(all.map((hits) => hits?.total ?? null)).toEqual([null, null, null, null, 10]);
  });

  it('finds titles by their words, several at a time, and the words that two papers share', async () => {
    await searcher.index([...papers(3, 'apple'), { title: 'pear', text: 'apple', authors: null }]);
    const found = await Promise.all(
      ['pea', '"apple', '-apple title:2', 'apple 99'].map((q) => searcher.findTitles(q, 2)),
    );
    expect(found.map((indices) => [...indices])).toEqual([[3], [0, 1], [2], []]);
    expect(await searcher.sharedWords(0, 3, 9)).toEqual([]);
    await searcher.index([...papers(2, 'apple'), ...papers(6, 'plum')]);
    expect(await searcher.sharedWords(0, 1, 9)).toEqual([{ text: 'apple', share: 1 }]);
  });

  it('resolves what is pending to null when disposed', async () => {
    const pending = searcher.search('apple');
    searcher.dispose();
    expect(await pending).toBeNull();
  });

  it('says that papers were lost with their worker', async () => {
    await searcher.index(papers(10, 'apple'));
    SearchWorker.newest.die();
    await expect(searcher.search('apple')).rejects.toMatchObject({ failure: { code: 'worker-died', stage: 'search' } });
  });
});

describe('makeLatestOnly', () => {
  it('runs one call, skips those overtaken while they wait, and goes on after a failure', async () => {
    const ran: number[] = [];
    const latest = makeLatestOnly(async (n: number) => {
      ran.push(n);
      await Promise.resolve();
      if (n === 3) throw new Error('three');
      return n;
    });
    const calls = [latest(1), latest(2), latest(3)];
    expect(await calls[0]).toBeNull();
    expect(await calls[1]).toBeNull();
    await expect(calls[2]).rejects.toThrow('three');
    expect(await latest(4)).toBe(4);
    expect(ran).toEqual([3, 4]);
  });
});
