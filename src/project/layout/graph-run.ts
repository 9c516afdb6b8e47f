import type { ProjectionInput } from './engine.ts';
import {
  fuzzyUnion,
  type LocalScales,
  meanDistance,
  memberships,
  type SparseGraph,
  smoothDistances,
} from './fuzzy-graph.ts';

/** The fuzzy graph of a set of papers in the making. */
export interface GraphRun {
  /** Works about 4 ms. False when only `result` is left to call. */
  step(): boolean;
  /** All edges; O(edges). To be called once, when `step` has returned false. */
  result(): SparseGraph;
}

/** Rows whose scale is worked out in one step: about 4 ms. */
const SCALE_ROWS = 256;

/** umap-learn's `fuzzy_simplicial_set` of the `neighbors` that `options` asks for, in steps. */
export function makeGraphRun({
  n,
  neighbors,
  options,
}: Pick<ProjectionInput, 'n' | 'neighbors' | 'options'>): GraphRun {
  // As umap-learn, which takes at most n − 1 as n_neighbors, itself included.
  const others = Math.min(Math.max(2, Math.min(options.neighbors, n - 1)) - 1, neighbors.k);
  const scales: LocalScales = { sigmas: new Float32Array(n), rhos: new Float32Array(n) };
  const meanOfAll = meanDistance(neighbors, n, others);
  let scaled = 0;
  return {
    step() {
      const to = Math.min(n, scaled + SCALE_ROWS);
      smoothDistances(neighbors, others, { from: scaled, to, meanOfAll }, scales);
      scaled = to;
      return scaled < n;
    },
    result: () => fuzzyUnion(memberships(neighbors, n, others, scales), options.setOpMixRatio),
  };
}
