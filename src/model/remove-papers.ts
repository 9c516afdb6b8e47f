import type { MapData, Neighbors } from './map-data.ts';
import { cosineOf, type QuantizedMatrix } from './matrix.ts';
import { selectPapers } from './select-papers.ts';
import type { Selection } from './selection.ts';
import type { Topic, TopicEdits, TopicTree } from './topics.ts';

/** A map without some of its papers. */
export interface Thinned {
  readonly map: MapData;
  /** The new index of each old paper; −1 for those that were removed. */
  readonly newIndex: Int32Array;
}

/**
 * The map without the papers in `removed`: what is left keeps its place, vector, neighbours and topics. A paper that
 * loses neighbours gets the nearest among its neighbours' neighbours in their place; without vectors all papers keep as
 * many neighbours as the one that lost most. Topics without papers are gone; the measures of quality, which describe the
 * whole, are left out. O(n·k + papers with a lost neighbour × k² × columns).
 */
export function removePapers(map: MapData, removed: Selection): Thinned {
  const n = map.corpus.papers.length;
  const newIndex = new Int32Array(n);
  for (const paper of removed) newIndex[paper] = -1;
  const left: number[] = [];
  for (let i = 0; i < n; i++) {
    if (newIndex[i] < 0) continue;
    newIndex[i] = left.length;
    left.push(i);
  }
  const part = selectPapers(map, left);
  const neighbors = map.neighbors && neighborsOf(map.neighbors, part.embedding, left, newIndex);
  const topics = map.topics && topicsOf(map.topics, map.positions, left, newIndex);
  return { map: { ...part, neighbors, topics }, newIndex };
}

/** Papers by their new indices, without those that were removed. */
export function renumbered(papers: ArrayLike<number>, newIndex: Int32Array): number[] {
  return Array.from(papers, (paper) => newIndex[paper] ?? -1).filter((paper) => paper >= 0);
}

interface Near {
  readonly index: number;
  readonly distance: number;
}

function neighborsOf(
  { k, indices, distances }: Neighbors,
  embedding: QuantizedMatrix | null,
  left: readonly number[],
  newIndex: Int32Array,
): Neighbors | null {
  const known = left.map((old): Near[] => {
    const row: Near[] = [];
    for (let at = old * k; at < (old + 1) * k; at++) {
      const index = newIndex[indices[at]] ?? -1;
      if (index >= 0) row.push({ index, distance: distances[at] });
    }
    return row;
  });
  const rows = embedding ? known.map((row, i) => (row.length < k ? filled(i, known, embedding, k) : row)) : known;
  const most = rows.reduce((least, row) => Math.min(least, row.length), k);
  if (most === 0) return null;
  const out = { k: most, indices: new Int32Array(left.length * most), distances: new Float32Array(left.length * most) };
  rows.forEach((row, i) => {
    for (let r = 0; r < most; r++) {
      out.indices[i * most + r] = row[r].index;
      out.distances[i * most + r] = row[r].distance;
    }
  });
  return out;
}

/** A paper's neighbours, made up to `k` by the nearest of its neighbours' neighbours. */
function filled(paper: number, known: readonly (readonly Near[])[], vectors: QuantizedMatrix, k: number): Near[] {
  const own = known[paper];
  const seen = new Set([paper, ...own.map(({ index }) => index)]);
  const further: Near[] = [];
  for (const { index } of own) {
    for (const { index: next } of known[index]) {
      if (seen.has(next)) continue;
      seen.add(next);
      further.push({ index: next, distance: Math.max(0, 1 - cosineOf(vectors, paper, next)) });
    }
  }
  further.sort((a, b) => a.distance - b.distance || a.index - b.index);
  return [...own, ...further.slice(0, k - own.length)].sort((a, b) => a.distance - b.distance || a.index - b.index);
}

function topicsOf(
  { levels, topics, paths, confidence, nearest, edits }: TopicTree,
  positions: Float32Array,
  left: readonly number[],
  newIndex: Int32Array,
): TopicTree {
  const members = topics.map((): number[] => []);
  for (const paper of left) {
    for (const id of new Set(paths.subarray(paper * levels, (paper + 1) * levels)))
      if (id >= 0) members[id].push(paper);
  }
  const newId = new Int32Array(topics.length).fill(-1);
  const kept = topics.filter(({ id }) => members[id].length > 0);
  kept.forEach(({ id }, next) => {
    newId[id] = next;
  });
  const idOf = (id: number): number => (id < 0 ? -1 : newId[id]);
  const paperOf = (paper: number, own: readonly number[]): number =>
    newIndex[paper] >= 0 ? newIndex[paper] : newIndex[closest(paper, own, positions)];
  const renamed = kept.map((topic): Topic => {
    const own = members[topic.id];
    const exemplars = renumbered(topic.exemplars, newIndex);
    return {
      ...topic,
      id: newId[topic.id],
      parent: idOf(topic.parent),
      size: own.length,
      centroid: paperOf(topic.centroid, own),
      densest: paperOf(topic.densest, own),
      exemplars: exemplars.length > 0 ? exemplars : [paperOf(topic.centroid, own)],
    };
  });
  const newPaths = new Int32Array(left.length * levels);
  left.forEach((paper, row) => {
    for (let level = 0; level < levels; level++) newPaths[row * levels + level] = idOf(paths[paper * levels + level]);
  });
  return {
    levels,
    topics: renamed,
    paths: newPaths,
    confidence: Float32Array.from(left, (paper) => confidence[paper]),
    nearest: Int32Array.from(left, (paper) => idOf(nearest[paper])),
    edits: editsOf(edits, newId),
  };
}

/** The paper of `own` that is nearest on the map. */
function closest(paper: number, own: readonly number[], positions: Float32Array): number {
  const far = (other: number): number =>
    Math.hypot(positions[2 * other] - positions[2 * paper], positions[2 * other + 1] - positions[2 * paper + 1]);
  return own.reduce((best, other) => (far(other) < far(best) ? other : best));
}

function editsOf(edits: TopicEdits, newId: Int32Array): TopicEdits {
  const ids = (list: readonly number[]): number[] => renumbered(list, newId);
  const names = Object.entries(edits.names).flatMap(([id, name]) =>
    newId[Number(id)] >= 0 ? [[newId[Number(id)], name] as const] : [],
  );
  const merged = Object.entries(edits.merged).flatMap(([id, into]) =>
    newId[Number(id)] >= 0 && newId[into] >= 0 ? [[newId[Number(id)], newId[into]] as const] : [],
  );
  return {
    ...edits,
    names: Object.fromEntries(names),
    merged: Object.fromEntries(merged),
    hidden: ids(edits.hidden),
    ...(edits.split ? { split: ids(edits.split) } : {}),
  };
}
