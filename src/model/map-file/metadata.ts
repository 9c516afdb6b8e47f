import { StageError } from '../failure.ts';
import { HUES } from '../hues.ts';
import type { QuantizedMatrix } from '../matrix.ts';
import type { Agreement, Reduction } from '../reduction.ts';
import type { KeptSelection } from '../selection.ts';
import { generatedName } from '../topic-view.ts';
import { NO_EDITS, type Topic, type TopicEdits, type TopicTerm, type TopicTree } from '../topics.ts';
import { fromBase64, toBase64 } from './bytes.ts';
import { type Cells, finiteAt, numbersAt } from './rows.ts';

/** The topic tree as stored in the metadata; what belongs to single papers is stored in columns. */
export interface StoredTopics {
  readonly levels: number;
  readonly topics: readonly (Topic & { readonly name: string })[];
  readonly edits: TopicEdits;
}

/** A kept selection as stored in the metadata: its papers are rows from 0, ascending. */
export interface StoredSelection extends Omit<KeptSelection, 'papers'> {
  readonly papers: readonly number[];
}

/** A reduction as stored in the metadata. */
export interface StoredReduction extends Omit<Reduction, 'axes'> {
  /** `pca`: kept×from int8 numbers in base64, row-major, and a scale for each row; absent for `prefix`. */
  readonly axes?: string;
  readonly scales?: readonly number[];
}

/** The columns of a topic tree: the path of ids, the confidence of the last id, and the nearest top topic. */
export const TOPIC_COLUMNS = ['topic_path', 'topic_confidence', 'topic_nearest'] as const;

/** The topics as JSON. Includes each topic's name besides its phrases, for readers that do not apply edits. */
export function topicsToJson({ levels, topics, edits }: TopicTree): StoredTopics {
  const named = topics.map((topic) => ({
    ...topic,
    name: edits.names[topic.id] ?? generatedName(topic),
  }));
  return { levels, topics: named, edits };
}

/**
 * The topics of n papers from the metadata and the columns of {@link TOPIC_COLUMNS}. Throws a RangeError when a field
 * is missing, an id names no topic, or a paper is in a part but not in its parent.
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

/** Kept selections as JSON values. O(papers in them). */
export function selectionsToJson(kept: readonly KeptSelection[]): readonly StoredSelection[] {
  return kept.map(({ id, name, hue, papers }) => ({ id, name, hue, papers: Array.from(papers) }));
}

/**
 * The kept selections of a map of n papers. Throws a RangeError when a field is missing or has a wrong type, an id is
 * repeated, or papers are not ascending within 0…n−1.
 */
export function selectionsOf(stored: unknown, n: number): readonly KeptSelection[] {
  const ids = new Set<number>();
  return listOf('selections', stored).map((value, place) => {
    const what = `selection ${place}`;
    const { id, name, hue, papers } = objectOf(what, value);
    const selection = {
      id: countOf(`${what}.id`, id),
      name: textOf(`${what}.name`, name),
      hue: countOf(`${what}.hue`, hue, HUES - 1),
      papers: ascendingPapers(`${what}.papers`, papers, n),
    };
    if (ids.has(selection.id)) throw new RangeError(`${what}.id: ${selection.id} comes twice`);
    ids.add(selection.id);
    return selection;
  });
}

/** A reduction as JSON values. O(kept·from). */
export function reductionToJson({ kind, from, kept, agreement, axes }: Reduction): StoredReduction {
  const stored = { kind, from, kept, agreement };
  if (!axes) return stored;
  const { data, scales } = axes;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { ...stored, axes: toBase64(bytes), scales: Array.from(scales) };
}

/**
 * The reduction of a map whose vectors have `cols` numbers. Throws a RangeError when a field is missing, has a wrong
 * type or does not fit the others, and `map-newer` for an unknown kind.
 */
