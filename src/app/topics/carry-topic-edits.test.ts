import { describe, expect, it } from 'vitest';
import type { MapData } from '../../model/map-data.ts';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { NO_EDITS, type TopicEdits } from '../../model/topics.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import { carryTopicEdits } from './carry-topic-edits.ts';

const N = 20;
/** Two top-level topics without edits; the first has two parts. */
const tree = { ...topicTree(N, 2, 'maps'), edits: NO_EDITS };
const mapWith = (topics: MapData['topics']): MapData => mapOf(corpusOf(N), topics);

/** Replaces a map with edits by one of the same papers with other topics. */
function lab(edits: TopicEdits, topics: MapData['topics'] = { ...tree }) {
  const app = wholeApp();
  const before = { shown: { ...app.store.get().shown, map: mapWith(tree) } as never, topicEdits: edits };
  const map = mapWith(topics);
  app.show(map);
  carryTopicEdits(app.store, before, map, app.topics.undoEdit);
  return app;
}

describe('what a person has changed of topics', () => {
  it('is carried over to topics like them, is told, and can be taken back', () => {
    const { store } = lab({ names: { 0: 'charts' }, merged: { 3: 2 }, hidden: [1] });
    expect(store.get().topicEdits).toMatchObject({ names: { 0: 'charts' }, merged: { 3: 2 }, hidden: [1] });
    const [{ kind, title, text, action }] = store.get().notices;
    expect([kind, title]).toEqual(['done', '3 of 3 changes of topics carried over']);
    expect(text).toBe('Kept: the name “charts”, the merging of “Maps b”, the hiding of “Not maps”.');
    action?.run();
    expect(store.get().topicEdits).toEqual(NO_EDITS);
  });

  it('is said to be lost where no topic is like it now, and there is nothing to take back', () => {
    const others = { ...tree, paths: tree.paths.slice().fill(-1) };
    const { store } = lab({ names: { 0: 'charts' }, merged: {}, hidden: [] }, others);
    expect(store.get().topicEdits).toEqual(NO_EDITS);
    expect(store.get().notices).toMatchObject([
      {
        kind: 'warning',
        title: '0 of 1 change of topics carried over',
        text: 'Lost, as no topic is like it now: the name “charts”.',
        action: null,
      },
    ]);
  });

  it('is counted where it is much', () => {
    const { store } = lab({ names: { 0: 'a', 1: 'b', 2: 'c', 3: 'd' }, merged: {}, hidden: [0] });
    expect(store.get().notices[0].text).toBe('Kept: the name “a”, the name “b”, the name “c” and 2 more.');
  });

  it.each<[string, TopicEdits, MapData['topics']]>([
    ['nothing was changed', NO_EDITS, tree],
    ['the new map has no topics', { ...NO_EDITS, hidden: [1] }, null],
  ])('is no matter where %s', (_, edits, topics) => {
    expect(lab(edits, topics).said()).toEqual([]);
  });
});
