import { describe, expect, it } from 'vitest';
import { type CarriedEdits, carryEdits, type EditedMap } from './carry-edits.ts';
import { NO_EDITS, type Topic, type TopicEdits } from './topics.ts';

/** A map of papers `p0…` or `ids`, with topics by their papers; later topics are parts of the first that holds them. */
function mapOf(
  levels: readonly (readonly (readonly number[])[])[],
  edits = NO_EDITS,
  ids?: readonly number[],
): EditedMap {
  const n = ids?.length ?? 1 + Math.max(...levels.flat(2));
  const papers = Array.from({ length: n }, (_, i) => {
    const id = `p${ids?.[i] ?? i}`;
    return { id, title: id, text: '', authors: null, date: null, url: null, sources: [] };
  });
  const topics: Topic[] = [];
  const paths = new Int32Array(n * levels.length).fill(-1);
  levels.forEach((groups, level) => {
    for (const group of groups) {
      const id = topics.length;
      const parent = level === 0 ? -1 : paths[group[0] * levels.length];
      for (const paper of group) paths[paper * levels.length + level] = id;
      const [first] = group;
      const place = { id, parent, level, size: group.length, centroid: first, densest: first, hue: 0 };
      topics.push({ ...place, exemplars: [first], phrases: [`topic ${id}`], terms: [] });
    }
  });
  const rest = { confidence: new Float32Array(n).fill(1), nearest: new Int32Array(n) };
  return { corpus: { papers, columns: [] }, topics: { levels: levels.length, topics, paths, edits, ...rest } };
}

const edited = (edits: Partial<TopicEdits>): TopicEdits => ({ ...NO_EDITS, ...edits });
const told = (carried: CarriedEdits | null): [readonly string[], readonly string[]] => {
  const list = (part: 'kept' | 'lost') => (carried?.[part] ?? []).map(({ kind, topic }) => `${kind} ${topic}`);
  return [list('kept'), list('lost')];
};

const three = [
  [0, 1, 2, 3],
  [4, 5, 6, 7],
  [8, 9, 10, 11],
];

describe('edits of a map made again', () => {
  it('follow the papers of their topics, wherever these stand now', () => {
    const edits = edited({ names: { 0: 'Owls' }, merged: { 1: 2 }, hidden: [2] });
    const carried = carryEdits(
      mapOf([three], edits),
      mapOf([
        [
          [8, 9, 10, 11, 7],
          [4, 5, 6],
          [0, 1, 2, 3],
        ],
      ]),
    );
    expect(carried?.edits).toEqual({ names: { 2: 'Owls' }, merged: { 1: 0 }, hidden: [0] });
    expect(told(carried)).toEqual([['name Owls', 'merge Topic 1', 'hiding Topic 2'], []]);
  });

  it('are the same again on the same topics', () => {
    const edits = edited({ names: { 1: 'Herons', 3: 'Nests' }, merged: { 0: 2 }, hidden: [4] });
    const levels = [
      three,
      [
        [0, 1],
        [2, 3],
      ],
    ];
    expect(carryEdits(mapOf(levels, edits), mapOf(levels))?.edits).toEqual(edits);
  });

  it('are lost with topics of which less than half is left together', () => {
    const edits = edited({ names: { 0: 'Owls', 1: 'Herons' }, merged: { 0: 1 }, hidden: [0] });
    const carried = carryEdits(mapOf([three], edits), mapOf([[[0, 8, 9, 10], [1, 11], [4, 5, 6, 7], [2], [3]]]));
    expect(carried?.edits).toEqual(edited({ names: { 2: 'Herons' } }));
    expect(told(carried)).toEqual([['name Herons'], ['name Owls', 'merge Owls', 'hiding Owls']]);
  });

  it('of two topics that are one now: the name of the larger part, and the merge holds', () => {
    const edits = edited({ names: { 0: 'Owls', 1: 'Herons' }, merged: { 1: 0 } });
    const before = mapOf(
      [
        [
          [0, 1, 2, 3],
          [4, 5, 6],
          [7, 8],
        ],
      ],
      edits,
    );
    const carried = carryEdits(
      before,
      mapOf([
        [
          [0, 1, 2, 3, 4, 5, 6],
          [7, 8],
        ],
      ]),
    );
    expect(carried?.edits).toEqual(edited({ names: { 0: 'Owls' } }));
    expect(told(carried)).toEqual([['name Owls', 'merge Herons'], ['name Herons']]);
  });

  it('do not merge what are no siblings now', () => {
    const before = mapOf([three], edited({ merged: { 0: 1 } }));
    const carried = carryEdits(
      before,
      mapOf([
        [
          [0, 1, 2, 3, 8, 9, 10, 11],
          [4, 5, 6, 7],
        ],
        [
          [0, 1, 2, 3],
          [8, 9, 10, 11],
        ],
      ]),
    );
    expect(carried?.edits).toEqual(NO_EDITS);
    expect(told(carried)[1]).toEqual(['merge Topic 0']);
  });

  it('come over to a map with other papers beside them, and not to one of others', () => {
    const before = mapOf([three], edited({ names: { 0: 'Owls' } }));
    const more = mapOf(
      [
        [
          [0, 1, 2, 3],
          [4, 5, 6, 7, 8, 9],
        ],
      ],
      NO_EDITS,
      [20, 0, 1, 2, 3, 4, 5, 6, 21, 22],
    );
    expect(carryEdits(before, more)?.edits.names).toEqual({ 0: 'Owls' });
    expect(carryEdits(before, mapOf([three], NO_EDITS, [20, 21, 22, 23, 24, 25, 26, 27, 0, 1, 2, 3]))).toBeNull();
    const renamed = mapOf([three]);
    const others = renamed.corpus.papers.map((paper) => ({ ...paper, title: `not ${paper.title}` }));
    expect(carryEdits(before, { ...renamed, corpus: { papers: others, columns: [] } })).toBeNull();
  });
});
