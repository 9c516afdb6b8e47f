import type { Matrix } from '../../model/matrix.ts';
import type { MakeKernels } from '../kernels/kernels.ts';
import { makeExactSearch } from './neighbors.ts';
import { makeDescentSearch } from './nn-descent.ts';
import type { Metric } from './prepare-rows.ts';
import type { SharedSearch } from './shared-search.ts';

/** What is searched for, as every thread of a search must know it. Plain data. */
export interface SearchOrder {
  readonly k: number;
  readonly metric: Metric;
  /** Takes the mean of the rows, each of length 1, away before the cosine is taken. */
  readonly centre: boolean;
  readonly seed: number;
  /** Threads that share the search. */
  readonly shares: number;
}

/** Up to here comparing all pairs is as fast as NN-descent, which misses some (measured: 0.4 s each at d = 384). */
export const EXACT_UP_TO = 5000;

/** The search that fits so many rows: exact up to 5,000, NN-descent above. Holds one copy of the matrix. */
export function makeNeighborSearch(m: Matrix, order: SearchOrder, makeKernels: MakeKernels): SharedSearch {
  const make = m.rows > EXACT_UP_TO ? makeDescentSearch : makeExactSearch;
  return make(m, order.k, { ...order, makeKernels }, order.shares);
}
