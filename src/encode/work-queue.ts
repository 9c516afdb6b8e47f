/** The texts of one run that are still to be encoded, and the state of those handed out. Pure bookkeeping. */
export interface WorkQueue {
  /** Number of texts with a vector, of `total`. */
  readonly done: number;
  readonly total: number;
  /** Characters of the texts that are waiting. */
  readonly waiting: number;
  /** Texts over which two workers were lost, in the order of the second loss. */
  readonly setAside: readonly number[];
  /** Whether every text has a vector or is set aside. */
  readonly isDone: boolean;
  /**
   * A batch for one worker: the longest waiting texts, at most 64; null when none waits. A text of a lost batch comes
   * alone, after all others.
   */
  take(): Int32Array | null;
  /**
   * Moves the waiting texts among `indices` to the front, longest first; replaces the previous preference. Changes only
   * the order. O(k·log k) in the number of indices.
   */
  prefer(indices: readonly number[]): void;
  /** Marks a batch as encoded. */
  finish(batch: Int32Array): void;
  /** The worker was lost over a batch: its texts wait again, except for those that have already lost two workers. */
  lose(batch: Int32Array): void;
  /** The batch was not encoded, through no fault of its texts: it is unchanged and taken next. */
  giveBack(batch: Int32Array): void;
}

/** About four abstracts: a second of work on a processor, for which a cancelled worker may continue. */
export const BATCH_CHARACTERS = 4000;
/** Vectors are stored batch by batch: a crash loses at most this many. */
const BATCH_TEXTS = 64;
const LOSSES_ALLOWED = 1;

/**
 * A queue over `indices` with their `lengths` in characters. Longest first, so that no worker is left with a long text
 * at the end. Ties keep the order given. O(n·log n).
 * @param batchCharacters size of a worker's batch, unless a single text is longer
 */
export function makeWorkQueue(
  indices: readonly number[],
  lengths: readonly number[],
  batchCharacters = BATCH_CHARACTERS,
): WorkQueue {
  const lengthOf = new Map(indices.map((index, i) => [index, lengths[i]]));
  const order = makeOrder(indices, lengths, batchCharacters);
  const losses = new Map<number, number>();
  const suspects: number[] = [];
  const setAside: number[] = [];
  const returned: Int32Array[] = [];
  let done = 0;
  let waiting = lengths.reduce((sum, length) => sum + length, 0);

  return {
    get done() {
      return done;
    },
    total: indices.length,
    get waiting() {
      return waiting;
    },
    setAside,
    get isDone() {
      return done + setAside.length === indices.length;
    },
    take() {
      const batch = returned.pop() ?? order.take() ?? suspects.splice(0, 1);
      if (batch.length === 0) return null;
      for (const index of batch) waiting -= lengthOf.get(index) ?? 0;
      return Int32Array.from(batch);
    },
    prefer: order.prefer,
    finish(batch) {
      done += batch.length;
    },
    lose(batch) {
      for (const index of batch) {
        const count = (losses.get(index) ?? 0) + 1;
        losses.set(index, count);
        if (count > LOSSES_ALLOWED) {
          setAside.push(index);
          continue;
        }
        suspects.push(index);
        waiting += lengthOf.get(index) ?? 0;
      }
    },
    giveBack(batch) {
      returned.push(batch);
      for (const index of batch) waiting += lengthOf.get(index) ?? 0;
    },
  };
}

/** The order for the first try of each text: preferred ones, then all others, each longest first. */
function makeOrder(
  indices: readonly number[],
  lengths: readonly number[],
  batchCharacters: number,
): { take(): number[] | null; prefer(some: readonly number[]): void } {
  const order = Array.from(indices.keys()).sort((a, b) => lengths[b] - lengths[a] || a - b);
  const placeOf = new Map(order.map((at, place) => [indices[at], place]));
  const isTaken = new Uint8Array(order.length);
  /** Indices in `order`; the last one is next. */
  let preferred: number[] = [];
  let next = 0;

  /** The index in `order` of the next text; `order.length` when all are taken. */
  function nextPlace(): number {
    while (preferred.length > 0 && isTaken[preferred[preferred.length - 1]]) preferred.pop();
    while (next < order.length && isTaken[next]) next++;
    return preferred.at(-1) ?? next;
  }

  return {
    take() {
      const batch: number[] = [];
      let sum = 0;
      for (let place = nextPlace(); place < order.length && batch.length < BATCH_TEXTS; place = nextPlace()) {
        const length = lengths[order[place]];
        if (batch.length > 0 && sum + length > batchCharacters) break;
        sum += length;
        batch.push(indices[order[place]]);
        isTaken[place] = 1;
      }
      return batch.length === 0 ? null : batch;
    },
    prefer(some) {
      const places = some.map((index) => placeOf.get(index)).filter((place) => place !== undefined);
      preferred = places.sort((a, b) => b - a);
    },
  };
}
