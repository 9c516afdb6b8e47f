/** The texts of one run that are still to be encoded, and what became of those that were handed out. Pure bookkeeping. */
export interface WorkQueue {
  /** Texts with a vector, of `total`. */
  readonly done: number;
  readonly total: number;
  /** Characters of the texts that nobody has taken yet. */
  readonly waiting: number;
  /** Texts that ended two workers each, in the order of their second time. */
  readonly setAside: readonly number[];
  /** Whether every text has a vector or is set aside. */
  readonly isDone: boolean;
  /**
   * The texts for one worker: the longest that wait, at most 64; null when none waits. A text
   * that was in a lost batch comes alone, after all others.
   */
  take(): Int32Array | null;
  /**
   * From now on those of `indices` that wait are taken before all others, the longest of them first; they take the place of
   * what was preferred before. Changes nothing but the order. O(k·log k) in the number of indices.
   */
  prefer(indices: readonly number[]): void;
  /** The vectors of a batch have arrived. */
  finish(batch: Int32Array): void;
  /** The worker ended over a batch: its texts wait again, but those that have ended two workers. */
  lose(batch: Int32Array): void;
  /** The batch was not encoded, through no fault of its texts: it is the next that is taken, as it is. */
  giveBack(batch: Int32Array): void;
}

/** About four abstracts: a second of work on a processor, which is how long a cancelled worker may go on. */
export const BATCH_CHARACTERS = 4000;
/** Vectors are stored batch by batch: a crash loses no more than these. */
const BATCH_TEXTS = 64;
const LOSSES_ALLOWED = 1;

/**
 * A queue over `indices` with their `lengths` in characters. Longest first: no worker is left with a long text at the
 * end, when the others are done. Ties keep the order given. O(n·log n).
 * @param batchCharacters what a worker takes at once, unless a single text is longer
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

/** The order in which texts are taken for the first time: preferred ones, then all others, the longest first each. */
function makeOrder(
  indices: readonly number[],
  lengths: readonly number[],
  batchCharacters: number,
): { take(): number[] | null; prefer(some: readonly number[]): void } {
  const order = Array.from(indices.keys()).sort((a, b) => lengths[b] - lengths[a] || a - b);
  const placeOf = new Map(order.map((at, place) => [indices[at], place]));
  const isTaken = new Uint8Array(order.length);
  /** Places in `order`, the last one next. */
  let preferred: number[] = [];
  let next = 0;

  /** The place of the text that is next; `order.length` when all are taken. */
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
