import type { Neighbors } from '../../model/map-data.ts';

/** What the threads of one search tell each other between its rounds. Arrays may be transferred. */
export interface SearchState {
  readonly round: number;
  /** Sorted rows of what is held of each row, and their distances; see `Slots` and `Found`. */
  readonly indices: Int32Array;
  readonly distances: Float32Array;
  /** Of each slot a `MARK`; empty for the exact search. */
  readonly marks: Uint8Array;
  /** Distances worked out by the thread that tells, in this round. */
  readonly evaluations: number;
}

/**
 * A search for nearest rows in rounds, each of which can be cut into shares for several threads. The neighbours held are
 * a set with an order in which no two are equal, so the outcome of a round is the same for any number of shares, done
 * by whomever, in any order, and more than once.
 */
export interface SharedSearch {
  /** Into how many shares a round is cut. */
  readonly shares: number;
  /** Of `total`, by what this thread has done of its share of the round. */
  readonly done: number;
  readonly total: number;
  readonly evaluations: number;
  /** Begins a share of this round: 0…shares − 1. */
  begin(share: number): void;
  /** Works a few milliseconds on that share (about fifty in plain JavaScript). False when there is nothing left of it. */
  step(): boolean;
  /** Live arrays: at the beginning of a round what a helper needs, after a share what it has to tell. */
  state(): SearchState;
  /** On a helper: goes on from the state at the beginning of a round. */
  load(state: SearchState): void;
  /** Adds what another thread tells of this round. O(n·k). */
  take(state: SearchState): void;
  /** Ends a round of which all shares are done. False when it was the last. */
  close(): boolean;
  /** The neighbours; for when `close` has returned false. */
  result(): Neighbors;
}

/** A search for nearest rows that is carried on in steps, so that a worker can breathe between them. */
export interface NeighborSearch {
  /** Work that is done, of `total`. */
  readonly done: number;
  readonly total: number;
  /** Distances that were worked out. */
  readonly evaluations: number;
  /** Works a few milliseconds (about fifty in plain JavaScript). False when there is nothing left to do. */
  step(): boolean;
  /** The neighbours; complete once `step` has returned false. */
  result(): Neighbors;
}

/** The whole of a search of one share, on this thread. */
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
