import { describe, expect, it } from 'vitest';
import type { TopicTree } from '../../../src/model/topics.ts';
import { NO_EDITS } from '../../../src/model/topics.ts';
import { groupingAt } from './grouping.ts';
import { labelsOf } from './labels.ts';
import { measure, namesOf, tableOf } from './report-table.ts';

const topic = (id: number, parent: number, level: number, size: number, phrase: string) => ({
  ...{ id, parent, level, size, centroid: 0, exemplars: [], densest: 0, terms: [], hue: 0 },
  phrases: phrase === '' ? [] : [phrase],
});

/** Seven papers: birds (owls, crows), a topic without parts, and one paper in none. */
const tree: TopicTree = {
  levels: 2,
  topics: [topic(0, -1, 0, 4, 'bird'), topic(1, -1, 0, 2, ''), topic(2, 0, 1, 2, 'owl'), topic(3, 0, 1, 1, 'crow')],
  paths: Int32Array.of(0, 2, 0, 2, 0, 3, 0, -1, 1, 1, 1, 1, -1, -1),
  confidence: new Float32Array(7),
  nearest: new Int32Array(7),
  edits: NO_EDITS,
};
const titles = ['Owl one', 'Owl two', 'Crow', 'A bird', 'Stone', 'Pebble', 'None'];
const json = JSON.stringify({
  labels: { 'OWL one': 'b', 'Owl  two': 'b', Crow: 'b', Stone: 's', None: 's', Other: 's' },
});

describe('labelsOf', () => {
  it('finds papers by their normalised titles', () => {
    expect(labelsOf(json, titles)).toEqual({
      labelOf: Int32Array.of(0, 0, 0, -1, 1, -1, 1),
      papers: 5,
      kinds: 2,
      strangers: 1,
    });
  });

  it.each(['{}', '[]', '3', '{"labels":{"a":1}}'])('does not take %s', (text) => {
    expect(() => labelsOf(text, titles)).toThrow(/expected/u);
  });
});

describe('groupingAt', () => {
  it('keeps a topic without parts at finer levels, without siblings', () => {
    const { groups, groupOf } = groupingAt(tree, 1, 'fine', null);
    expect([...groupOf]).toEqual([1, 1, 2, -1, 0, 0, -1]);
    expect(groups.map(({ id, parent }) => [id, parent])).toEqual([
      [1, -3],
      [2, 0],
      [3, 0],
    ]);
  });
});

describe('measure', () => {
  it('counts papers in none as noise, and as one cluster of V-measure when all count', () => {
    const measured = measure(groupingAt(tree, 0, 'coarse', null), titles, labelsOf(json, titles));
    expect(measured.noise).toBeCloseTo(1 / 7, 12);
    // {b b b} {s} {s}: one class is torn apart. Without the noise both agree.
    expect(measured.assigned).toBeCloseTo(1, 12);
    expect(measured.all).toBeLessThan(0.9);
    expect(measured.all).toBeGreaterThan(0.7);
  });

  it('has no V-measure without labels', () => {
    const measured = measure(groupingAt(tree, 0, 'coarse', 0.5), titles, null);
    expect([measured.all, measured.overChance, measured.assigned]).toEqual([null, null, null]);
    const row = tableOf([measured]).split('\n').at(-1);
    expect(row).toContain('| coarse | 2 | 14.3 | no labels | no labels | no labels |');
    expect(row).toContain('| 0.50 |');
  });
});

describe('namesOf', () => {
  it('writes a tree, larger ones first, with what the names cover', () => {
    const levels = [0, 1].map((level) => measure(groupingAt(tree, level, `level ${level}`, null), titles, null));
    expect(namesOf(levels, 9).split('\n')).toEqual([
      'level 0',
      '   4  bird  (covers 1)',
      '       2  owl  (covers 2)',
      '       1  crow  (covers 1)',
      '   2  (no name)  (covers 0)',
    ]);
    expect(namesOf(levels.slice(0, 1), 1).split('\n').at(-1)).toBe('… and 1 that are no larger');
  });
});
