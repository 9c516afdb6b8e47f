import { findRoot, makeSets } from '../../math/disjoint-sets.ts';
import type { SpanningTree } from './spanning-tree.ts';

/** All papers in clusters that had only a part of them. */
export interface Joined {
  /** The cluster of each paper; −1 only when there is no cluster at all. */
  readonly labels: Int32Array;
  /** Squared reach over which a paper came in; 0 for those that were in a cluster from the start. */
  readonly squares: Float64Array;
}

/**
 * Lets the papers in no cluster (`cores` −1) join along the spanning tree, shortest edges first: papers gather, and the
 * cluster that a gathering meets first takes it in whole, as a watershed is flooded. Clusters never meet. O(n).
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
