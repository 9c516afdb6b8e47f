import type { Neighbors } from '../../model/map-data.ts';
import type { Matrix } from '../../model/matrix.ts';
import type { MakeKernels } from '../kernels/kernels.ts';
import { makeNeighborSearch, type SearchOrder } from './neighbor-search.ts';
import type { SearchState } from './shared-search.ts';

/** Another thread that works on a share of each round. Its calls may reject, or never settle: nothing waits for it. */
export interface SearchHelper {
  /** Copies the vectors and gets ready. */
  open(vectors: Matrix, order: SearchOrder): Promise<void>;
  /** Goes on from `state`, which is copied before the call returns, does a share of that round, and tells what it found. */
  work(share: number, state: SearchState): Promise<SearchState>;
  /** Ends the thread. */
  close(): void;
}

/** Helpers are waited for until so many times what this thread took for its own share. */
const PATIENCE = 1.5;

/** A helper that was late so often is asked no more in this search: it only takes the core from this thread. */
const MOST_LATE = 2;

export interface TeamInput {
  readonly vectors: Matrix;
  readonly order: Omit<SearchOrder, 'shares'>;
  readonly makeKernels: MakeKernels;
  readonly helpers: readonly SearchHelper[];
  /** Repeats `step` until it returns false, with breaths in which answers can arrive. */
  readonly work: (step: () => boolean) => Promise<void>;
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** Leaves the core to others for a few milliseconds. */
  readonly rest: () => Promise<void>;
  /** Told of after each step: 0…1, never falling. */
  readonly onShare: (share: number) => void;
}

/**
 * The neighbours by this thread and its helpers: the same bytes for any number of them. This thread does a share, waits
 * for half as long again, and does the shares whose answer is not there by then, until it comes: a helper that is dead or
 * slow costs its share alone, and is asked again, once, when it has answered.
 */
export async function searchTogether(input: TeamInput): Promise<Neighbors> {
  const { vectors, makeKernels, onShare } = input;
  const order = { ...input.order, shares: input.helpers.length + 1 };
  const members = input.helpers.map(
    (helper, i): Member => ({ helper, share: i + 1, isFree: true, isGone: false, late: 0, asked: -1, told: null }),
  );
  // A helper that cannot open cannot work either, and says so there.
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
    for (const member of members) if (member.isFree && member.late < MOST_LATE) ask(member, state);
    const beganMs = input.now();
    search.begin(0);
    await work(() => true);
    const untilMs = beganMs + (input.now() - beganMs) * PATIENCE;
    for (const member of members) {
      const isMissing = (): boolean => member.told?.round !== state.round;
      // To do the share of one on a busy core over would only take the core from it.
      while (isMissing() && member.asked === state.round && !member.isGone && input.now() < untilMs) await input.rest();
      search.begin(member.share);
      if (isMissing()) await work(isMissing);
      if (member.told?.round === state.round) search.take(member.told);
      else member.late++;
      member.told = null;
    }
  } while (search.close());
  onShare(1);
  return search.result();
}

interface Member {
  readonly helper: SearchHelper;
  readonly share: number;
  /** Waits for work: false for good once its thread is gone. */
  isFree: boolean;
  isGone: boolean;
  /** Rounds whose share had to be done here. */
  late: number;
  /** The round of the last share that it was asked for. */
  asked: number;
  told: SearchState | null;
}

function ask(member: Member, state: SearchState): void {
  member.isFree = false;
  member.asked = state.round;
  member.helper.work(member.share, state).then(
    (told) => {
      member.isFree = true;
      member.told = told;
    },
    () => {
      member.isGone = true;
    },
  );
}
