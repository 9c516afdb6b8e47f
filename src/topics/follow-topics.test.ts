import { describe, expect, it } from 'vitest';
import { generatedName, topicView } from '../model/topic-view.ts';
import { NO_EDITS, type Topic, type TopicTree } from '../model/topics.ts';
import { followTopics } from './follow-topics.ts';

/** Of each topic: its papers, its phrases (the first one names it), its part of which topic, and its hue. */
interface Plan {
  readonly papers: readonly number[];
  readonly phrases: readonly string[];
  readonly parent?: number;
  readonly hue?: number;
}

const N = 12;
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

function treeOf(plans: readonly Plan[]): TopicTree {
  const topics = plans.map(({ papers, phrases, parent = -1, hue = 0 }, id): Topic => {
    const terms = phrases.map((term) => ({ term, score: 1, papers: 1, corpusPapers: N }));
    const [paper] = papers;
    const place = { centroid: paper, exemplars: [paper], densest: paper };
    return {
      id,
      parent,
      level: parent < 0 ? 0 : 1,
      size: papers.length,
      ...place,
      phrases: phrases.slice(0, 1),
      terms,
      hue,
    };
  });
  const paths = new Int32Array(N * 2).fill(-1);
  plans.forEach(({ papers, parent = -1 }, id) => {
    const isWhole = !plans.some((other) => other.parent === id);
    for (const paper of papers) {
      paths[paper * 2 + (parent < 0 ? 0 : 1)] = id;
      if (parent < 0 && isWhole) paths[paper * 2 + 1] = id;
    }
  });
  const nearest = Int32Array.from({ length: N }, (_, i) => paths[i * 2]);
  return { levels: 2, topics, paths, confidence: new Float32Array(N), nearest, edits: NO_EDITS };
}

const before = treeOf([
  { papers: range(0, 6), phrases: ['tides', 'moon'], hue: 4 },
  { papers: range(6, 12), phrases: ['bread'], hue: 7 },
  { papers: range(0, 3), phrases: ['ebb'], parent: 0, hue: 4 },
  { papers: range(3, 6), phrases: ['flood'], parent: 0, hue: 4 },
]);

describe('topics that follow earlier ones', () => {
  it('keep id and colour by their papers, whatever their order', () => {
    const after = followTopics(
      before,
      treeOf([
        { papers: range(5, 12), phrases: ['bread'], hue: 0 },
        { papers: range(0, 5), phrases: ['tides'], hue: 1 },
        { papers: range(0, 2), phrases: ['ebb'], parent: 1, hue: 1 },
        { papers: range(2, 5), phrases: ['flood'], parent: 1, hue: 1 },
      ]),
    );
    expect(after.topics.map(({ id, parent, hue }) => [id, parent, hue])).toEqual([
      [1, -1, 7],
      [0, -1, 4],
      [2, 0, 4],
      [3, 0, 4],
    ]);
    expect(Array.from(after.nearest)).toEqual([...range(0, 5).map(() => 0), ...range(5, 12).map(() => 1)]);
    const view = topicView(after);
    expect([...view.nodes].map(([id, { size, children }]) => [id, size, children])).toEqual([
      [1, 7, []],
      [0, 5, [3, 2]],
      [2, 2, []],
      [3, 3, []],
    ]);
  });

  it('keep a name as long as it is among their terms', () => {
    const now = (phrases: readonly string[]) =>
      followTopics(
        before,
        treeOf([
          { papers: range(0, 6), phrases },
          { papers: range(6, 12), phrases: ['bread'] },
        ]),
      );
    expect(generatedName(now(['moon', 'tides']).topics[0])).toBe('Tides');
    expect(generatedName(now(['moon', 'sea']).topics[0])).toBe('Moon');
  });

  it('have a new id and a free colour where they are like none before', () => {
    const after = followTopics(
      before,
      treeOf([
        { papers: range(0, 6), phrases: ['tides'], hue: 0 },
        { papers: range(6, 9), phrases: ['bread'], hue: 1 },
        { papers: range(9, 10), phrases: ['salt'], hue: 4 },
      ]),
    );
    expect(after.topics.map(({ id }) => id)).toEqual([0, 1, 4]);
    const hues = after.topics.map(({ hue }) => hue);
    expect(hues.slice(0, 2)).toEqual([4, 7]);
    expect(new Set(hues).size).toBe(3);
  });

  it('give no two the same name', () => {
    const split = followTopics(
      before,
      treeOf([
        { papers: range(0, 4), phrases: ['moon', 'tides'] },
        { papers: range(4, 6), phrases: ['tides'] },
        { papers: range(6, 12), phrases: ['bread'] },
      ]),
    );
    expect(new Set(split.topics.map(generatedName)).size).toBe(3);
  });

  it('are taken as they are from the same papers', () => {
    expect(followTopics(before, before)).toEqual(before);
  });
});
