import { NAME_SEPARATOR, type Topic, type TopicEdits, type TopicTree } from './topics.ts';

/** A topic as it is shown: after renaming, merging and hiding. */
export interface TopicNode {
  readonly topic: Topic;
  readonly name: string;
  /** Papers of it and of its parts. */
  readonly size: number;
  /** Larger ones first. */
  readonly children: readonly number[];
  /** Itself or a topic above it is hidden: it has no name on the map. */
  readonly isHidden: boolean;
}

/** The topics of a map with a person's edits applied. */
export interface TopicView {
  readonly levels: number;
  /** By id, those merged into others left out; a parent stands before its parts. */
  readonly nodes: ReadonlyMap<number, TopicNode>;
  /** Top topics, larger ones first. */
  readonly tops: readonly number[];
  /** n × levels as in {@link TopicTree}, with the edits applied. */
  readonly paths: Int32Array;
  /** The top topic that each paper is in or nearest to. */
  readonly nearest: Int32Array;
}

/** What a topic is called when its papers share no phrase. */
const UNNAMED = 'Unnamed topic';

/** The topics of `tree` as its edits leave them. O(n × levels). */
export function topicView(tree: TopicTree): TopicView {
  const targets = mergeTargets(tree);
  const targetOf = (id: number): number => (id < 0 ? -1 : targets[id]);
  const paths = pathsUnder(tree, targetOf);
  const sizes = countPapers(tree, paths);
  const kept = tree.topics.filter(({ id }) => targets[id] === id);
  const bySize = (a: number, b: number): number => sizes[b] - sizes[a] || a - b;
  const nodes = new Map<number, TopicNode>();
  for (const topic of kept) {
    const above = nodes.get(targetOf(topic.parent));
    nodes.set(topic.id, {
      topic: { ...topic, parent: targetOf(topic.parent) },
      name: nameOf(topic, tree.edits),
      size: sizes[topic.id],
      children: kept
        .filter((other) => targetOf(other.parent) === topic.id)
        .map(({ id }) => id)
        .sort(bySize),
      isHidden: above?.isHidden === true || tree.edits.hidden.includes(topic.id),
    });
  }
  return {
    levels: tree.levels,
    nodes,
    tops: kept
      .filter(({ parent }) => parent < 0)
      .map(({ id }) => id)
      .sort(bySize),
    paths,
    nearest: tree.nearest.map(targetOf),
  };
}

/** The topic of a paper at a level, −1 for none. */
export function topicAt({ paths, levels }: TopicView, paper: number, level: number): number {
  return levels === 0 ? -1 : paths[paper * levels + Math.min(level, levels - 1)];
}

/** The topics of a paper, coarse to fine, each once. */
export function pathOf({ paths, levels }: TopicView, paper: number): number[] {
  return [...new Set(paths.subarray(paper * levels, (paper + 1) * levels))].filter((id) => id >= 0);
}

/** The finest topic of a paper whose name stands on the map now, else its coarsest that may; undefined for none. */
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
    // A leaf stands at all levels under its own: there its papers count once.
    if (nodes.get(paths[at])?.topic.level !== level) continue;
    const its = papers.get(paths[at]);
    const paper = (at - level) / levels;
    if (its) its.push(paper);
    else papers.set(paths[at], [paper]);
  }
  return papers;
}

/** Papers of `indices` in each topic, by id. O(indices × levels). */
export function countByTopic(view: TopicView, indices: ArrayLike<number>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < indices.length; i++) {
    for (const id of pathOf(view, indices[i])) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** Calls topic `id` by another name; an empty one gives back the name that was found. */
export function renameTopic(edits: TopicEdits, id: number, name: string): TopicEdits {
  const { [id]: _, ...names } = edits.names;
  const trimmed = name.trim();
  return { ...edits, names: trimmed === '' ? names : { ...names, [id]: trimmed } };
}

/** Counts the papers of `id` for its sibling `into`. */
export function mergeTopic(edits: TopicEdits, id: number, into: number): TopicEdits {
  return { ...edits, merged: { ...edits.merged, [id]: into } };
}

/** Takes the names of a topic and its parts off the map, or puts them back. */
export function hideTopic(edits: TopicEdits, id: number, isHidden: boolean): TopicEdits {
  const others = edits.hidden.filter((other) => other !== id);
  return { ...edits, hidden: isHidden ? [...others, id] : others };
}

/** The name made of a topic's phrases, with a capital unless its first word has a form of its own, such as `node2vec`. */
export function generatedName({ phrases }: Topic): string {
  if (phrases.length === 0) return UNNAMED;
  const name = phrases.join(NAME_SEPARATOR);
  return name.replace(/^\p{Ll}+(?=$|[\s-]\p{Ll}|\s)/u, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** Whether two topics are parts of the same one at the same level, so that they may be merged. No id has no siblings. */
export function areSiblings(topics: readonly Topic[], a: number | undefined, b: number | undefined): b is number {
  const [one, two] = [topics[a ?? -1], topics[b ?? -1]];
  return one !== undefined && two !== undefined && one.parent === two.parent && one.level === two.level;
}

function nameOf(topic: Topic, { names }: TopicEdits): string {
  return names[topic.id] ?? generatedName(topic);
}

/** The topic that each topic's papers count for: itself, or the sibling it was merged into. Other merges in a file count for nothing. */
function mergeTargets({ topics, edits }: TopicTree): Int32Array {
  const targets = Int32Array.from(topics, ({ id }) => id);
  for (const { id } of topics) {
    const seen = new Set([id]);
    for (let next = edits.merged[id]; areSiblings(topics, id, next); next = edits.merged[next]) {
      // Topics merged in a circle stay as they are.
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

/** Paths with merge targets in place of what was merged; a paper of a topic that is now divided may be in none of the parts. */
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

function countPapers({ topics, levels }: TopicTree, paths: Int32Array): Int32Array {
  const sizes = new Int32Array(topics.length);
  for (let at = 0; at < paths.length; at += levels) {
    for (let level = 0; level < levels; level++) {
      const id = paths[at + level];
      if (id >= 0 && topics[id].level === level) sizes[id]++;
    }
  }
  return sizes;
}
