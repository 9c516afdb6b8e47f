import { describe, expect, it } from 'vitest';
import { topicTree } from './map-file/fixtures/topic-tree.ts';
import {
  countByTopic,
  generatedName,
  hideTopic,
  mergeTopic,
  namedTopic,
  papersOf,
  pathOf,
  renameTopic,
  topicAt,
  topicView,
} from './topic-view.ts';
import { NO_EDITS, type TopicEdits } from './topics.ts';

// Papers by i % 5: 0 in topics 0, 2; 1 in 0, 3; 2 in 0 alone; 3 in 1 (undivided); 4 in none.
const viewOf = (edits: TopicEdits) => topicView({ ...topicTree(10, 3, 'maps'), edits });
const found = viewOf(NO_EDITS);

describe('topics as they are shown', () => {
  it('are the found ones without edits', () => {
    expect([...found.nodes].map(([id, { name, size, children }]) => [id, name, size, children])).toEqual([
      [0, 'Maps', 6, [2, 3]],
      [1, 'Not maps', 2, []],
      [2, 'Maps a', 2, []],
      [3, 'Maps b', 2, []],
    ]);
    expect(found.tops).toEqual([0, 1]);
    expect(papersOf(found, 0)).toEqual([0, 1, 2, 5, 6, 7]);
    expect(pathOf(found, 1)).toEqual([0, 3]);
    expect([0, 1, 2, 9].map((level) => topicAt(found, 3, level))).toEqual([1, 1, 1, 1]);
    expect([...countByTopic(found, [0, 1, 4])]).toEqual([
      [0, 2],
      [2, 1],
      [3, 1],
    ]);
  });

  it('call a paper by the finest name that stands on the map, else by its coarsest', () => {
    expect([[0, 2], [2], [0], [1]].map((named) => namedTopic(found, 0, new Set(named)))).toEqual([2, 2, 0, 0]);
    expect(namedTopic(found, 4, new Set([0, 1]))).toBeUndefined();
    expect(namedTopic(viewOf(hideTopic(NO_EDITS, 0, true)), 0, new Set([0]))).toBeUndefined();
  });

  it('take in a sibling with its papers and parts', () => {
    const view = viewOf(mergeTopic(NO_EDITS, 1, 0));
    expect(view.tops).toEqual([0]);
    expect(view.nodes.get(0)?.size).toBe(8);
    expect(pathOf(view, 3)).toEqual([0]);
    // Topic 0 is divided, and paper 3 is in none of its parts.
    expect(topicAt(view, 3, 1)).toBe(-1);
    expect(view.nearest[3]).toBe(0);
  });

  it('keep the parts of a topic that was taken in', () => {
    const view = viewOf(mergeTopic(NO_EDITS, 0, 1));
    expect(view.nodes.get(1)?.children).toEqual([2, 3]);
    expect(view.nodes.get(2)?.topic.parent).toBe(1);
    expect(topicAt(view, 3, 1)).toBe(-1);
    expect(papersOf(view, 2)).toEqual([0, 5]);
  });

  it.each([
    ['a circle', { 2: 3, 3: 2 }],
    ['no siblings', { 3: 1 }],
    ['nobody', { 3: 77 }],
    ['itself', { 3: 3 }],
  ])('ignore a merge with %s', (_, merged) => {
    expect(viewOf({ ...NO_EDITS, merged }).nodes).toEqual(found.nodes);
  });

  it('follow a merge into one that was merged itself', () => {
    const view = viewOf(mergeTopic(mergeTopic(NO_EDITS, 0, 1), 2, 3));
    expect([...view.nodes.keys()]).toEqual([1, 3]);
    expect(view.nodes.get(3)?.size).toBe(4);
  });

  it('take a new name, and the found one back', () => {
    const renamed = renameTopic(NO_EDITS, 2, ' Atlases ');
    expect(viewOf(renamed).nodes.get(2)?.name).toBe('Atlases');
    expect(renameTopic(renamed, 2, ' ')).toEqual(NO_EDITS);
  });

  it('hide with all their parts', () => {
    const view = viewOf(hideTopic(NO_EDITS, 0, true));
    expect([...view.nodes.values()].map(({ isHidden }) => isHidden)).toEqual([true, false, true, true]);
    expect(hideTopic(hideTopic(NO_EDITS, 0, true), 0, false)).toEqual(NO_EDITS);
  });

  it.each([
    [['sparse codes', 'BERT'], 'Sparse codes · BERT'],
    [['node2vec'], 'node2vec'],
    [['t-SNE maps'], 't-SNE maps'],
    [['zero-shot learning'], 'Zero-shot learning'],
    [['iPhone photos'], 'iPhone photos'],
    [['éclairage'], 'Éclairage'],
    [['地図'], '地図'],
    [[], 'Unnamed topic'],
  ])('with the phrases %j are called %s', (phrases, name) => {
    expect(generatedName({ ...topicTree(1, 1, '').topics[0], phrases })).toBe(name);
  });

  it('may be none', () => {
    const view = topicView(topicTree(5, 0, ''));
    expect(view.tops).toEqual([]);
    expect(topicAt(view, 2, 1)).toBe(-1);
    expect(pathOf(view, 2)).toEqual([]);
  });
});
