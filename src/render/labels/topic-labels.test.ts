import { describe, expect, it } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { hideTopic, topicView } from '../../model/topic-view.ts';
import { NO_EDITS } from '../../model/topics.ts';
import { solveTopicLabels } from './labels.ts';

const tree = { ...topicTree(10, 2, 'maps'), edits: NO_EDITS };
// Topic 0 has papers in three corners, most of them (2 and 7) in the first: its parts 2 and 3 are in the others.
const positions = Float32Array.from(
  [
    [-1, 1],
    [1, -1],
    [-1, -1],
    [1, 1],
    [0, 0],
    [-1, 1],
    [1, -1],
    [-1.02, -1],
    [1, 1],
    [0, 0],
  ].flat(),
);
const setting = { fitScale: 200, isNarrow: false, widthOf: (text: string) => 6 * text.length };

describe('names of topics, solved', () => {
  it('stand above papers of the largest pieces, the finer ones from a zoom of their own', () => {
    const { intervals, texts, papers } = solveTopicLabels(topicView(tree), positions, setting);
    expect(intervals.candidates.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
    expect(texts.map(({ lines }) => lines.join(' '))).toEqual(['Maps', 'Not maps', 'Maps a', 'Maps b']);
    expect(intervals.candidates.map(({ anchor }) => [anchor.x, anchor.y])).toEqual([
      [-1, -1],
      [1, 1],
      [-1, 1],
      [1, -1],
    ]);
    expect(Object.fromEntries(papers)).toEqual({ 0: 2, 1: 3, 2: 0, 3: 1 });
    for (const { risePx, heightPx } of intervals.candidates) expect(risePx).toBeGreaterThan(heightPx / 2);
    expect(intervals.from[0]).toBeLessThan(200);
    for (const finer of [2, 3]) expect(intervals.from[finer]).toBeGreaterThanOrEqual(300);
  });

  it('leave out what is hidden, with its parts', () => {
    const edits = hideTopic(NO_EDITS, 0, true);
    const { intervals } = solveTopicLabels(topicView({ ...tree, edits }), positions, setting);
    expect(intervals.candidates.map(({ id }) => id)).toEqual([1]);
  });
});
