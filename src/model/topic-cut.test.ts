import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topicTree } from './map-file/fixtures/topic-tree.ts';
import { partsOf, splitOrder, splitTopic } from './topic-cut.ts';
import { papersByTopic, papersOf, topicView } from './topic-view.ts';
import { NO_EDITS } from './topics.ts';

// Papers by i % 5: 0 in topics 0, 2; 1 in 0, 3; 2 in 0 alone; 3 in 1 (undivided); 4 in none.
const tree = { ...topicTree(10, 3, 'maps'), edits: NO_EDITS };
const split = topicView({ ...tree, edits: splitTopic(NO_EDITS, 0, true) });

describe('a topic that is shown as its parts', () => {
  it('gives its place at the top to them', () => {
    expect([...split.tops].sort()).toEqual([1, 2, 3]);
    expect(split.nodes.has(0)).toBe(false);
    expect(split.nodes.get(2)).toMatchObject({ size: 2, topic: { parent: -1, level: 0 } });
    expect(papersOf(split, 2)).toEqual([0, 5]);
    expect(papersByTopic(split).get(3)).toEqual([1, 6]);
  });

  it('leaves papers in none of its parts between topics, near the nearest part', () => {
    expect(Array.from(split.paths.subarray(6, 9))).toEqual([-1, -1, -1]);
    // Paper 2 lies at the densest paper of topic 3, which is paper 0 for all topics of the fixture: the first is taken.
    expect([2, 3]).toContain(split.nearest[2]);
    const topics = tree.topics.map((topic) => ({ ...topic, densest: topic.id === 3 ? 1 : 0 }));
    const positions = Float32Array.from({ length: 20 }, (_, i) => (i >> 1 === 2 || i >> 1 === 1 ? 1 : 0));
    const placed = topicView({ ...tree, topics, edits: splitTopic(NO_EDITS, 0, true) }, positions);
    expect(placed.nearest[2]).toBe(3);
  });

  it('keeps its papers in parts that are two levels down', () => {
    const deep = { ...tree, topics: tree.topics.map((one) => (one.parent < 0 ? one : { ...one, level: 2 })) };
    // As clusters are stored: an undivided topic is also at the next level.
    const paths = deep.paths.map((id, at) => (at % 3 === 1 ? deep.paths[at - 1] : id));
    const view = topicView({ ...deep, paths, edits: splitTopic(NO_EDITS, 0, true) });
    expect(papersOf(view, 2)).toEqual([0, 5]);
    expect(papersOf(view, 3)).toEqual([1, 6]);
  });

  it('is one topic again when its parts are joined', () => {
    const joined = topicView({ ...tree, edits: splitTopic(splitTopic(NO_EDITS, 0, true), 0, false) });
    expect(joined).toEqual(topicView(tree));
  });

  it('keeps the parts of a topic that was merged into it', () => {
    const merged = { ...NO_EDITS, merged: { 1: 0 }, split: [0] };
    const view = topicView({ ...tree, edits: merged });
    expect([...view.tops].sort()).toEqual([2, 3]);
    expect(view.paths[9]).toBe(-1);
  });

  it('is nothing for a topic without parts or below the top', () => {
    expect(topicView({ ...tree, edits: { ...NO_EDITS, split: [1, 2, 99] } })).toEqual(topicView(tree));
  });

  it('holds each paper in one top topic at most, whatever is split', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4)), fc.integer({ min: 1, max: 3 }), (ids, levels) => {
        const view = topicView({ ...topicTree(20, levels, 'x'), edits: { ...NO_EDITS, split: ids } });
        const tops = new Set(view.tops);
        for (let i = 0; i < 20; i++) {
          const top = view.paths[i * levels];
          expect(top < 0 || tops.has(top)).toBe(true);
          expect(view.nearest[i] < 0 || tops.has(view.nearest[i])).toBe(true);
        }
        for (const id of view.tops) expect(papersOf(view, id)).toHaveLength(view.nodes.get(id)?.size ?? -1);
      }),
    );
  });
});

describe('the order in which topics are split', () => {
  it('is by size, and parts come after their topic', () => {
    const [base] = tree.topics;
    const topic = (id: number, parent: number, size: number) => ({
      ...base,
      id,
      parent,
      size,
      level: parent < 0 ? 0 : 1,
    });
    const topics = [
      topic(0, -1, 5),
      topic(1, -1, 9),
      topic(2, 1, 7),
      topic(3, 1, 2),
      topic(4, 2, 4),
      topic(5, 2, 3),
      topic(6, 0, 3),
      topic(7, 0, 2),
    ];
    expect(splitOrder(topics)).toEqual([1, 2, 0]);
    expect(partsOf(topics).get(1)).toEqual([2, 3]);
  });
});
