import { describe, expect, it } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { hideTopic, topicView } from '../../model/topic-view.ts';
import { NO_EDITS } from '../../model/topics.ts';
import { solveTopicLabels } from './labels.ts';

// Four topics whose densest papers are 0…3, far from each other.
const found = topicTree(10, 2, 'maps');
const tree = { ...found, topics: found.topics.map((topic) => ({ ...topic, densest: topic.id })), edits: NO_EDITS };
const positions = Float32Array.from({ length: 20 }, (_, i) => [-1, -1, 1, 1, -1, 1, 1, -1][i % 8]);
const setting = { fitScale: 200, isNarrow: false, widthOf: (text: string) => 6 * text.length };

describe('names of topics, solved', () => {
  it('stand at the densest papers, the finer ones from a zoom of their own', () => {
    const { intervals, texts } = solveTopicLabels(topicView(tree), positions, setting);
    expect(intervals.candidates.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
    expect(texts.map(({ lines }) => lines.join(' '))).toEqual(['Maps', 'Not maps', 'Maps a', 'Maps b']);
    expect(intervals.candidates.map(({ anchor }) => [anchor.x, anchor.y])).toEqual([
      [-1, -1],
      [1, 1],
      [-1, 1],
      [1, -1],
    ]);
    expect(intervals.from[0]).toBeLessThan(200);
    for (const finer of [2, 3]) expect(intervals.from[finer]).toBeGreaterThanOrEqual(300);
  });

  it('leave out what is hidden, with its parts', () => {
    const edits = hideTopic(NO_EDITS, 0, true);
    const { intervals } = solveTopicLabels(topicView({ ...tree, edits }), positions, setting);
    expect(intervals.candidates.map(({ id }) => id)).toEqual([1]);
  });
});
