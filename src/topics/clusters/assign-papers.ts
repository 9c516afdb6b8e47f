import type { Neighbors } from '../../model/map-data.ts';
import type { TopicTree } from '../../model/topics.ts';

/**
 * A tree of topics with new papers appended, which join the topics of their nearest papers on the map. From coarse to
 * fine, a new paper joins the topic (or none) of most of those neighbours that share its topics so far; ties go to the
 * nearer. Topics are regions of the map, so places predict them better than vectors. Measured on the sample, with a
 * tenth of the papers removed and put back in place, ten times: 5 neighbours on the map restore .97 of the top topics
 * and .91 of the finer ones, 5 neighbours by meaning .82 and .57. Ids, names, edits and reasons stay; only sizes grow.
 * Confidence is the share of the neighbours with the same path. O(papers × levels × k).
 * @param nearest the nearest papers of the tree on the map, at least one for each new paper
 * @param apart numbers of the new papers without a vector, whose place means nothing: they join no topic
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

/** The path that most of `rows` follow, level by level, and the share of them that follows all of it; 0 for none. */
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

/** The most frequent value, the first of equals; −1 if there is none. */
function commonest(values: Int32Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [best, most] = [-1, 0];
  for (const [value, count] of counts) if (count > most) [best, most] = [value, count];
  return best;
}
