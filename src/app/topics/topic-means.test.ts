import { describe, expect, it } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { topicView } from '../../model/topic-view.ts';
import { NO_EDITS } from '../../model/topics.ts';
import { byMean, topicMeans } from './topic-means.ts';
import { treeRows } from './tree-rows.ts';

// Papers by i % 5: 0 in topics 0, 2; 1 in 0, 3; 2 in 0 alone; 3 in 1 (undivided); 4 in none.
const view = topicView({ ...topicTree(10, 3, 'maps'), edits: NO_EDITS });

describe('the mean of a column in each topic', () => {
  it('counts each paper once for each of its topics, and none without a number', () => {
    const means = topicMeans(view, [1, 2, 3, 10, 99, 5, null, 7, 12, 99]);
    expect(means?.get(0)).toEqual({ mean: 18 / 5, spread: expect.closeTo(Math.sqrt(23.2 / 4)), count: 5 });
    expect(means?.get(2)).toEqual({ mean: 3, spread: expect.closeTo(Math.sqrt(8)), count: 2 });
    expect(means?.get(3)).toEqual({ mean: 2, spread: 0, count: 1 });
    expect(means?.get(1)?.mean).toBe(11);
  });

  it('is of numbers alone, and of some that differ', () => {
    expect(topicMeans(view, ['a', 1])).toBeNull();
    expect(topicMeans(view, [1, 1, null])).toBeNull();
    expect(topicMeans(view, [1e300, 1e300, 1e300, -1e300, 0])?.get(0)?.mean).toBe(1e300);
  });

  it('orders topics and their parts', () => {
    const means = topicMeans(view, [1, 5, 3, 10, 99, 1, 6, 3, 12, 99]);
    if (!means) throw new Error('no means');
    expect(byMean(means, [0, 1])).toEqual([1, 0]);
    const rows = treeRows(view, new Set([0]), (ids) => byMean(means, ids));
    expect(rows.map(({ id }) => id)).toEqual([1, 0, 3, 2]);
  });
});
