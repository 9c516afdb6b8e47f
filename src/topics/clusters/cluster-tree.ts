import type { Cluster, ClusterTree } from '../../model/topics.ts';
import type { PaperRows } from './paper-rows.ts';

interface ClusterTreeInput {
  /** By level, coarse to fine, the group 0… of every paper; each group is within one of the level above. */
  readonly groups: readonly Int32Array[];
  /** The same with −1 for strays: never a whole group, and a stray stays one at all finer levels. */
  readonly kept: readonly Int32Array[];
  /** By level, 0…1: see `supportOf`. */
  readonly support: readonly Float32Array[];
  /** The reach over which each paper joined, in usual core distances; 0 for the core of a leaf. */
  readonly reaches: Float64Array;
  /** By paper; the smallest value marks the densest place. */
  readonly spread: Float64Array;
  readonly rows: PaperRows;
}

const EXEMPLARS = 3;
/** Support of a paper that its group keeps although no neighbour is in it. */
const MIN_CONFIDENCE = 0.01;

/**
 * The tree of nested groups. A group with only one part stays the same cluster at the finer level. Clusters are
 * numbered by level, then size, then first paper. O(levels·n·cols).
 */
export function makeClusterTree({ groups, kept, support, reaches, spread, rows }: ClusterTreeInput): ClusterTree {
  const levels = groups.length;
  const drafts = draftClusters(groups);
  const held = drafts.of.map((of, level) => of.map((draft, i) => (kept[level][i] < 0 ? -1 : draft)));
  const details = detailsOf(held, drafts, spread, rows);
  const detailOf = (draft: number): Detail => details[draft];
  const order = Array.from(drafts.parents.keys()).sort(
    (a, b) =>
      drafts.levels[a] - drafts.levels[b] ||
      detailOf(b).size - detailOf(a).size ||
      detailOf(a).first - detailOf(b).first,
  );
  const ids = new Int32Array(order.length);
  order.forEach((draft, id) => {
    ids[draft] = id;
  });
  const paths = new Int32Array(rows.n * levels);
  const confidence = new Float32Array(rows.n);
  for (let i = 0; i < rows.n; i++) {
    for (let level = 0; level < levels; level++) {
      const draft = held[level][i];
      paths[i * levels + level] = draft < 0 ? -1 : ids[draft];
      // The core of a leaf has the confidence of its neighbours; further out, it falls with the distance.
      if (draft >= 0) confidence[i] = Math.sqrt(Math.max(MIN_CONFIDENCE, support[level][i]) / Math.max(1, reaches[i]));
    }
  }
  const clusters = order.map((draft, id): Cluster => {
    const { size, central, densest } = detailOf(draft);
    const parent = drafts.parents[draft];
    const place = { id, parent: parent < 0 ? -1 : ids[parent], level: drafts.levels[draft] };
    return { ...place, size, centroid: central[0], exemplars: central, densest };
  });
  return { levels, clusters, paths, confidence, nearest: drafts.of[0].map((draft) => ids[draft]) };
}

interface Drafts {
  /** By level the cluster of every paper, including strays. */
  readonly of: readonly Int32Array[];
  /** By cluster. */
  readonly parents: readonly number[];
  /** By cluster, its coarsest level. */
  readonly levels: readonly number[];
}

function draftClusters(groups: readonly Int32Array[]): Drafts {
  const of: Int32Array[] = [];
  const parents: number[] = [];
  const levels: number[] = [];
  for (const [level, groupOf] of groups.entries()) {
    const above = of[level - 1] ?? null;
    const parentOf = new Map<number, number>();
    for (let i = 0; i < groupOf.length; i++) {
      if (!parentOf.has(groupOf[i])) parentOf.set(groupOf[i], above ? above[i] : -1);
    }
    const parts = new Map<number, number>();
    for (const parent of parentOf.values()) parts.set(parent, (parts.get(parent) ?? 0) + 1);
    const draftOf = new Map<number, number>();
    for (const [group, parent] of parentOf) {
      const isNew = parent < 0 || parts.get(parent) !== 1;
      draftOf.set(group, isNew ? parents.length : parent);
      if (!isNew) continue;
      parents.push(parent);
      levels.push(level);
    }
    of.push(groupOf.map((group) => draftOf.get(group) ?? -1));
  }
  return { of, parents, levels };
}

