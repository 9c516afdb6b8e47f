import { describe, expect, it } from 'vitest';
import { topicTree } from './fixtures/topic-tree.ts';
import { topicsOf, topicsToJson } from './topic-columns.ts';

const columnsOf = (tree: ReturnType<typeof topicTree>) => [
  Array.from(tree.nearest, (_, i) => Array.from(tree.paths.subarray(i * tree.levels, (i + 1) * tree.levels))),
  Array.from(tree.confidence),
  Array.from(tree.nearest),
];
const tree = topicTree(10, 2, 'maps');
const json = () => structuredClone(topicsToJson(tree));

describe('the topics of a map file', () => {
  it('come back from their JSON and columns', () => {
    expect(topicsOf(JSON.parse(JSON.stringify(json())), columnsOf(tree))).toEqual(tree);
  });

  it('carry the name that is shown, for readers that know nothing of edits', () => {
    expect(json().topics.map(({ name }) => name)).toEqual(['Maps', 'renamed', 'Maps a', 'Maps b']);
  });

  it.each([
    ['no list of topics', { ...json(), topics: 3 }],
    [
      'a topic that lacks its size',
      { ...json(), topics: json().topics.map(({ size, ...rest }) => ({ ...rest, was: size })) },
    ],
    ['a parent that stands behind', { ...json(), topics: json().topics.map((topic) => ({ ...topic, parent: 3 })) }],
    [
      'an exemplar that is no paper',
      { ...json(), topics: json().topics.map((topic) => ({ ...topic, exemplars: [10] })) },
    ],
    ['an edit of no topic', { ...json(), edits: { names: { 9: 'nobody' } } }],
    ['more levels than the paths have', { ...json(), levels: 3 }],
  ])('refuse %s', (_, stored) => {
    expect(() => topicsOf(stored, columnsOf(tree))).toThrow(RangeError);
  });

  it('refuse a path that leads to a part of another topic', () => {
    const [paths, ...others] = columnsOf(tree);
    const wrong = paths.map((path, i) => (i === 3 ? [1, 2] : path));
    expect(() => topicsOf(json(), [wrong, ...others])).toThrow('topic 2 is no part of 1');
  });
});
