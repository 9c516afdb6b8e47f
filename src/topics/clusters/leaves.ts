import { findRoot, makeSets } from '../../math/disjoint-sets.ts';
import { groupMeans, type PaperRows } from './paper-rows.ts';
import type { SpanningTree } from './spanning-tree.ts';

/**
 * A hierarchy of density, without the splits that only shed a few points (McInnes, Healy and Astels 2017, "condensed
 * tree"). Cluster 0 is all points; a parent precedes its parts.
 */
interface DensityTree {
  /** By cluster: the one it split from, −1 for the first. */
  readonly parents: Int32Array;
  /** By point: the smallest cluster it is in. */
  readonly clusterOf: Int32Array;
}

/**
 * Condenses the single linkage of a spanning tree. From the longest edge down, a split counts if both sides have at
 * least `leastSize` points; otherwise the smaller side falls out. O(n), since the edges are sorted.
 */
export function makeDensityTree({ a, b }: Pick<SpanningTree, 'a' | 'b'>, leastSize: number): DensityTree {
  const n = a.length + 1;
  const { left, right, sizes } = linkEdges(a, b);
  const parents = [-1];
  // The cluster of each node of the linkage (points first); a node that fell out keeps the cluster it fell from.
  const clusterOf = new Int32Array(n * 2 - 1);
  const fallen = new Uint8Array(n * 2 - 1);
  for (let node = n * 2 - 2; node >= n; node--) {
    const one = left[node - n];
    const two = right[node - n];
    const cluster = clusterOf[node];
    const splits = fallen[node] === 0 && Math.min(sizes[one], sizes[two]) >= leastSize;
    for (const part of [one, two]) {
      clusterOf[part] = splits ? parents.length : cluster;
      if (splits) parents.push(cluster);
      if (sizes[part] < leastSize) fallen[part] = 1;
    }
  }
  return { parents: Int32Array.from(parents), clusterOf: clusterOf.slice(0, n) };
}

/**
 * The clusters that do not split further, numbered 0… in the order of their first points; −1 for points in none of
 * them, and for all when there was no split (scikit-learn's `cluster_selection_method="leaf"`).
 */
export function leavesOf({ parents, clusterOf }: DensityTree): { labels: Int32Array; count: number } {
  const numbers = new Int32Array(parents.length).fill(-1);
  const splits = new Uint8Array(parents.length);
  splits[0] = 1;
  for (let cluster = 1; cluster < parents.length; cluster++) splits[parents[cluster]] = 1;
  let count = 0;
  const labels = clusterOf.map((cluster) => {
    if (splits[cluster] === 1) return -1;
    if (numbers[cluster] < 0) numbers[cluster] = count++;
    return numbers[cluster];
  });
  return { labels, count };
}

interface Linkage {
  /** By merge: the two nodes it joins (0…n − 1 are points, n… are merges). */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** By node: its number of points. */
  readonly sizes: Int32Array;
}

function linkEdges(a: Int32Array, b: Int32Array): Linkage {
  const n = a.length + 1;
  const roots = makeSets(n * 2 - 1);
  const sizes = new Int32Array(n * 2 - 1).fill(1);
  const left = new Int32Array(n - 1);
  const right = new Int32Array(n - 1);
  for (let e = 0; e < a.length; e++) {
    const one = findRoot(roots, a[e]);
    const two = findRoot(roots, b[e]);
    left[e] = one;
    right[e] = two;
    roots[one] = n + e;
    roots[two] = n + e;
    sizes[n + e] = sizes[one] + sizes[two];
  }
  return { left, right, sizes };
}

/** Clusters after all papers have joined one. */
export interface Joined {
  /** The cluster of each paper; −1 only when there are no clusters. */
  readonly labels: Int32Array;
  /** Squared reach over which each paper joined; 0 for those in a cluster from the start. */
  readonly squares: Float64Array;
}

/**
 * Lets the papers in no cluster (`cores` −1) join along the spanning tree, shortest edges first, as in a watershed
 * transform: connected papers form a group, which joins the first cluster it reaches. Clusters never merge. O(n).
 */
export function joinPapers({ a, b, squares }: Pick<SpanningTree, 'a' | 'b' | 'squares'>, cores: Int32Array): Joined {
  const n = cores.length;
  const labels = cores.slice();
  const joinedAt = new Float64Array(n);
  const roots = makeSets(n);
  const labelOf = cores.slice();
  const next = new Int32Array(n).fill(-1);
  const last = Int32Array.from({ length: n }, (_, i) => i);
  for (let e = 0; e < a.length; e++) {
    const one = findRoot(roots, a[e]);
    const two = findRoot(roots, b[e]);
    const [p, q] = labelOf[one] >= 0 ? [one, two] : [two, one];
    const label = labelOf[p];
    if (label >= 0 && labelOf[q] >= 0) {
      if (labelOf[q] === label) roots[q] = p;
      continue;
    }
    if (label >= 0) {
      for (let paper = q; paper >= 0; paper = next[paper]) {
        labels[paper] = label;
        joinedAt[paper] = squares[e];
      }
    } else {
      next[last[p]] = q;
      last[p] = last[q];
    }
    roots[q] = p;
  }
  return { labels, squares: joinedAt };
}

/** A paper may move to a leaf only if this many of its nearest papers on the map are in it. */
const MIN_TOUCHING = 2;

/**
 * Lets papers at the border of two leaves change sides where this improves Ward's criterion on their `rows`: one pass
 * of the exchange of Hartigan and Wong (1979), all papers at once, among leaves that hold at least two of a paper's `k`
 * nearest on the map. Density finds the leaves, but the side of a valley on which a paper lies is an accident of the
 * layout. A leaf that would lose half of its papers or more keeps all of them. Labels 0…leaves − 1 in and out. O(n·(k +
 * touching·cols)).
 */
export function settleBorders(
  rows: PaperRows,
  labels: Int32Array,
  leaves: number,
  { k, indices }: { readonly k: number; readonly indices: Int32Array },
): Int32Array {
  const { means, sizes } = groupMeans(rows, labels, leaves);
  const wanted = labels.slice();
  const touching = new Int32Array(leaves);
  for (let i = 0; i < rows.n; i++) {
    const own = labels[i];
    for (let at = i * k; at < (i + 1) * k; at++) touching[labels[indices[at]]]++;
    let least = Number.NEGATIVE_INFINITY;
    for (let at = i * k; at < (i + 1) * k; at++) {
      const leaf = labels[indices[at]];
      if (leaf !== own && touching[leaf] >= MIN_TOUCHING) {
        if (least < 0) least = (sizes[own] / (sizes[own] - 1)) * rows.square(i, means, own * rows.cols);
        const cost = (sizes[leaf] / (sizes[leaf] + 1)) * rows.square(i, means, leaf * rows.cols);
        if (cost < least) {
          least = cost;
          wanted[i] = leaf;
        }
      }
      touching[leaf] = 0;
    }
  }
  const staying = new Int32Array(leaves);
  for (let i = 0; i < rows.n; i++) if (wanted[i] === labels[i]) staying[labels[i]]++;
  return labels.map((own, i) => (staying[own] * 2 > sizes[own] ? wanted[i] : own));
}
