import type { Cluster, ClusterTree } from '../model/topics.ts';
import { groupMeans, type PaperRows } from './paper-rows.ts';

export interface LevelsInput {
  /** By level, coarse to fine, the group 0… of every paper; each within one of the level above. */
  readonly groups: readonly Int32Array[];
  /** The same with −1 for strays: never a whole group, and a stray is one at all finer levels. */
  readonly kept: readonly Int32Array[];
  /** By level, 0…1: see `supportOf`. */
  readonly support: readonly Float32Array[];
  /** Over how many usual core distances each paper joined, 0 for the core of a leaf. */
  readonly reaches: Float64Array;
  /** By paper; the least is in the densest place. */
  readonly spread: Float64Array;
  readonly rows: PaperRows;
}

const EXEMPLARS = 3;
/** A paper that its group keeps without any neighbour in it is in it all the same. */
const LEAST_SURE = 0.01;

/**
 * Makes the tree of groups that nest. A group with one part only goes on as the same cluster at the finer level. Clusters
 * are numbered by level, then size, then first paper. O(levels·n·cols).
 */
export function nameClusters({ groups, kept, support, reaches, spread, rows }: LevelsInput): ClusterTree {
  const levels = groups.length;
  const drafts = draftClusters(groups);
  const held = drafts.of.map((of, level) => of.map((draft, i) => (kept[level][i] < 0 ? -1 : draft)));
  const details = held.map((of, level) => detailsOf({ of, level, drafts, spread, rows }));
  const detailOf = (draft: number): Detail => details[drafts.levels[draft]][draft];
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
      // A paper of a leaf's core is as sure as its neighbours; one further out is less sure by the distance.
      if (draft >= 0) confidence[i] = Math.sqrt(Math.max(LEAST_SURE, support[level][i]) / Math.max(1, reaches[i]));
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
  /** By level the cluster of every paper, strays too. */
  readonly of: readonly Int32Array[];
  /** By cluster. */
  readonly parents: readonly number[];
  /** By cluster the level at which it first stands. */
  readonly levels: readonly number[];
}

function draftClusters(groups: readonly Int32Array[]): Drafts {
  const of: Int32Array[] = [];
  const parents: number[] = [];
  const levels: number[] = [];
  for (const [level, groupOf] of groups.entries()) {
    const above = of[level - 1] ?? null;
    const parentOf = new Map<number, number>();
    groupOf.forEach((group, i) => {
      if (!parentOf.has(group)) parentOf.set(group, above ? above[i] : -1);
    });
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
  /** Its lowest paper. */
  first: number;
  densest: number;
  /** Nearest to the mean first. */
  readonly central: number[];
}

interface DetailsInput {
  readonly of: Int32Array;
  readonly level: number;
  readonly drafts: Drafts;
  readonly spread: Float64Array;
  readonly rows: PaperRows;
}

/** Size, densest and most central papers of the clusters that first stand at this level. */
function detailsOf({ of, level, drafts, spread, rows }: DetailsInput): Detail[] {
  const fresh = of.map((draft) => (draft >= 0 && drafts.levels[draft] === level ? draft : -1));
  const { means } = groupMeans(rows, fresh, drafts.parents.length);
  const details = drafts.parents.map((): Detail => ({ size: 0, first: -1, densest: -1, central: [] }));
  const squares = new Float64Array(fresh.length);
  fresh.forEach((draft, i) => {
    if (draft < 0) return;
    const detail = details[draft];
    detail.size++;
    if (detail.first < 0) detail.first = i;
    if (detail.densest < 0 || spread[i] < spread[detail.densest]) detail.densest = i;
    squares[i] = rows.square(i, means, draft * rows.cols);
    keepCentral(detail.central, squares, i);
  });
  return details;
}

function keepCentral(central: number[], squares: Float64Array, paper: number): void {
  let at = central.length;
  while (at > 0 && squares[paper] < squares[central[at - 1]]) at--;
  if (at >= EXEMPLARS) return;
  central.splice(at, 0, paper);
  if (central.length > EXEMPLARS) central.pop();
}
