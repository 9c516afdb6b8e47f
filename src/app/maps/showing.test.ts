import { describe, expect, it } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import type { Corpus, Paper } from '../../model/paper.ts';
import type { TopicTree } from '../../model/topics.ts';
import type { Draft } from '../../pipeline/draft-topics.ts';
import { makeComparing } from '../compare/comparing.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { namePlaces, treeOf } from '../shown.ts';
import { type Filters, FRESH_VIEW, type Shown, type State } from '../state.ts';
import { makeStore } from '../store.ts';
import { makeShowing } from './showing.ts';

const some = (...papers: number[]) => Int32Array.from(papers);
const year = { kind: 'ranges', ranges: [], keepsMissing: true } as const;
const topics = { kind: 'only', keys: ['1'] } as const;

/** State left by a user of a map. */
const USED: Partial<State> = {
  query: 'maps',
  like: [1, 8],
  filters: { year, topic: topics },
  timeline: 'date',
  hovered: 2,
  selected: 7,
  topic: 1,
  ground: 0,
  selection: some(1, 7),
  kept: [{ id: 1, name: 'mine', hue: 0, papers: some(0, 9) }],
  selectionOpen: true,
  mapAt: 'data/sample.parquet',
};

function lab(found: TopicTree | null = null) {
  const store = makeStore();
  const indexed: (readonly Paper[])[] = [];
  let vectors = 0;
  const search = {
    indexPapers: (papers: readonly Paper[]) => Promise.resolve(void indexed.push(papers)),
    indexVectors: () => Promise.resolve(void vectors++),
  };
  const topicFinder = { findTopics: () => (found ? Promise.resolve(found) : Promise.reject(new Error('none'))) };
  const showing = makeShowing({ store, search, comparing: makeComparing(store), topicFinder });
  return { store, showing, indexed, vectorsSent: () => vectors };
}

const finished = (corpus: Corpus, tree: TopicTree | null = null): Shown => {
  const map = mapOf(corpus, tree);
  return { corpus, positions: map.positions, map };
};
const pictureOf = (corpus: Corpus): Shown => ({ corpus, positions: new Float32Array(), map: null });

const draftOf = (n: number, levels: number): Draft => ({
  topics: topicTree(n, levels, 'draft'),
  places: Float32Array.from({ length: 2 * n }, (_, i) => i),
});

describe('the draft of a map', () => {
  it('has the topics of its draft, which stay while its papers move', () => {
    const { store, showing } = lab();
    const corpus = corpusOf(10);
    showing.showMap(pictureOf(corpus), 'query');
    const draft = draftOf(10, 2);
    showing.showDraft(draft);
    const moved = { ...pictureOf(corpus), positions: new Float32Array(20) };
    showing.showMap(moved, 'query');
    const { shown } = store.get();
    expect(shown?.positions).toBe(moved.positions);
    expect(treeOf(shown)).toBe(draft.topics);
    expect(shown && namePlaces(shown)).toBe(draft.places);
  });

  it('loses the draft with the end of the run, and takes the colours of its topics unless others were chosen', () => {
    const { store, showing } = lab();
    const corpus = corpusOf(10);
    for (const chosen of [null, 'source'] as const) {
      showing.showMap(pictureOf(corpus), 'query');
      showing.showDraft(draftOf(10, 2));
      if (chosen) store.set({ colorBy: chosen });
      const whole = finished(corpus, topicTree(10, 2, 'maps'));
      showing.showMap(whole, 'query');
      const { shown, colorBy } = store.get();
      expect(treeOf(shown)).toBe(whole.map?.topics);
      expect(shown && namePlaces(shown)).toBe(whole.positions);
      expect(colorBy).toBe(chosen ?? 'topic');
    }
  });

  it('closes an open topic that is gone, and takes a filter by it off', () => {
    const { store, showing } = lab();
    showing.showMap(pictureOf(corpusOf(10)), 'query');
    showing.showDraft(draftOf(10, 2));
    const [first] = draftOf(10, 2).topics.topics;
    const filters: Filters = { topic: { kind: 'only', keys: [String(first.id)] } };
    store.set({ topic: first.id, filters });
    showing.showDraft(draftOf(10, 3));
    expect(store.get()).toMatchObject({ topic: first.id, filters });
    const { topics } = draftOf(10, 2);
    const gone = { ...topics, topics: topics.topics.filter(({ id }) => id !== first.id) };
    showing.showDraft({ topics: gone, places: new Float32Array(20) });
    expect(store.get()).toMatchObject({ topic: -1, filters: {} });
  });

  it('gives a finished map no draft', () => {
    const { store, showing } = lab();
    const whole = finished(corpusOf(10), topicTree(10, 2, 'maps'));
    showing.showMap(whole, 'nothing');
    showing.showDraft(draftOf(10, 2));
    expect(treeOf(store.get().shown)).toBe(whole.map?.topics);
  });
});

