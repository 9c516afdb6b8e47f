import { insertSlot, makeSlots } from '../../math/top-k.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import { nearestAmong } from './cross-neighbors.ts';
import type { NeighborOptions } from './neighbors.ts';

/** The search for the neighbours of papers that join others, carried on in steps. */
export interface NeighborJoin {
  /** Rows of both that are done. */
  readonly done: number;
  readonly total: number;
  /** Searches for a few hundred rows. False when nothing is left. */
  step(): boolean;
  /** Of all papers, the new ones behind the old; complete once `step` has returned false. */
  result(): Neighbors;
  /** Of each new paper among the old ones alone; complete likewise. */
  amongOld(): Neighbors;
}

const STRIPE = 256;

/**
 * Neighbours of `old` and `added` rows together, where those of the old among themselves are known (their k is that of
 * the result, at most old.rows): nearest first by cosine distance, equal ones by lower index. As exact as what is
 * known: only pairs with a new row are compared, each old–new pair twice. Holds copies of both.
 */
export function makeNeighborJoin(
  old: Matrix,
  known: Neighbors,
  added: Matrix,
  options: NeighborOptions = {},
): NeighborJoin {
  const { k } = known;
  const [m, n] = [old.rows, old.rows + added.rows];
  const slots = makeSlots(n, k);
  slots.indices.set(known.indices);
  slots.distances.set(known.distances);
  const among = makeSlots(added.rows, Math.min(k, m));
  let done = 0;

  function joinNew(from: number, to: number): void {
    const rows = rowsOf(added, from, to);
    const [near, fresh] = [nearestAmong(rows, old, k, options), nearestAmong(rows, added, k + 1, options)];
    among.indices.set(near.indices, from * among.k);
    among.distances.set(near.distances, from * among.k);
    for (let i = from; i < to; i++) {
      for (let at = (i - from) * near.k; at < (i - from + 1) * near.k; at++) {
        insertSlot(slots, m + i, near.indices[at], near.distances[at]);
      }
      for (let at = (i - from) * fresh.k; at < (i - from + 1) * fresh.k; at++) {
        if (fresh.indices[at] !== i) insertSlot(slots, m + i, m + fresh.indices[at], fresh.distances[at]);
      }
    }
  }

  function joinOld(from: number, to: number): void {
    const near = nearestAmong(rowsOf(old, from, to), added, k, options);
    for (let i = from; i < to; i++) {
      for (let at = (i - from) * near.k; at < (i - from + 1) * near.k; at++) {
        insertSlot(slots, i, m + near.indices[at], near.distances[at]);
      }
    }
  }

  return {
    get done() {
      return done;
    },
    total: n,
    step() {
      const isNew = done < added.rows;
      const to = Math.min(isNew ? added.rows : n, done + STRIPE);
      if (isNew) joinNew(done, to);
      else joinOld(done - added.rows, to - added.rows);
      done = to;
      return done < n;
    },
    result: () => ({ k, indices: slots.indices, distances: slots.distances }),
    amongOld: () => ({ k: among.k, indices: among.indices, distances: among.distances }),
  };
}

function rowsOf({ data, cols }: Matrix, from: number, to: number): Matrix {
  return matrix(data.subarray(from * cols, to * cols), to - from, cols);
}
