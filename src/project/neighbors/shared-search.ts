import type { Neighbors } from '../../model/map-data.ts';

/** What the threads of one search send each other between its rounds. The arrays may be transferred. */
export interface SearchState {
  readonly round: number;
  /** n×k sorted rows of the neighbours held, and their distances. */
  readonly indices: Int32Array;
  readonly distances: Float32Array;
  /** A `FLAG` of NN-descent for each of them; empty for the exact search. */
  readonly flags: Uint8Array;
  /** Distances that the sending thread has computed in this round. */
  readonly evaluations: number;
}

/**
 * A search for nearest rows in rounds, each of which can be split into shares for several threads. The neighbours held
 * are a set with a strict order, so a round has the same result for any number of shares, whichever thread does them,
 * in any order, even more than once.
 */
export interface SharedSearch {
  /** Work that this thread has done on its share of the round, as part of `total`. */
  readonly done: number;
  readonly total: number;
  readonly evaluations: number;
  /** Begins a share of this round: 0…shares − 1. */
  begin(share: number): void;
  /** Works a few milliseconds on that share (about fifty in plain JavaScript). False when nothing of it is left. */
  step(): boolean;
  /** Live arrays: at the beginning of a round what a helper needs, after a share what it must send back. */
  state(): SearchState;
  /** On a helper: continues from the state at the beginning of a round. */
  load(state: SearchState): void;
  /** Adds what another thread has found in this round. O(n·k). */
  take(state: SearchState): void;
  /** Ends a round whose shares are all done. False when it was the last. */
  close(): boolean;
  /** The neighbours, once `close` has returned false. */
  result(): Neighbors;
}

/** A search for nearest rows in steps, so that a worker can answer messages between them. */
export interface NeighborSearch {
  /** Work done, as part of `total`. */
  readonly done: number;
  readonly total: number;
  /** Distances computed. */
  readonly evaluations: number;
  /** Works a few milliseconds (about fifty in plain JavaScript). False when nothing is left to do. */
  step(): boolean;
  /** The neighbours; complete once `step` has returned false. */
  result(): Neighbors;
}

/** Runs a whole search, in one share, on this thread. */
export function searchAlone(search: SharedSearch): NeighborSearch {
  let isBegun = false;
  let isOver = false;
  return {
    get done() {
      return search.done;
    },
    get evaluations() {
      return search.evaluations;
    },
    total: search.total,
    step() {
      if (isOver) return false;
      if (!isBegun) search.begin(0);
      isBegun = true;
      if (search.step()) return true;
      isOver = !search.close();
      isBegun = false;
      return !isOver;
    },
    result: () => search.result(),
  };
}