export function reductionOf(stored: unknown, cols: number): Reduction {
  const { kind, from, kept, agreement, axes, scales } = objectOf('reduction', stored);
  if (kind !== 'prefix' && kind !== 'pca') {
    const message = `its vectors were made shorter in a way that this program does not know: ${JSON.stringify(kind)}`;
    throw new StageError('map-newer', 'map-file', message.slice(0, 200));
  }
  if (kept !== cols) throw new RangeError(`reduction.kept: expected ${cols}, got ${String(kept)}`);
  if (typeof from !== 'number' || !Number.isInteger(from) || from <= cols || from > MAX_DIMENSIONS) {
    throw new RangeError(`reduction.from: expected a whole number above ${cols}, got ${String(from)}`);
  }
  const rest = { from, kept: cols, agreement: agreementOf(agreement) };
  return kind === 'pca' ? { ...rest, kind, axes: axesOf(axes, scales, rest) } : { ...rest, kind, axes: null };
}

interface Place {
  readonly i: number;
  readonly level: number;
  readonly id: number;
  /** The id one level up; null at the top. */
  readonly above: number | null;
}

/** Checks one entry of a path: the topic above again, one of its parts, or none. */
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
    hue: countOf(`${what}.hue`, fields.hue, HUES - 1),
  };
}

/** A parent comes before its parts, which also rules out cycles. */
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
  const { names, merged, hidden, split, never } = objectOf('topics.edits', value);
  const keyed = <Value>(part: unknown, read: (entry: unknown) => Value): Record<number, Value> =>
    Object.fromEntries(
      Object.entries(objectOf('topics.edits', part ?? {})).map(([key, entry]) => [
        countOf('topics.edits', Number(key), count - 1),
        read(entry),
      ]),
    );
  const ids = (name: string, part: unknown): number[] =>
    listOf(`topics.edits.${name}`, part ?? []).map((id) => countOf(`topics.edits.${name}`, id, count - 1));
  return {
    names: keyed(names, (name) => textOf('topics.edits.names', name)),
    merged: keyed(merged, (into) => countOf('topics.edits.merged', into, count - 1)),
    hidden: ids('hidden', hidden),
    ...(split ? { split: ids('split', split) } : {}),
    ...(never ? { never: listOf('topics.edits.never', never).map((word) => textOf('topics.edits.never', word)) } : {}),
  };
}

function ascendingPapers(what: string, value: unknown, n: number): Int32Array {
  let before = -1;
  return Int32Array.from(listOf(what, value), (entry) => {
    const paper = countOf(what, entry, n - 1);
    if (paper <= before) throw new RangeError(`${what}: ${paper} comes after ${before}`);
    before = paper;
    return paper;
  });
}

/** Longer vectors than any model makes. */
const MAX_DIMENSIONS = 1_000_000;

function agreementOf(stored: unknown): Agreement | null {
  if (stored === undefined || stored === null) return null;
  const what = 'reduction.agreement';
  const { k, share, sampled } = objectOf(what, stored);
  if (typeof share !== 'number' || !(share >= 0 && share <= 1))
    throw new RangeError(`${what}: expected a share of 0…1`);
  return { k: countOf(what, k), share, sampled: countOf(what, sampled) };
}

function axesOf(axes: unknown, scales: unknown, size: Pick<Reduction, 'from' | 'kept'>): QuantizedMatrix {
  const { from, kept } = size;
  const bytes = fromBase64(textOf('reduction.axes', axes));
  if (bytes.length !== kept * from) {
    throw new RangeError(`reduction.axes: expected ${kept}×${from} bytes, got ${bytes.length}`);
  }
  if (!Array.isArray(scales) || scales.length !== kept || !scales.every(Number.isFinite)) {
    throw new RangeError(`reduction.scales: expected ${kept} numbers`);
  }
  return { data: new Int8Array(bytes.buffer), scales: Float32Array.from(scales), rows: kept, cols: from };
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
