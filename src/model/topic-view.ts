import { type CutTopics, cutTopics, partsOf } from './topic-cut.ts';
import { phrasesWithout } from './topic-words.ts';
import { NAME_SEPARATOR, type Topic, type TopicEdits, type TopicTree } from './topics.ts';

/** A topic as shown, after renaming, merging and hiding. */
export interface TopicNode {
  readonly topic: Topic;
  readonly name: string;
  /** Number of papers, including those of its parts. */
  readonly size: number;
  /** Larger ones first. */
  readonly children: readonly number[];
  /** Whether it or a topic above it is hidden, so that its name is not on the map. */
  readonly isHidden: boolean;
}

/** The topics of a map with a person's edits applied. */
export interface TopicView {
  readonly levels: number;
  /** Topics by id, without those merged into others; a parent comes before its parts. */
  readonly nodes: ReadonlyMap<number, TopicNode>;
  /** Top topics, larger ones first. */
  readonly tops: readonly number[];
  /** n × levels as in {@link TopicTree}, with the edits applied. */
  readonly paths: Int32Array;
  /** The top topic of each paper, or the nearest one. */
  readonly nearest: Int32Array;
}

/** The name of a topic whose papers share no phrase. */
export const UNNAMED = 'Unnamed topic';

/**
 * Applies the edits of `tree`: first merges, then splits. O(n × levels).
 * @param positions n×2, by which papers in no part of a split topic find the nearest one; null when unknown
 */
export function topicView(tree: TopicTree, positions: Float32Array | null = null): TopicView {
  const { edits, levels } = tree;
  const merged = mergedTopics(tree);
  const { topics, paths, nearest } = cutTopics(merged, levels, edits.split ?? [], positions);
  const sizes = countPapers(topics, paths, levels);
  const bySize = (a: number, b: number): number => sizes[b] - sizes[a] || a - b;
  const parts = partsOf(topics);
  const never = edits.never ?? [];
  const hidden = hiddenTopics(merged.topics, edits);
  const nodes = new Map<number, TopicNode>();
  for (const topic of topics) {
    nodes.set(topic.id, {
      topic,
      name: nameOf(topic, edits.names, never),
      size: sizes[topic.id],
      children: [...(parts.get(topic.id) ?? [])].sort(bySize),
      isHidden: hidden.has(topic.id),
    });
  }
  const tops = topics.filter(({ parent }) => parent < 0).map(({ id }) => id);
  return { levels, nodes, tops: tops.sort(bySize), paths, nearest };
}

/** The topics after merging, before any is split, without those merged into others. */
export function mergedTopics(tree: TopicTree): CutTopics {
  const targets = mergeTargets(tree);
  const targetOf = (id: number): number => (id < 0 ? -1 : targets[id]);
  return {
    topics: tree.topics
      .filter(({ id }) => targets[id] === id)
      .map((topic) => ({ ...topic, parent: targetOf(topic.parent) })),
    paths: pathsUnder(tree, targetOf),
    nearest: tree.nearest.map(targetOf),
  };
}

/** The topics that are hidden, themselves or with one above them. */
function hiddenTopics(topics: readonly Topic[], { hidden }: TopicEdits): ReadonlySet<number> {
  const all = new Set(hidden);
  for (const { id, parent } of topics) if (all.has(parent)) all.add(id);
  return all;
}

/** The topic of a paper at a level, −1 for none. */
export function topicAt({ paths, levels }: TopicView, paper: number, level: number): number {
  return levels === 0 ? -1 : paths[paper * levels + Math.min(level, levels - 1)];
}

/** The topics of a paper, coarse to fine, without repetition. */
export function pathOf({ paths, levels }: TopicView, paper: number): number[] {
  return [...new Set(paths.subarray(paper * levels, (paper + 1) * levels))].filter((id) => id >= 0);
}

/** The finest topic of a paper whose name is on the map now, else its coarsest visible one; undefined for none. */
export function namedTopic(view: TopicView, paper: number, named: ReadonlySet<number>): number | undefined {
  const path = pathOf(view, paper).filter((id) => view.nodes.get(id)?.isHidden === false);
  return path.findLast((id) => named.has(id)) ?? path[0];
}

/** The papers of a topic, ascending. O(n). */
export function papersOf(view: TopicView, id: number): number[] {
  const level = view.nodes.get(id)?.topic.level;
  if (level === undefined) return [];
  const papers: number[] = [];
  for (let i = 0, at = level; at < view.paths.length; i++, at += view.levels) if (view.paths[at] === id) papers.push(i);
  return papers;
}

