import { describe, expect, it } from 'vitest';
import type { Neighbors } from '../../model/map-data.ts';
import { NO_EDITS, type Topic, type TopicTree } from '../../model/topics.ts';
import { assignPapers } from './assign-papers.ts';

const topic = (id: number, parent: number, level: number, size: number): Topic => ({
  ...{ id, parent, level, size, centroid: 0, exemplars: [0], densest: 0 },
  ...{ phrases: [`topic ${id}`], terms: [], hue: id },
});

/** Topic 0 has the parts 2 and 3; topic 1 has none; paper 6 is in no topic. */
const tree: TopicTree = {
  levels: 2,
  topics: [topic(0, -1, 0, 4), topic(1, -1, 0, 2), topic(2, 0, 1, 2), topic(3, 0, 1, 1)],
  paths: Int32Array.of(0, 2, 0, 2, 0, 3, 0, -1, 1, 1, 1, 1, -1, -1),
  confidence: new Float32Array(7).fill(0.5),
  nearest: Int32Array.of(0, 0, 0, 0, 1, 1, 1),
  edits: { ...NO_EDITS, names: { 0: 'My own' } },
};

const near = (...rows: number[][]): Neighbors => ({
  k: rows[0].length,
  indices: Int32Array.from(rows.flat()),
  distances: new Float32Array(rows.flat().length),
});

describe('papers that join a map', () => {
  it('come to the topics of those around them, level by level', () => {
    const grown = assignPapers(tree, near([0, 1, 2], [5, 4, 0], [3, 2, 0], [6, 6, 0], [2, 4, 6]), []);
    expect(Array.from(grown.paths.subarray(14))).toEqual([0, 2, 1, 1, 0, -1, -1, -1, 0, 3]);
    expect(Array.from(grown.confidence.subarray(7), (share) => Number(share.toFixed(2)))).toEqual([
      0.67, 0.67, 1, 0, 0.33,
    ]);
    expect(Array.from(grown.nearest.subarray(7))).toEqual([0, 1, 0, 1, 0]);
    expect(grown.topics.map(({ size }) => size)).toEqual([7, 3, 3, 2]);
  });

  it('leave the topics what they are, and the papers that were there where they were', () => {
    const grown = assignPapers(tree, near([0, 1], [4, 5]), []);
    expect(grown.edits).toBe(tree.edits);
    expect(grown.topics.map(({ size: _, ...rest }) => rest)).toEqual(tree.topics.map(({ size: _, ...rest }) => rest));
    expect(grown.paths.subarray(0, 14)).toEqual(tree.paths);
    expect(tree.topics[0].size).toBe(4);
  });

  it('are in no topic for want of a vector, or where there is none', () => {
    const grown = assignPapers(tree, near([0, 1], [0, 1]), [1]);
    expect(Array.from(grown.paths.subarray(14))).toEqual([0, 2, -1, -1]);
    expect(Array.from(grown.nearest.subarray(7))).toEqual([0, 0]);
    const bare = { ...tree, topics: [], paths: new Int32Array(14).fill(-1), nearest: new Int32Array(7).fill(-1) };
    expect(Array.from(assignPapers(bare, near([0]), []).nearest)).toEqual(new Array(8).fill(-1));
  });
});