describe('another map', () => {
  it('begins fresh, in the colours of its own, and with what was kept with it', () => {
    const { store, showing, indexed } = lab();
    store.set(USED);
    const kept = [{ id: 4, name: 'theirs', hue: 1, papers: some(2) }];
    const corpus = corpusOf(10);
    const map = { ...mapOf(corpus, topicTree(10, 2, 'maps')), selections: kept };
    showing.showMap({ corpus, positions: map.positions, map }, 'nothing');
    const { topicEdits, ...fresh } = FRESH_VIEW;
    expect(store.get()).toMatchObject({ ...fresh, kept, colorBy: 'topic' });
    expect(store.get().topicEdits).toBe(map.topics?.edits);
    expect(indexed).toEqual([corpus.papers]);
    expect(store.undo()).toBe(false);
  });

  it('keeps the query where it is made of other papers', () => {
    const { store, showing } = lab();
    store.set(USED);
    showing.showMap(pictureOf(corpusOf(10)), 'query');
    expect(store.get()).toMatchObject({ ...FRESH_VIEW, query: 'maps', colorBy: 'topic' });
  });

  it('keeps colours that were chosen before a run, where its papers have them', () => {
    const { store, showing } = lab();
    showing.showMap(finished(corpusOf(5), topicTree(5, 2, 'maps')), 'nothing');
    store.set({ colorBy: 'none' });
    showing.showMap(pictureOf(corpusOf(10)), 'query');
    expect(store.get().colorBy).toBe('none');
    store.set({ colorBy: 'column:venue' });
    showing.showMap(pictureOf(corpusOf(7)), 'query');
    expect(store.get().colorBy).toBe('topic');
  });

  it('keeps all that is of its papers where some were added, and what is there where they are gone again', () => {
    const { store, showing, indexed } = lab();
    const before = finished(corpusOf(5));
    showing.showMap(before, 'nothing');
    store.set(USED);
    const grown = { ...finished(corpusOf(10)), grownFrom: before.corpus };
    showing.showMap(grown, 'of-papers');
    const { mapAt: _, hovered: __, ...kept } = USED;
    expect(store.get()).toMatchObject({ ...kept, mapAt: '', hovered: -1, shown: grown });
    showing.showMap(before, 'of-papers', { mapAt: 'maps/mine.parquet' });
    expect(store.get()).toMatchObject({
      query: 'maps',
      like: [1],
      selected: -1,
      selection: some(1),
      kept: [{ name: 'mine', papers: some(0) }],
      mapAt: 'maps/mine.parquet',
    });
    expect(indexed).toHaveLength(3);
  });
});