interface Detail {
  size: number;
  /** Its paper with the lowest index. */
  first: number;
  densest: number;
  /** Papers, nearest to the mean first. */
  readonly central: number[];
}

/**
 * Size, densest and most central papers of each cluster at its coarsest level. Rows are summed from the finest level
 * up, so that each level only adds the strays of the one below. O(n·cols·(1 + levels)).
 */
function detailsOf(held: readonly Int32Array[], drafts: Drafts, spread: Float64Array, rows: PaperRows): Detail[] {
  const count = drafts.parents.length;
  const { cols } = rows;
  const details = drafts.parents.map((): Detail => ({ size: 0, first: -1, densest: -1, central: [] }));
  const sums = new Float64Array(count * cols);
  const sizes = new Int32Array(count);
  const squares = new Float64Array(rows.n);
  for (let level = held.length - 1; level >= 0; level--) {
    const finer = held[level + 1] ?? null;
    const of = held[level];
    if (finer) foldParts(sums, sizes, drafts, level + 1);
    for (let i = 0; i < rows.n; i++) {
      if (of[i] < 0 || (finer && finer[i] >= 0)) continue;
      rows.add(i, sums, of[i] * cols);
      sizes[of[i]]++;
    }
    const { first, means } = meansAt(sums, sizes, drafts, level);
    for (let i = 0; i < rows.n; i++) {
      if (of[i] < first) continue;
      squares[i] = rows.square(i, means, (of[i] - first) * cols);
      addPaper(details[of[i]], i, spread, squares);
    }
  }
  return details;
}

/** Adds the sums of the clusters whose coarsest level is `level` to those of their parents. */
function foldParts(sums: Float64Array, sizes: Int32Array, { parents, levels }: Drafts, level: number): void {
  const cols = sums.length / sizes.length;
  for (let draft = 0; draft < sizes.length; draft++) {
    if (levels[draft] !== level) continue;
    const into = parents[draft];
    sizes[into] += sizes[draft];
    for (let j = 0; j < cols; j++) sums[into * cols + j] += sums[draft * cols + j];
  }
}

/** Means of the clusters whose coarsest level is `level`, and the first of them: their ids are consecutive. */
function meansAt(
  sums: Float64Array,
  sizes: Int32Array,
  { levels }: Drafts,
  level: number,
): { first: number; means: Float64Array } {
  const cols = sums.length / sizes.length;
  const first = levels.findIndex((own) => own >= level);
  if (first < 0) return { first: sizes.length, means: new Float64Array(0) };
  let end = first;
  while (end < sizes.length && levels[end] === level) end++;
  const means = sums.slice(first * cols, end * cols);
  for (let at = 0; at < means.length; at++) means[at] /= Math.max(1, sizes[first + Math.floor(at / cols)]);
  return { first, means };
}

function addPaper(detail: Detail, paper: number, spread: Float64Array, squares: Float64Array): void {
  detail.size++;
  if (detail.first < 0) detail.first = paper;
  if (detail.densest < 0 || spread[paper] < spread[detail.densest]) detail.densest = paper;
  keepCentral(detail.central, squares, paper);
}

function keepCentral(central: number[], squares: Float64Array, paper: number): void {
  let at = central.length;
  while (at > 0 && squares[paper] < squares[central[at - 1]]) at--;
  if (at >= EXEMPLARS) return;
  central.splice(at, 0, paper);
  if (central.length > EXEMPLARS) central.pop();
}
