import type { Topic, TopicEdits, TopicTree } from './topics.ts';

/** Topics and paths after some topics were replaced by their parts. Ids stay. */
export interface CutTopics {
  /** Without those that are replaced; the parts that take their places are at the top. A parent precedes its parts. */
  readonly topics: readonly Topic[];
  /** n × levels as in {@link TopicTree}. */
  readonly paths: Int32Array;
  /** The topic at the top of each paper, or the nearest one. */
  readonly nearest: Int32Array;
}

/**
 * Replaces the topics in `split` by their parts, from the top down: a topic that is not at the top stays. Papers of such
 * a topic that are in none of its parts are between topics; the nearest topic of such a paper is the part whose densest
 * paper is nearest on the map, or the largest part without `positions` (n×2). O(n × levels + topics).
 */
export function cutTopics(
  { topics, paths, nearest }: CutTopics,
  levels: number,
  split: readonly number[],
  positions: Float32Array | null,
): CutTopics {
  const wanted = new Set(split);
  const parts = partsOf(topics);
  const opened = new Set<number>();
  for (const { id, parent } of topics) {
    if (wanted.has(id) && parts.has(id) && (parent < 0 || opened.has(parent))) opened.add(id);
  }
  if (opened.size === 0) return { topics, paths, nearest };
  const cut = topics
    .filter(({ id }) => !opened.has(id))
    .map((topic) => (opened.has(topic.parent) ? { ...topic, parent: -1, level: 0 } : topic));
  const cutPaths = paths.slice();
  for (let at = 0; at < paths.length; at += levels) {
    let first = 0;
    // A topic whose parts are two levels down leaves a gap in the path.
    while (first < levels && (paths[at + first] < 0 || opened.has(paths[at + first]))) first++;
    cutPaths.fill(first < levels ? paths[at + first] : -1, at, at + Math.min(first, levels));
  }
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  const near = nearest.map((top, i) => {
    const own = levels > 0 ? cutPaths[i * levels] : -1;
    if (own >= 0 || !opened.has(top)) return own >= 0 && opened.has(top) ? own : top;
    return nearestPart(i, leavesBelow(top, parts, opened), byId, positions);
  });
  return { topics: cut, paths: cutPaths, nearest: near };
}

/**
 * The topics to split, one after another, to get ever more topics at the top: always the largest that has parts (ties:
 * the lower id), as a reader would. O(topics²).
 */
export function splitOrder(topics: readonly Topic[]): number[] {
  const parts = partsOf(topics);
  const sizes = new Map(topics.map(({ id, size }) => [id, size]));
  const sizeOf = (id: number): number => sizes.get(id) ?? 0;
  let tops = topics.filter(({ id, parent }) => parent < 0 && parts.has(id)).map(({ id }) => id);
  const order: number[] = [];
  while (tops.length > 0) {
    const next = tops.reduce((best, id) => (sizeOf(id) > sizeOf(best) ? id : best));
    order.push(next);
    tops = tops.filter((id) => id !== next).concat((parts.get(next) ?? []).filter((id) => parts.has(id)));
  }
  return order;
}

/** Replaces topic `id` by its parts, or joins them again. */
export function splitTopic(edits: TopicEdits, id: number, isSplit: boolean): TopicEdits {
  const others = (edits.split ?? []).filter((other) => other !== id);
  return { ...edits, split: isSplit ? [...others, id] : others };
}

/** The ids of each topic's parts. */
export function partsOf(topics: readonly Topic[]): ReadonlyMap<number, readonly number[]> {
  const parts = new Map<number, number[]>();
  for (const { id, parent } of topics) {
    if (parent < 0) continue;
    const known = parts.get(parent);
    if (known) known.push(id);
    else parts.set(parent, [id]);
  }
  return parts;
}

/** The topics that stand for an opened one: its parts, or theirs. */
function leavesBelow(
  id: number,
  parts: ReadonlyMap<number, readonly number[]>,
  opened: ReadonlySet<number>,
): readonly number[] {
  return (parts.get(id) ?? []).flatMap((part) => (opened.has(part) ? leavesBelow(part, parts, opened) : [part]));
}

function nearestPart(
  paper: number,
  parts: readonly number[],
  topics: ReadonlyMap<number, Topic>,
  positions: Float32Array | null,
): number {
  let best = parts[0] ?? -1;
  let least = Infinity;
  for (const id of parts) {
    const topic = topics.get(id);
    if (!topic) continue;
    const { densest, size } = topic;
    const far = positions
      ? Math.hypot(positions[2 * paper] - positions[2 * densest], positions[2 * paper + 1] - positions[2 * densest + 1])
      : -size;
    if (far < least) {
      best = id;
      least = far;
    }
  }
  return best;
}
