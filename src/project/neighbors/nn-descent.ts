import { makeRandom } from '../../math/random.ts';
import type { Neighbors } from '../../model/map-data.ts';
import type { Matrix } from '../../model/matrix.ts';
import { fillFree, gather, type JoinMemory, join, makeJoinMemory } from './candidate-joins.ts';
import {
  type CandidateLists,
  drawCandidates,
  type Found,
  MARK,
  makeCandidateLists,
  offerFound,
  settleFound,
} from './candidates.ts';
import { type NeighborOptions, neighborsOf } from './neighbors.ts';
import { growTree } from './random-trees.ts';
import { type NeighborSearch, type SharedSearch, searchAlone } from './shared-search.ts';

export interface DescentOptions extends NeighborOptions {
  readonly seed: number;
}

/** Neighbours held for each row while searching: more than asked for, since the last ones are those that are missed. */
const LEAST_HELD = 22;
const SPARE_HELD = 7;
/** More of them find little that the rounds of joins do not. */
const TREES = 8;
const LEAF_SIZE = 32;
/** New and old candidates of a row in one round, each. */
const CANDIDATES = 30;
/** A round in which less than this share of the neighbours changes is the last. */
const ENOUGH = 0.001;
const LEAVES_A_STEP = 64;
const ROWS_A_STEP = 64;

/**
 * About the k nearest rows by NN-descent (Dong, Moses, Li 2011) from a forest of random-projection trees, as in
 * pynndescent: neighbours of neighbours are compared, all pairs of one row's candidates in one tile of the kernels. Same
 * matrix, k, metric and seed give the same bytes on every machine. Recall of the 15 nearest, measured:
 * 0.982 for 20,000 real vectors, 1.000 for as many clustered ones. Holds one copy of the matrix and about 700 bytes a row.
 */
export function makeDescentNeighbors(m: Matrix, k: number, options: DescentOptions): NeighborSearch {
  return searchAlone(makeDescentSearch(m, k, options, 1));
}

/**
 * `makeDescentNeighbors` cut into shares: the first round is the forest, of which a share is every so manieth tree; of
 * the others a share is every so manieth run of 64 rows. What a round compares is settled before it begins.
 */
export function makeDescentSearch(m: Matrix, k: number, options: DescentOptions, shares: number): SharedSearch {
  const held = Math.min(Math.max(LEAST_HELD, k + SPARE_HELD), Math.max(0, m.rows - 1));
  const search = makeJoinMemory(m, held, CANDIDATES * 2, options);
  const { found } = search;
  const { n } = found;
  const rounds = Math.max(5, Math.round(Math.log2(Math.max(2, n))));
  const total = (TREES + rounds) * n;
  let lists: Lists | null = null;
  let steps: Generator<number, void> | null = null;
  let [round, done, told, drawn] = [0, 0, 0, 0];
  let isOver = n < 2;

  return {
    shares,
    get done() {
      return isOver ? total : done;
    },
    get evaluations() {
      return search.evaluations + told;
    },
    total,
    begin(share) {
      if (round === 0) {
        steps = forest(search, { share, shares, seed: options.seed });
        return;
      }
      lists ??= { fresh: makeCandidateLists(n, CANDIDATES), old: makeCandidateLists(n, CANDIDATES) };
      // Once a round, whatever shares of it this thread does.
      if (drawn < round) drawCandidates(found, lists.fresh, lists.old, roundSeed(options.seed, round));
      drawn = round;
      steps = joins(search, lists, share, shares);
    },
    step() {
      const next = n < 2 ? null : steps?.next();
      if (!next || next.done) return false;
      const before = round === 0 ? 0 : (TREES + round - 1) * n;
      done = Math.max(done, Math.round(before + next.value * (round === 0 ? TREES : 1) * n));
      return true;
    },
    state() {
      const { indices, distances, marks } = found;
      return { round, indices, distances, marks, evaluations: search.evaluations };
    },
    load(state) {
      round = state.round;
      search.evaluations = 0;
      loadFound(found, state);
    },
    take(state) {
      takeFound(found, state);
      told += state.evaluations;
    },
    close() {
      const changes = settleFound(found);
      const isLast = round > 0 && (changes <= ENOUGH * n * found.k || round === rounds);
      if (isLast) fillFree(search);
      isOver ||= isLast;
      round++;
      return !isOver;
    },
    result: () => cut(found, Math.min(k, n - 1), options.metric ?? 'cosine'),
  };
}