/** The papers of every topic, ascending, by id. O(n × levels). */
export function papersByTopic({ paths, levels, nodes }: TopicView): ReadonlyMap<number, readonly number[]> {
  const papers = new Map<number, number[]>();
  for (let at = 0; at < paths.length; at++) {
    const level = at % levels;
    // A leaf is also at all finer levels of the path: count its papers only at its own.
    if (nodes.get(paths[at])?.topic.level !== level) continue;
    const its = papers.get(paths[at]);
    const paper = (at - level) / levels;
    if (its) its.push(paper);
    else papers.set(paths[at], [paper]);
  }
  return papers;
}

/** Number of papers of `indices` in each topic, by id. O(indices × levels). */
export function countByTopic(view: TopicView, indices: ArrayLike<number>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < indices.length; i++) {
    for (const id of pathOf(view, indices[i])) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** Renames topic `id`; an empty name restores the generated one. */
export function renameTopic(edits: TopicEdits, id: number, name: string): TopicEdits {
  const { [id]: _, ...names } = edits.names;
  const trimmed = name.trim();
  return { ...edits, names: trimmed === '' ? names : { ...names, [id]: trimmed } };
}

/** Merges topic `id` into its sibling `into`. */
export function mergeTopic(edits: TopicEdits, id: number, into: number): TopicEdits {
  return { ...edits, merged: { ...edits.merged, [id]: into } };
}

/** Hides the names of a topic and its parts, or shows them again. */
export function hideTopic(edits: TopicEdits, id: number, isHidden: boolean): TopicEdits {
  const others = edits.hidden.filter((other) => other !== id);
  return { ...edits, hidden: isHidden ? [...others, id] : others };
}

/** A topic's phrases as its name, capitalised unless its first word has special spelling, such as `node2vec`. */
export function generatedName({ phrases }: Topic): string {
  if (phrases.length === 0) return UNNAMED;
  const name = phrases.join(NAME_SEPARATOR);
  return name.replace(/^\p{Ll}+(?=$|[\s-]\p{Ll}|\s)/u, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** Whether two topics have the same parent and level, so that they may be merged. An undefined id has no siblings. */
export function areSiblings(topics: readonly Topic[], a: number | undefined, b: number | undefined): b is number {
  const [one, two] = [a, b].map((id) => topics.find((topic) => topic.id === id));
  return one !== undefined && two !== undefined && one.parent === two.parent && one.level === two.level;
}

function nameOf(topic: Topic, names: TopicEdits['names'], never: readonly string[]): string {
  return names[topic.id] ?? generatedName({ ...topic, phrases: phrasesWithout(topic, never) });
}

/** The topic that each topic's papers count for: itself, or the sibling it was merged into. Ignores invalid merges. */
function mergeTargets({ topics, edits }: TopicTree): Int32Array {
  const targets = Int32Array.from({ length: lengthById(topics) }, (_, id) => id);
  for (const { id } of topics) {
    const seen = new Set([id]);
    for (let next = edits.merged[id]; areSiblings(topics, id, next); next = edits.merged[next]) {
      // Ignores merges in a cycle.
      if (seen.has(next)) {
        targets[id] = id;
        break;
      }
      seen.add(next);
      targets[id] = next;
    }
  }
  return targets;
}

/** Paths with merged topics replaced by their targets; a paper may then be in a topic but in none of its parts. */
function pathsUnder({ paths, levels, topics }: TopicTree, targetOf: (id: number) => number): Int32Array {
  const divided = new Set(topics.map(({ parent }) => targetOf(parent)));
  const out = new Int32Array(paths.length);
  for (let at = 0; at < paths.length; at += levels) {
    for (let level = 0; level < levels; level++) {
      const id = targetOf(paths[at + level]);
      const isWhole = level > 0 && id === out[at + level - 1] && divided.has(id);
      out[at + level] = isWhole ? -1 : id;
    }
  }
  return out;
}

/** The length of a list by id, which need not be dense. */
function lengthById(topics: readonly Topic[]): number {
  return topics.reduce((length, { id }) => Math.max(length, id + 1), 0);
}

function countPapers(topics: readonly Topic[], paths: Int32Array, levels: number): Int32Array {
  const sizes = new Int32Array(lengthById(topics));
  const levelOf = new Int32Array(sizes.length);
  for (const { id, level } of topics) levelOf[id] = level;
  for (let at = 0; at < paths.length; at += levels) {
    for (let level = 0; level < levels; level++) {
      const id = paths[at + level];
      if (id >= 0 && levelOf[id] === level) sizes[id]++;
    }
  }
  return sizes;
}
