import { findRoot, makeSets } from '../../math/disjoint-sets.ts';
import type { SpanningTree } from './spanning-tree.ts';

/**
 * A hierarchy of density, without the splits that only shed a few points (McInnes, Healy and Astels 2017, "condensed
 * tree"). Cluster 0 is all points; a parent stands before its parts.
 */
export interface DensityTree {
  /** By cluster: the one it split from, −1 for the first. */
  readonly parents: Int32Array;
  /** By point: the smallest cluster it is in. */
  readonly clusterOf: Int32Array;
}

/**
 * Condenses single linkage over the edges of `spanning`: going down from the longest edge, a split is one when both
 * sides have at least `leastSize` points, else the smaller side falls out. O(n) after the edges are sorted.
 */
export function makeDensityTree({ a, b }: Pick<SpanningTree, 'a' | 'b'>, leastSize: number): DensityTree {
  const n = a.length + 1;
  const { left, right, sizes } = linkEdges(a, b);
  const parents = [-1];
  // By node of the linkage (points first): its cluster; a fallen one keeps the cluster it fell from.
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
 * The clusters that do not split any more, numbered 0… in the order of their first points; −1 for points in none of
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
  /** By merge: the two nodes, points 0…n − 1, then merges n… */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** By node: its points. */
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