interface Lists {
  readonly fresh: CandidateLists;
  readonly old: CandidateLists;
}

/** A state of a xorshift for each round, never 0. */
function roundSeed(seed: number, round: number): number {
  return Math.floor(makeRandom(seed + round * 104_729)() * 0xffff_fffe) + 1;
}

interface ForestShare {
  readonly share: number;
  readonly shares: number;
  readonly seed: number;
}

/** Trees of one share in slices of a few milliseconds (a tree's splits in one); yields how much of the share is done. */
function* forest(search: JoinMemory, { share, shares, seed }: ForestShare): Generator<number, void> {
  const { n } = search.found;
  for (let tree = share; tree < TREES; tree += shares) {
    for (const leaves of plantTree(search, seed, tree)) yield (tree - share + (shares * leaves) / n) / TREES;
  }
}

/** Compares the candidates of the rows of one share in slices; yields how much of the share is done. */
function* joins(search: JoinMemory, { fresh, old }: Lists, share: number, shares: number): Generator<number, void> {
  const { n } = search.found;
  search.seen.fill(-1);
  for (let from = share * ROWS_A_STEP; from < n; from += shares * ROWS_A_STEP) {
    for (let i = from; i < Math.min(n, from + ROWS_A_STEP); i++) {
      const freshCount = gather(search, fresh, i, 0);
      if (freshCount > 0) join(search, freshCount, gather(search, old, i, freshCount));
    }
    yield Math.min(1, (from + ROWS_A_STEP) / n);
  }
}

function loadFound(found: Found, state: Pick<Found, 'indices' | 'distances' | 'marks'>): void {
  found.indices.set(state.indices);
  found.distances.set(state.distances);
  found.marks.set(state.marks);
  for (let i = 0; i < found.n; i++) found.worst[i] = found.distances[(i + 1) * found.k - 1];
}

function takeFound(found: Found, { indices, distances, marks }: Pick<Found, 'indices' | 'distances' | 'marks'>): void {
  const { k } = found;
  for (let slot = 0; slot < marks.length; slot++) {
    if (marks[slot] === MARK.found) offerFound(found, Math.floor(slot / k), indices[slot], distances[slot]);
  }
}

/** Grows one tree and compares all rows within each leaf; yields the rows that are done. */
function* plantTree(search: JoinMemory, seed: number, tree: number): Generator<number, void> {
  const { found, kernels, squares, cols, buffer, at, list } = search;
  const { n } = found;
  const floats = (from: number, count: number) => ({ at: from, floats: new Float32Array(buffer, from, count) });
  const order = new Int32Array(buffer, at.order, n);
  const starts = growTree(
    {
      kernels,
      n,
      squares,
      rows: { ...floats(at.rows, n * cols), cols },
      order: { at: at.order, words: order },
      dots: floats(at.dots, n),
      normal: floats(at.normal, cols),
      leafSize: LEAF_SIZE,
    },
    makeRandom(seed + tree * 7919),
  );
  yield 0;
  for (let leaf = 0; leaf + 1 < starts.length; leaf++) {
    const size = starts[leaf + 1] - starts[leaf];
    list.set(order.subarray(starts[leaf], starts[leaf + 1]));
    join(search, size, size);
    if (leaf % LEAVES_A_STEP === LEAVES_A_STEP - 1) yield starts[leaf + 1];
  }
}

/** The first k of the neighbours held. Equal distances stand by index. */
function cut({ n, k: held, indices, distances }: Found, k: number, metric: 'cosine' | 'euclidean'): Neighbors {
  const kept = Math.max(0, k);
  const slots = { k: kept, indices: new Int32Array(n * kept), distances: new Float32Array(n * kept) };
  for (let i = 0; i < n; i++) {
    slots.indices.set(indices.subarray(i * held, i * held + kept), i * kept);
    slots.distances.set(distances.subarray(i * held, i * held + kept), i * kept);
  }
  return neighborsOf(slots, metric);
}
