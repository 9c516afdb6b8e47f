/**
 * The root of an element in a forest of disjoint sets (`roots[i]` is the parent of i, a root its own), halving the path
 * on the way (Tarjan and van Leeuwen 1984).
 */
export function findRoot(roots: Int32Array, element: number): number {
  let root = element;
  while (roots[root] !== root) {
    roots[root] = roots[roots[root]];
    root = roots[root];
  }
  return root;
}

/** n sets of one element each. */
export function makeSets(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}