describe('a map in the making', () => {
  it('keeps what is done between its pictures', () => {
    const { store, showing, indexed } = lab();
    const corpus = corpusOf(10);
    showing.showMap(pictureOf(corpus), 'query');
    store.set({ selection: some(1), filters: { year } });
    showing.showMap(pictureOf(corpus), 'query');
    expect(store.get()).toMatchObject({ selection: some(1), filters: { year } });
    expect(indexed).toHaveLength(1);
    expect(store.undo()).toBe(true);
  });

  it('is coloured by its topics once it is finished, and loses what was of other topics', () => {
    const { store, showing, vectorsSent } = lab();
    const corpus = corpusOf(10);
    showing.showMap(pictureOf(corpus), 'query');
    store.set({ ...USED, mapAt: '' });
    showing.showMap(finished(corpus, topicTree(10, 2, 'maps')), 'query');
    expect(store.get()).toMatchObject({ colorBy: 'topic', topic: -1, ground: -1, filters: { year } });
    expect(store.get()).toMatchObject({ query: 'maps', selected: 7, selection: some(1, 7) });
    expect(vectorsSent()).toBe(1);
  });

  it('is coloured by one of several files, or in one colour, where it has no topics', () => {
    const { store, showing } = lab();
    for (const [files, colorBy] of [
      [['a.csv', 'b.csv'], 'source'],
      [['a.csv'], 'none'],
    ] as const) {
      const corpus = corpusOf(10, files);
      showing.showMap(pictureOf(corpus), 'query');
      showing.showMap(finished(corpus), 'query');
      expect(store.get().colorBy).toBe(colorBy);
    }
  });

  it('stays in the colours that were chosen during the run', () => {
    const { store, showing } = lab();
    const corpus = corpusOf(10);
    showing.showMap(pictureOf(corpus), 'query');
    store.set({ colorBy: 'year' });
    showing.showMap(finished(corpus, topicTree(10, 2, 'maps')), 'query');
    expect(store.get().colorBy).toBe('year');
  });

  it('of the same papers again is coloured by its topics, though the one before had none', () => {
    const { store, showing } = lab();
    const corpus = corpusOf(10);
    showing.showMap(finished(corpus), 'nothing');
    expect(store.get().colorBy).toBe('none');
    showing.showMap(pictureOf(corpus), 'query');
    showing.showMap(finished(corpus, topicTree(10, 2, 'maps')), 'query');
    expect(store.get().colorBy).toBe('topic');
  });

  it('gives way to what was shown before', () => {
    const { store, showing, indexed } = lab();
    const before = finished(corpusOf(10), topicTree(10, 2, 'maps'));
    showing.showMap(before, 'nothing');
    store.set({ ...USED, colorBy: 'nearest-topic' });
    const state = store.get();
    showing.showMap(pictureOf(corpusOf(20)), 'query');
    store.set({ query: 'other words', selected: 15, selection: some(15) });
    showing.restore(state);
    const { topicEdits, selection, kept, colorBy, mapAt, shown } = state;
    expect(store.get()).toMatchObject({ topicEdits, selection, kept, colorBy, mapAt, shown, selected: -1 });
    expect(store.get().query).toBe('other words');
    expect(indexed.at(-1)).toBe(before.corpus.papers);
  });

  it('leaves all as it is where nothing was shown yet', () => {
    const { store, showing } = lab();
    showing.showMap(finished(corpusOf(10)), 'nothing');
    const before = store.get();
    store.set({ selection: some(3) });
    showing.restore(before);
    expect(store.get().selection).toEqual(some(3));
  });

  it('leaves an empty page where there was no map before', () => {
    const { store, showing } = lab();
    const before = store.get();
    showing.showMap(pictureOf(corpusOf(10)), 'query');
    showing.restore(before);
    expect(store.get()).toEqual({ ...before, isIndexed: false });
  });
});

describe('topics that are found later', () => {
  const tree = topicTree(10, 2, 'maps');

  it('colour the map unless a person has chosen otherwise', async () => {
    for (const [chosen, colorBy] of [
      [null, 'topic'],
      ['year', 'year'],
    ]) {
      const { store, showing } = lab(tree);
      const shown = finished(corpusOf(10));
      showing.showMap(shown, 'nothing');
      if (chosen) store.set({ colorBy: chosen });
      await showing.findTopics(mapOf(shown.corpus));
      expect(store.get().shown?.map?.topics).toBeNull();
      if (shown.map) await showing.findTopics(shown.map);
      expect(store.get()).toMatchObject({ colorBy, shown: { map: { topics: tree } } });
    }
  });
});

describe('the edited map', () => {
  it('is the shown one with what a person made of it', () => {
    const { store, showing } = lab();
    expect(showing.editedMap()).toBeNull();
    const shown = finished(corpusOf(10), topicTree(10, 2, 'maps'));
    showing.showMap(shown, 'nothing');
    const topicEdits = { names: { 0: 'charts' }, merged: {}, hidden: [] };
    store.set({ topicEdits, kept: [] });
    expect(showing.editedMap()).toEqual({
      ...shown.map,
      topics: { ...shown.map?.topics, edits: topicEdits },
      selections: [],
    });
    expect(shown.map?.topics?.edits).not.toBe(topicEdits);
  });
});
