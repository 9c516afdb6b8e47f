import { foundName } from '../topic-view.ts';
import type { Topic, TopicEdits, TopicTerm, TopicTree } from '../topics.ts';
import { NO_EDITS } from '../topics.ts';
import type { Cells } from './rows.ts';
import { finiteAt, numbersAt } from './rows.ts';

/** The tree of topics as it stands in the metadata; what belongs to a paper stands in columns. */
export interface StoredTopics {
  readonly levels: number;
  readonly topics: readonly (Topic & { readonly name: string })[];
  readonly edits: TopicEdits;
}

/** The columns of a topic tree: the path of ids, how sure the last of them is, and the nearest top topic. */
export const TOPIC_COLUMNS = ['topic_path', 'topic_confidence', 'topic_nearest'] as const;

/** Each topic's name stands beside its phrases, for readers that know nothing of edits. */
export function topicsToJson({ levels, topics, edits }: TopicTree): StoredTopics {
  const named = topics.map((topic) => ({
    ...topic,
    name: edits.names[topic.id] ?? foundName(topic),
  }));
  return { levels, topics: named, edits };
}

/**
 * The topics of n papers from the metadata and the columns of {@link TOPIC_COLUMNS}. Throws a RangeError when a field
 * is missing, an id names no topic, or a paper stands in a part without standing in the whole.
 */
export function topicsOf(stored: unknown, [paths, confidence, nearest]: readonly Cells[]): TopicTree {
  const fields = objectOf('topics', stored);
  const levels = countOf('topics.levels', fields.levels, 64);
  const n = paths.length;
  const listed = listOf('topics.topics', fields.topics);
  const topics = listed.map((value, id) => topicOf(value, id, { n, levels, count: listed.length }));
  const tree: TopicTree = {
    levels,
    topics: topics.map((topic, id) => withParent(topic, id, topics)),
    paths: new Int32Array(n * levels),
    confidence: new Float32Array(n),
    nearest: new Int32Array(n),
    edits: editsOf(fields.edits, topics.length),
  };
  for (let i = 0; i < n; i++) {
    const path = numbersAt('topic_path', paths, i);
    if (path.length !== levels)
      throw new RangeError(`topic_path of row ${i}: expected ${levels} ids, got ${path.length}`);
    path.forEach((id, level) => {
      expectTopicAt(tree, { i, level, id, above: level === 0 ? null : path[level - 1] });
    });
    tree.paths.set(path, i * levels);
    tree.confidence[i] = finiteAt('topic_confidence', confidence, i);
    tree.nearest[i] = idOf(`topic_nearest of row ${i}`, finiteAt('topic_nearest', nearest, i), topics.length);
  }
  return tree;
}

interface Place {
  readonly i: number;
  readonly level: number;
  readonly id: number;
  /** The id one level up; null at the top. */
  readonly above: number | null;
}

/** Below a topic stands itself, one of its parts, or none. */
function expectTopicAt({ topics }: TopicTree, { i, level, id, above }: Place): void {
  idOf(`topic_path of row ${i}`, id, topics.length);
  if (id < 0 || id === above) return;
  const parent = above ?? -1;
  if (topics[id].parent !== parent || topics[id].level !== level) {
    throw new RangeError(`topic_path of row ${i}: topic ${id} is no part of ${parent} at level ${level}`);
  }
}

interface Bounds {
  readonly n: number;
  readonly levels: number;
  readonly count: number;
}

function topicOf(value: unknown, id: number, { n, levels, count }: Bounds): Topic {
  const what = `topic ${id}`;
  const fields = objectOf(what, value);
  if (fields.id !== id) throw new RangeError(`${what}: expected its place as id, got ${String(fields.id)}`);
  return {
    id,
    parent: idOf(`${what}.parent`, fields.parent, count),
    level: countOf(`${what}.level`, fields.level, levels - 1),
    size: countOf(`${what}.size`, fields.size, n),
    centroid: countOf(`${what}.centroid`, fields.centroid, n - 1),
    densest: countOf(`${what}.densest`, fields.densest, n - 1),
    exemplars: listOf(`${what}.exemplars`, fields.exemplars).map((paper) => countOf(`${what}.exemplars`, paper, n - 1)),
    phrases: listOf(`${what}.phrases`, fields.phrases).map((phrase) => textOf(`${what}.phrases`, phrase)),
    terms: listOf(`${what}.terms`, fields.terms).map((term) => termOf(`${what}.terms`, term)),
    hue: countOf(`${what}.hue`, fields.hue, 9),
  };
}

/** A parent stands before its parts, which also rules out a circle. */
function withParent(topic: Topic, id: number, topics: readonly Topic[]): Topic {
  const isSound = topic.parent < 0 ? topic.level === 0 : topic.parent < id && topics[topic.parent].level < topic.level;
  if (!isSound) throw new RangeError(`topic ${id}: its parent ${topic.parent} is no topic above it`);
  return topic;
}

function termOf(what: string, value: unknown): TopicTerm {
  const fields = objectOf(what, value);
  const score = fields.score;
  if (typeof score !== 'number' || !Number.isFinite(score)) {
    throw new RangeError(`${what}: expected a score, got ${String(score)}`);
  }
  return {
    term: textOf(what, fields.term),
    score,
    papers: countOf(what, fields.papers),
    corpusPapers: countOf(what, fields.corpusPapers),
  };
}

function editsOf(value: unknown, count: number): TopicEdits {
  if (value === undefined || value === null) return NO_EDITS;
  const { names, merged, hidden } = objectOf('topics.edits', value);
  const keyed = <Value>(part: unknown, read: (entry: unknown) => Value): Record<number, Value> =>
    Object.fromEntries(
      Object.entries(objectOf('topics.edits', part ?? {})).map(([key, entry]) => [
        countOf('topics.edits', Number(key), count - 1),
        read(entry),
      ]),
    );
  return {
    names: keyed(names, (name) => textOf('topics.edits.names', name)),
    merged: keyed(merged, (into) => countOf('topics.edits.merged', into, count - 1)),
    hidden: listOf('topics.edits.hidden', hidden ?? []).map((id) => countOf('topics.edits.hidden', id, count - 1)),
  };
}

function objectOf(what: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`${what}: expected an object, got ${kindOf(value)}`);
  }
  return value as Record<string, unknown>; // Just checked.
}

function listOf(what: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new RangeError(`${what}: expected a list, got ${kindOf(value)}`);
  return value;
}

function textOf(what: string, value: unknown): string {
  if (typeof value !== 'string') throw new RangeError(`${what}: expected text, got ${kindOf(value)}`);
  return value;
}

function countOf(what: string, value: unknown, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new RangeError(`${what}: expected a whole number of 0…${most}, got ${String(value)}`);
}

function idOf(what: string, value: unknown, count: number): number {
  return value === -1 ? -1 : countOf(what, value, count - 1);
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
}
