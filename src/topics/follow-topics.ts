import { HUES } from '../model/hues.ts';
import { NAME_SEPARATOR, type Topic, type TopicTree } from '../model/topics.ts';

/**
 * Least Jaccard index of two topics' papers for them to be the same topic: a third, where half of the papers of each
 * (by their mean size) are in both, as for the edits that one map hands on to the next.
 */
const LEAST_OVERLAP = 1 / 3;

/**
 * Topics that were found anew on the same papers, with what a reader knows them by: a topic that is like one of `before`
 * keeps its id, its colour, and its name while that is still among the terms that distinguish it. Pairs are matched by
 * the Jaccard index of their papers, the most alike first, each topic once, as communities are followed over time
 * (Greene, Doyle and Cunningham 2010, “Tracking the Evolution of Communities in Dynamic Social Networks”). A topic like
 * none before has an id that none had. Ids are then no longer places in the list, where a parent still precedes its
 * parts. O(n × levels² + pairs·log pairs).
 */
export function followTopics(before: TopicTree, after: TopicTree): TopicTree {
  const olds = new Map(before.topics.map((topic) => [topic.id, topic]));
  const matches = matchTopics(before, after);
  let next = Math.max(-1, ...olds.keys());
  const ids = new Map(after.topics.map(({ id }) => [id, matches.get(id) ?? ++next]));
  const idOf = (id: number): number => ids.get(id) ?? -1;
  const hues = huesOf(after, (id) => olds.get(matches.get(id) ?? -1));
  const topics = after.topics.map((topic): Topic => {
    const old = olds.get(matches.get(topic.id) ?? -1);
    const phrases = old && isStillItsName(old, topic) ? old.phrases : topic.phrases;
    return { ...topic, id: idOf(topic.id), parent: idOf(topic.parent), hue: hues.get(topic.id) ?? topic.hue, phrases };
  });
  return {
    ...after,
    topics: withoutDoubles(topics, after.topics),
    paths: after.paths.map(idOf),
    nearest: after.nearest.map(idOf),
  };
}

/** The topic of `before` that each topic of `after` goes on with, by id. */
function matchTopics(before: TopicTree, after: TopicTree): ReadonlyMap<number, number> {
  const shared = new Map<number, Map<number, number>>();
  for (let paper = 0; paper < after.nearest.length; paper++) {
    const olds = pathOf(before, paper);
    for (const id of pathOf(after, paper)) {
      const counts = shared.get(id) ?? new Map<number, number>();
      shared.set(id, counts);
      for (const old of olds) counts.set(old, (counts.get(old) ?? 0) + 1);
    }
  }
  const olds = new Map(before.topics.map((topic) => [topic.id, topic]));
  const pairs = after.topics.flatMap(({ id, size, level }) =>
    [...(shared.get(id) ?? [])].flatMap(([old, count]) => {
      const other = olds.get(old);
      const overlap = count / (size + (other?.size ?? 0) - count);
      return other && overlap >= LEAST_OVERLAP ? [{ id, old, overlap, isLevel: other.level === level }] : [];
    }),
  );
  pairs.sort((a, b) => b.overlap - a.overlap || Number(b.isLevel) - Number(a.isLevel) || a.id - b.id || a.old - b.old);
  const matches = new Map<number, number>();
  const taken = new Set<number>();
  for (const { id, old } of pairs) {
    if (matches.has(id) || taken.has(old)) continue;
    matches.set(id, old);
    taken.add(old);
  }
  return matches;
}

/** The topics of a paper, each once. */
function pathOf({ paths, levels }: TopicTree, paper: number): ReadonlySet<number> {
  return new Set(paths.subarray(paper * levels, (paper + 1) * levels).filter((id) => id >= 0));
}

/** The hue of each topic of `after`: a top topic's own from before, else one that is free; its parts have the same. */
function huesOf({ topics }: TopicTree, oldOf: (id: number) => Topic | undefined): ReadonlyMap<number, number> {
  const hues = new Map<number, number>();
  const uses = new Int32Array(HUES);
  const tops = topics.filter(({ parent }) => parent < 0);
  for (const { id } of tops) {
    const hue = oldOf(id)?.hue;
    if (hue === undefined) continue;
    hues.set(id, hue);
    uses[hue]++;
  }
  for (const { id, hue } of tops) {
    if (hues.has(id)) continue;
    const own = uses[hue] === 0 ? hue : uses.indexOf(Math.min(...uses));
    hues.set(id, own);
    uses[own]++;
  }
  for (const { id, parent, hue } of topics) if (parent >= 0) hues.set(id, hues.get(parent) ?? hue);
  return hues;
}

function isStillItsName(old: Topic, now: Topic): boolean {
  const terms = new Set(now.terms.map(({ term }) => term));
  return old.phrases.length > 0 && old.phrases.every((phrase) => terms.has(phrase));
}

/** Gives a topic its own new name back where the kept one is already that of another. */
function withoutDoubles(topics: readonly Topic[], found: readonly Topic[]): readonly Topic[] {
  const names = new Set<string>();
  return topics.map((topic, i) => {
    const name = topic.phrases.join(NAME_SEPARATOR);
    const isTaken = names.has(name);
    names.add(name);
    return isTaken ? { ...topic, phrases: found[i].phrases } : topic;
  });
}
