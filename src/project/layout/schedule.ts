import type { SparseGraph } from './fuzzy-graph.ts';

/** A graph whose edges are drawn every `intervals[e]` epochs; same rows as a `SparseGraph`. */
export interface Schedule {
  readonly n: number;
  readonly starts: Int32Array;
  readonly tails: Int32Array;
  /** At least 1: the strongest edge is drawn in every epoch. */
  readonly intervals: Float32Array;
}

/** Up to here umap-learn leaves out no edge, however weak. */
const FEW_EPOCHS = 10;
/** umap-learn's own number of epochs, by which it leaves out edges when the number asked for is small. */
const USUAL_EPOCHS = 500;

/**
 * How often each edge is drawn: in proportion to its weight, the strongest in every epoch; an edge that would not be
 * drawn once in all `epochs` is left out (umap-learn's `make_epochs_per_sample`). O(edges).
 */
export function makeSchedule({ n, starts, tails, weights }: SparseGraph, epochs: number): Schedule {
  let greatest = 0;
  for (const weight of weights) if (weight > greatest) greatest = weight;
  const least = greatest / (epochs > FEW_EPOCHS ? epochs : USUAL_EPOCHS);
  const kept = { n, starts: new Int32Array(n + 1), tails: new Int32Array(tails.length) };
  const intervals = new Float32Array(tails.length);
  let count = 0;
  for (let i = 0; i < n; i++) {
    for (let e = starts[i]; e < starts[i + 1]; e++) {
      if (weights[e] < least) continue;
      kept.tails[count] = tails[e];
      intervals[count] = greatest / weights[e];
      count++;
    }
    kept.starts[i + 1] = count;
  }
  return { n, starts: kept.starts, tails: kept.tails.slice(0, count), intervals: intervals.slice(0, count) };
}
