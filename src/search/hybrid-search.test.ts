import { describe, expect, it } from 'vitest';
import { matrix, quantizeRows } from '../model/matrix.ts';
import { joinSentences, packSentences } from '../model/sentence-vectors.ts';
import { BY_MEANING, BY_WORDS } from './fuse.ts';
import { searchHybrid } from './hybrid-search.ts';
import type { SearchOptions, SearchRequest } from './search.api.ts';
import { makeVectorSearch } from './vector-search.ts';
import { makeWordSearch } from './word-search.ts';

const TITLES = ['red apple', 'green apple', 'yellow pear', 'old car', 'new car', 'crimson fruit'];
/** Fruit along the first axis, cars along the second, redness along the third. */
const VECTORS = [1, 0, 1, 1, 0, 0, 1, 0.2, 0, 0, 1, 0, 0, 1, 0.2, 1, 0, 0.9];
const RED_FRUIT = Float32Array.of(Math.SQRT1_2, 0, Math.SQRT1_2);

const words = makeWordSearch();
words.add(TITLES.map((title) => ({ title, text: '', authors: null })));
words.build();
const meaning = makeVectorSearch(quantizeRows(matrix(Float32Array.from(VECTORS), 6, 3)));

function ask(query: string, options: SearchOptions, by: typeof meaning | null = meaning) {
  return searchHybrid(words, by, {
    query,
    limit: 100,
    mode: 'hybrid',
    vector: null,
    like: [],
    unlike: [],
    isPending: false,
    within: null,
    ...options,
  });
}

describe('searchHybrid', () => {
  it('answers by words alone while the query has no vector, and says so', () => {
    const hits = ask('apple ', {});
    expect([...hits.indices].sort()).toEqual([0, 1]);
    expect([...hits.why]).toEqual([BY_WORDS, BY_WORDS]);
    expect(hits.nearest).toBeNull();
    expect(ask('apple ', { mode: 'meaning' }).total).toBe(0);
    expect(ask('apple ', { vector: RED_FRUIT }, null).nearest).toBeNull();
  });

  it('takes the vector for nothing when only words are asked for', () => {
    const hits = ask('apple ', { mode: 'words', vector: RED_FRUIT });
    expect([...hits.why]).toEqual([BY_WORDS, BY_WORDS]);
  });

  it('finds by meaning what shares no word, behind what has them all', () => {
    const hits = ask('red apple ', { vector: RED_FRUIT });
    expect(hits.indices[0]).toBe(0);
    expect(hits.why[0]).toBe(BY_WORDS | BY_MEANING);
    expect(hits.indices[1]).toBe(5);
    expect(hits.why[1]).toBe(BY_MEANING);
    expect([...(hits.nearest?.indices ?? [])].slice(0, 2)).toEqual([0, 5]);
    expect(ask('scarlet produce ', { vector: RED_FRUIT, mode: 'meaning' }).indices[0]).toBe(0);
  });

  it('leaves out of both halves what the query excludes and what lies outside the filter', () => {
    for (const mode of ['hybrid', 'meaning'] as const) {
      expect([...ask('red -crimson ', { vector: RED_FRUIT, mode }).indices]).not.toContain(5);
      const within = Uint8Array.of(0, 1, 1, 1, 1, 0);
      const filtered = ask('red apple ', { vector: RED_FRUIT, mode, within });
      expect([...filtered.indices].sort()).toEqual([1, 2, 3, 4]);
    }
  });

  it('keeps to papers with the words where the query insists on them', () => {
    expect([...ask('"apple"', { vector: RED_FRUIT }).indices].sort()).toEqual([0, 1]);
    expect([...ask('title:car ', { vector: RED_FRUIT }).indices].sort()).toEqual([3, 4]);
    expect(ask('"apple"', { vector: RED_FRUIT, mode: 'meaning' }).indices.length).toBe(6);
  });

  it('finds more like one paper and less like another, and neither of the two', () => {
    const hits = ask('', { like: [0], unlike: [5] });
    expect([...hits.indices].sort()).toEqual([1, 2, 3, 4]);
    expect(hits.indices[0]).toBe(1);
    expect(ask('', { like: [3] }).indices[0]).toBe(4);
  });

  it('ranks by sentences what a text asks for, and by papers what is like one', () => {
    // One sentence of the third paper says red fruit, none of the first does.
    const rows = [
      [0, 1, 0],
      [1, 0, 0],
      [1, 0, 1, 0, -1, 0],
      [0, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ];
    const sentences = joinSentences(
      rows.map((row) => packSentences(Float32Array.from(row), 3)),
      3,
    );
    const deep = makeVectorSearch(quantizeRows(matrix(Float32Array.from(VECTORS), 6, 3)), sentences);
    const [plain, by] = [meaning, deep].map((search) => ask('zzz ', { vector: RED_FRUIT }, search));
    expect(plain.indices[0]).toBe(0);
    expect(by.indices[0]).toBe(2);
    expect(by.nearest?.indices[0]).toBe(2);
    expect([...by.scores]).toEqual([...plain.scores]);
    expect(by.total).toBe(plain.total);
    expect([...ask('', { like: [0] }, deep).indices]).toEqual([...ask('', { like: [0] }).indices]);
  });

  it('does not call hits relaxed that are none by their words', () => {
    const hits = ask('yellow crimson zzzz qqqq ', { vector: RED_FRUIT });
    expect(hits.relaxed).toBe(false);
    expect(hits.why.every((why) => why === BY_MEANING)).toBe(true);
  });
});

describe('searchHybrid beside chance', () => {
  const chance = { middle: 0.5, highest: 0.9 };
  const request = (query: string, options: SearchOptions = {}): SearchRequest => ({
    ...{ query, limit: 100, mode: 'hybrid', vector: RED_FRUIT, like: [], unlike: [], isPending: false, within: null },
    ...options,
  });
  /** Near no paper: the first is nearest, with a cosine of .71. */
  const weak = Float32Array.of(1, 0, 0);

  it('finds nothing for a word that no paper has unless it is nearer than all random texts', () => {
    const none = searchHybrid(words, meaning, request('zzqqxx ', { vector: Float32Array.of(0.5, 0.5, -0.9) }), chance);
    expect([none.total, none.indices.length, none.endsAtChance]).toEqual([0, 0, true]);
    expect([...(none.nearest?.indices ?? [9])]).toEqual([]);
    const near = searchHybrid(words, meaning, request('scarlet ', {}), chance);
    expect([...near.indices]).toEqual([0, 5]);
    expect(near.endsAtChance).toBe(true);
  });

  it('asks less of words that the papers have, and nothing of examples', () => {
    const known = searchHybrid(words, meaning, request('fruit ', { vector: weak, mode: 'meaning' }), chance);
    const strange = searchHybrid(words, meaning, request('zzz ', { vector: weak, mode: 'meaning' }), chance);
    expect(known.total).toBeGreaterThan(strange.total);
    const like = searchHybrid(words, meaning, request('', { vector: null, like: [3] }), chance);
    expect(like.total).toBe(5);
  });

  it('shows no paper with a minor word of a question whose vector is to come', () => {
    const question = 'crimson apple zebra quagga ';
    const waiting = searchHybrid(words, meaning, request(question, { vector: null, isPending: true }));
    expect([waiting.total, waiting.relaxed]).toEqual([0, false]);
    const alone = searchHybrid(words, meaning, request(question, { vector: null, mode: 'words' }));
    expect(alone.total).toBe(3);
  });
});
