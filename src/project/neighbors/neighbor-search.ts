import type { Neighbors } from '../../model/map-data.ts';
import type { Matrix } from '../../model/matrix.ts';
import type { MakeKernels } from '../kernels/kernels.ts';
import { makeExactSearch } from './exact-search.ts';
import { makeDescentSearch } from './nn-descent.ts';
import type { Metric } from './prepare-vectors.ts';
import type { SearchState, SharedSearch } from './shared-search.ts';

/** What every thread of a search must know. Plain data. */
export interface SearchOrder {
  readonly k: number;
  readonly metric: Metric;
  /** Subtracts the mean of the rows, each of length 1, before the cosine is taken. */
  readonly centre: boolean;
  readonly seed: number;
  /** Threads that share the search. */
  readonly shares: number;
}

/** Up to here comparing all pairs is as fast as NN-descent, which misses some (measured: 0.4 s each at d = 384). */
const EXACT_UP_TO = 5000;

/** This thread waits for helpers until this many times the time of its own share. */
const PATIENCE = 1.5;

/** A helper that was late this often gets no more work in this search: it would only take the core from this thread. */
const MAX_LATE = 2;

/** The search for this number of rows: exact up to 5,000, NN-descent above. Holds one copy of the matrix. */
export function makeNeighborSearch(m: Matrix, order: SearchOrder, makeKernels: MakeKernels): SharedSearch {
  const make = m.rows > EXACT_UP_TO ? makeDescentSearch : makeExactSearch;
  return make(m, order.k, { ...order, makeKernels });
}

/** Another thread that works on a share of each round. Its calls may reject or never settle: nothing waits for them. */
export interface SearchHelper {
  /** Copies the vectors and gets ready. */
  open(vectors: Matrix, order: SearchOrder): Promise<void>;
  /** Does a share of the round from `state`, which is copied before the call returns, and returns its results. */
  work(share: number, state: SearchState): Promise<SearchState>;
  /** Ends the thread. */
  close(): void;
}

/** A search by this thread and its helpers, and what it needs from this thread. */
interface TeamInput {
  readonly vectors: Matrix;
  readonly order: Omit<SearchOrder, 'shares'>;
  readonly makeKernels: MakeKernels;
  readonly helpers: readonly SearchHelper[];
  /** Repeats `step` until it returns false, with pauses in which answers can arrive. */
  readonly work: (step: () => boolean) => Promise<void>;
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** Leaves the core to others for a few milliseconds. */
  readonly rest: () => Promise<void>;
  /** Called after each step with the share done: 0…1, never falling. */
  readonly onShare: (share: number) => void;
}

/**
 * Searches the neighbours with this thread and its helpers: the same bytes for any number of them. This thread does its
 * share, waits half as long again, and then does missing shares itself until their answers come. So a dead or slow
 * helper costs only its share; after answering late it is asked once more.
 */
export async function searchTogether(input: TeamInput): Promise<Neighbors> {
  const { vectors, makeKernels, onShare } = input;
  const order = { ...input.order, shares: input.helpers.length + 1 };
  const members = input.helpers.map(
    (helper, i): Member => ({ helper, share: i + 1, isFree: true, isGone: false, late: 0, asked: -1, answer: null }),
  );
  // A helper that cannot open cannot work either: its next call rejects.
  for (const { helper } of members) helper.open(vectors, order).catch(() => {});
  const search = makeNeighborSearch(vectors, order, makeKernels);
  let furthest = 0;
  const work = (isWanted: () => boolean): Promise<void> =>
    input.work(() => {
      const isLeft = isWanted() && search.step();
      furthest = Math.max(furthest, search.done / Math.max(1, search.total));
      onShare(furthest);
      return isLeft;
    });
  do {
    const state = search.state();
    for (const member of members) if (member.isFree && member.late < MAX_LATE) ask(member, state);
    const beganMs = input.now();
    search.begin(0);
    await work(() => true);
    const untilMs = beganMs + (input.now() - beganMs) * PATIENCE;
    for (const member of members) {
      const isMissing = (): boolean => member.answer?.round !== state.round;
      // Doing the share of a helper that is only slow would take the core from it.
      while (isMissing() && member.asked === state.round && !member.isGone && input.now() < untilMs) await input.rest();
      search.begin(member.share);
      if (isMissing()) await work(isMissing);
      if (member.answer?.round === state.round) search.take(member.answer);
      else member.late++;
      member.answer = null;
    }
  } while (search.close());
  onShare(1);
  return search.result();
}

/** A helper during one search. */
interface Member {
  readonly helper: SearchHelper;
  readonly share: number;
  /** Waiting for work; false for good once its thread is gone. */
  isFree: boolean;
  isGone: boolean;
  /** Rounds whose share had to be done here. */
  late: number;
  /** The round of the last share that it was asked for. */
  asked: number;
  /** What it has sent back, until it is taken. */
  answer: SearchState | null;
}

function ask(member: Member, state: SearchState): void {
  member.isFree = false;
  member.asked = state.round;
  member.helper.work(member.share, state).then(
    (answer) => {
      member.isFree = true;
      member.answer = answer;
    },
    () => {
      member.isGone = true;
    },
  );
}
