import type { Corpus, Paper } from './paper.ts';
import { areSiblings, generatedName } from './topic-view.ts';
import type { TopicEdits, TopicTree } from './topics.ts';

/** A corpus and its topics. */
export interface EditedMap {
  readonly corpus: Corpus;
  /** The topics as found, with a person's edits. */
  readonly topics: TopicTree;
}

/** One edit. `topic` is the topic's name before: the name given by the person, otherwise the generated one. */
export interface CarriedEdit {
  readonly kind: 'name' | 'merge' | 'hiding';
  readonly topic: string;
}

/** The edits of one map, applied to the topics of another. */
export interface CarriedEdits {
  readonly edits: TopicEdits;
  readonly kept: readonly CarriedEdit[];
  readonly lost: readonly CarriedEdit[];
}

/** Sørensen–Dice similarity from which two topics count as the same one. */
const MIN_SIMILARITY = 0.5;

/**
 * Carries the edits of `before` over to the topics of `after`, which were found on all or some of the same papers. Each
 * edited topic is matched with the most similar one (Sørensen–Dice over the papers in both maps; ties prefer the same
 * level) if the similarity is at least one half. If several renamed or several hidden topics have the same match, the
 * most similar one gets it. A merge is kept if both topics are siblings again, or now one topic. Null when fewer than
 * half of the papers are in both maps, by id and title, since the maps are then about different things. Words that are in
 * no name stay so; what was split is whole again. O(n × levels).
 */
export function carryEdits(before: EditedMap, after: EditedMap): CarriedEdits | null {
  const pairs = pairPapers(before.corpus, after.corpus);
  if (pairs.length * 2 < before.corpus.papers.length) return null;
  const old = before.topics;
  const { names, merged, hidden } = old.edits;
  const matches = matchTopics(old, after.topics, pairs);
  const now = { names: {} as Record<number, string>, merged: {} as Record<number, number>, hidden: [] as number[] };
  const kept: CarriedEdit[] = [];
  const lost: CarriedEdit[] = [];
  const report = (kind: CarriedEdit['kind'], id: number, isKept: boolean): void => {
    (isKept ? kept : lost).push({ kind, topic: names[id] ?? generatedName(old.topics[id]) });
  };
  const named = Object.keys(names).map(Number);
  for (const id of named) {
    const match = ownMatch(matches, id, named);
    if (match !== null) now.names[match] = names[id];
    report('name', id, match !== null);
  }
  for (const id of Object.keys(merged).map(Number)) {
    const [one, two] = [matches.get(id)?.topic, matches.get(merged[id])?.topic];
    const isOne = one !== undefined && one === two;
    const isKept = isOne || areSiblings(after.topics.topics, one, two);
    if (isKept && !isOne && one !== undefined) now.merged[one] = two;
    report('merge', id, isKept);
  }
  for (const id of hidden) {
    const match = ownMatch(matches, id, hidden);
    if (match !== null) now.hidden.push(match);
    report('hiding', id, match !== null);
  }
  return { edits: old.edits.never ? { ...now, never: old.edits.never } : now, kept, lost };
}

/** The papers in both corpora: index in the first, index in the second. */
function pairPapers(before: Corpus, after: Corpus): [number, number][] {
  const key = ({ id, title }: Paper): string => JSON.stringify([id, title]);
  const places = new Map(after.papers.map((paper, i) => [key(paper), i]));
  return before.papers.flatMap((paper, i): [number, number][] => {
    const other = places.get(key(paper));
    return other === undefined ? [] : [[i, other]];
  });
}

interface Match {
  readonly topic: number;
  readonly similarity: number;
}

/** The matching topic of `after` for each topic of `before` that has one. */
function matchTopics(
  before: TopicTree,
  after: TopicTree,
  pairs: readonly (readonly [number, number])[],
): ReadonlyMap<number, Match> {
  const sizes = countIn(
    before,
    pairs.map(([paper]) => paper),
  );
  const otherSizes = countIn(
    after,
    pairs.map(([, paper]) => paper),
  );
  const shared = new Map<number, Map<number, number>>();
  for (const [paper, other] of pairs) {
    for (const id of topicsOf(before, paper)) {
      const counts = shared.get(id) ?? new Map<number, number>();
      shared.set(id, counts);
      for (const topic of topicsOf(after, other)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    }
  }
  const matches = new Map<number, Match>();
  for (const [id, counts] of shared) {
    let best: Match | null = null;
    for (const [topic, count] of counts) {
      const similarity = (2 * count) / ((sizes.get(id) ?? 0) + (otherSizes.get(topic) ?? 0));
      const isLevel = after.topics[topic].level === before.topics[id].level;
      if (similarity < MIN_SIMILARITY) continue;
      if (!best || similarity > best.similarity || (similarity === best.similarity && isLevel))
        best = { topic, similarity };
    }
    if (best) matches.set(id, best);
  }
  return matches;
}

/** The number of `papers` in each topic. */
function countIn(tree: TopicTree, papers: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const paper of papers) for (const id of topicsOf(tree, paper)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** The topics of a paper, each once. */
function topicsOf({ paths, levels }: TopicTree, paper: number): ReadonlySet<number> {
  return new Set(paths.subarray(paper * levels, (paper + 1) * levels).filter((id) => id >= 0));
}

/** The match of `id`, unless a rival has the same match and is more similar to it, or as similar with a lower id. */
function ownMatch(matches: ReadonlyMap<number, Match>, id: number, rivals: readonly number[]): number | null {
  const match = matches.get(id);
  if (!match) return null;
  const isTaken = rivals.some((rival) => {
    const other = matches.get(rival);
    if (rival === id || other?.topic !== match.topic) return false;
    return other.similarity > match.similarity || (other.similarity === match.similarity && rival < id);
  });
  return isTaken ? null : match.topic;
}
