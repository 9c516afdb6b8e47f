import type { TopicTree } from '../../../src/model/topics.ts';

/** Topics of one level with their names: what the report measures, whoever made them. */
export interface Grouping {
  readonly recipe: string;
  readonly groups: readonly Group[];
  /** By paper: its place in `groups`, −1 for a paper in none. */
  readonly groupOf: Int32Array;
  /** Seconds of processor time for clusters and names; null when they were read from a file. */
  readonly seconds: number | null;
}

/** One topic of a {@link Grouping}. */
export interface Group {
  /** Its own number in all groupings of one recipe. */
  readonly id: number;
  /** The phrases or words of its name; none when it was not named. */
  readonly phrases: readonly string[];
  /** The id of the group that it is a part of, negative for none. Groups with the same parent are siblings. */
  readonly parent: number;
  /** Papers in it. */
  readonly size: number;
}

/**
 * The topics of `tree` that stand at `level` (0 at the top), as they were found: edits do not count. A topic that is
 * not divided stands at finer levels too, where it has no siblings. O(n + topics).
 */
export function groupingAt(tree: TopicTree, level: number, recipe: string, seconds: number | null): Grouping {
  const { levels, paths, topics } = tree;
  const n = paths.length / levels;
  const ids = Int32Array.from({ length: n }, (_, i) => paths[i * levels + level]);
  const used = [...new Set(ids)].filter((id) => id >= 0).sort((a, b) => a - b);
  const placeOf = new Map(used.map((id, place) => [id, place]));
  const groups = used.map((id) => ({
    id,
    phrases: topics[id].phrases,
    parent: topics[id].level === level ? topics[id].parent : -2 - id,
    size: topics[id].size,
  }));
  return { recipe, groups, groupOf: ids.map((id) => placeOf.get(id) ?? -1), seconds };
}
