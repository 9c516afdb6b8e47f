import { EMPTY_SLOT, insertSlot, makeSlots, type Slots } from '../../math/top-k.ts';
import type { Matrix } from '../../model/matrix.ts';
import { type Kernels, PAIR_MASK, PAIR_SHIFT, TILE_RECORD } from '../kernels/kernels.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import {
  type NeighborOptions,
  nearness,
  neighborsOf,
  packedSquares,
  packRows,
  prepareRows,
} from './prepare-vectors.ts';
import { type NeighborSearch, type SharedSearch, searchAlone } from './shared-search.ts';

/** Blocks compared with all others in one step: their 48 kB (d = 384) stay in a cache. */
const STRIPE_BLOCKS = 4;
/** Blocks of 8 rows that they are compared with at once. */
const TILE_BLOCKS = 16;

/**
 * The exact k nearest rows: nearest first, equal distances by lower index, without the row itself, k at most n − 1. A
 * row that is all zeros or not finite is at cosine distance 1 from every other. Each pair is compared once: n(n − 1)/2
 * dot products of length d in float32 (error about 1e-7), by tiles of the kernels. Distances are the same bits on every
 * machine. Holds one copy of the matrix. `done` counts pairs of rows.
 */
export function makeExactNeighbors(m: Matrix, k: number, options: NeighborOptions = {}): NeighborSearch {
  return searchAlone(makeExactSearch(m, k, options));
}

/** `makeExactNeighbors` cut into shares, in one round: each of s shares is every s-th stripe of 32 rows. */
export function makeExactSearch(m: Matrix, k: number, options: NeighborOptions): SharedSearch {
  const { metric = 'cosine', shares = 1 } = options;
  const { kernels, at, n, cols, blocks, tile } = packMatrix(m, k, options);
  const { slots } = tile;
  const total = Math.max(0, (n * (n - 1)) / 2);
  const blockBytes = cols * 32;
  let block = blocks;
  let done = 0;
  let doneElsewhere = 0;

  return {
    get done() {
      return block >= blocks ? total : Math.min(total, done * shares);
    },
    get evaluations() {
      return done + doneElsewhere;
    },
    total,
    begin(share) {
      block = share * STRIPE_BLOCKS;
    },
    step() {
      if (block >= blocks) return false;
      const aBlocks = Math.min(STRIPE_BLOCKS, blocks - block);
      const a = at.packed + block * blockBytes;
      for (let other = block; other < blocks; other += TILE_BLOCKS) {
        const bBlocks = Math.min(TILE_BLOCKS, blocks - other);
        kernels.dotTiles({ a, aBlocks, b: at.packed + other * blockBytes, bBlocks, cols, out: at.out });
        offerTile(tile, block * 8, aBlocks * 8, other * 8, bBlocks * 8);
      }
      const next = Math.min(n, (block + aBlocks) * 8);
      for (let i = block * 8; i < next; i++) done += n - 1 - i;
      block += STRIPE_BLOCKS * shares;
      return block < blocks;
    },
    state: () => ({
      round: 0,
      indices: slots.indices,
      distances: slots.distances,
      flags: new Uint8Array(0),
      evaluations: done,
    }),
    load: () => {},
    take({ indices, distances, evaluations }) {
      for (let slot = 0; slot < indices.length; slot++) {
        insertOnce(slots, Math.floor(slot / slots.k), indices[slot], distances[slot]);
      }
      doneElsewhere += evaluations;
    },
    close: () => false,
    result: () => neighborsOf(slots, metric),
  };
}

/** The rows in blocks of 8 in the memory of the kernels, and space for a tile. */
function packMatrix(m: Matrix, k: number, options: NeighborOptions) {
  const { makeKernels = makePlainKernels, metric = 'cosine', centre } = options;
  const rows = prepareRows(m, metric, centre || metric === 'euclidean');
  const { n, cols } = rows;
  const blocks = Math.ceil(n / 8);
  const kernels = makeKernels();
  const isEuclidean = metric === 'euclidean';
  const [rowBytes, tileBytes] = [blocks * 32, STRIPE_BLOCKS * TILE_BLOCKS * 256];
  const sizes = [rowBytes * cols, tileBytes, rowBytes, isEuclidean ? rowBytes : 0, tileBytes, TILE_RECORD.words * 4];
  const memory = kernels.reserve(sizes);
  const [packed, out, worstAt, squaresAt, pairs, record] = memory.at;
  const floats = new Float32Array(memory.buffer, packed, blocks * 8 * cols);
  const products = new Float32Array(memory.buffer, out, STRIPE_BLOCKS * TILE_BLOCKS * 64);
  packRows(rows, floats);
  const squares = isEuclidean ? packedSquares(rows, floats, new Float32Array(memory.buffer, squaresAt, n)) : null;
  const worst = new Float32Array(memory.buffer, worstAt, n).fill(Number.POSITIVE_INFINITY);
  const words = new Int32Array(memory.buffer, record, TILE_RECORD.words);
  words[TILE_RECORD.products] = out;
  words[TILE_RECORD.pairs] = pairs;
  const tile: Tile = {
    kernels,
    at: { worst: worstAt, squares: squaresAt, record },
    words,
    pairs: new Int32Array(memory.buffer, pairs, tileBytes / 4),
    products,
    squares,
    slots: makeSlots(n, Math.max(0, Math.min(k, n - 1))),
    worst,
    n,
  };
  return { kernels, at: { packed, out }, n, cols, blocks, tile };
}

/** `insertSlot` for an index that the row may already hold. */
function insertOnce(slots: Slots, row: number, index: number, distance: number): void {
  const { k, indices } = slots;
  if (index === EMPTY_SLOT) return;
  for (let slot = row * k; slot < (row + 1) * k; slot++) if (indices[slot] === index) return;
  insertSlot(slots, row, index, distance);
}

interface Tile {
  readonly kernels: Kernels;
  readonly at: { readonly worst: number; readonly squares: number; readonly record: number };
  /** A `TILE_RECORD`, and the pairs that the kernels find with it. */
  readonly words: Int32Array;
  readonly pairs: Int32Array;
  readonly products: Float32Array;
  readonly squares: Float32Array | null;
  readonly slots: Slots;
  /** The distance of each row's last slot, in one array because it rules out most pairs. */
  readonly worst: Float32Array;
  readonly n: number;
}

function offerTile(tile: Tile, fromI: number, countI: number, fromJ: number, countJ: number): void {
  const { kernels, at, words, pairs, products, squares, slots, worst, n } = tile;
  const { k, distances } = slots;
  if (k === 0) return;
  words[TILE_RECORD.width] = countJ;
  words[TILE_RECORD.rows] = Math.min(countI, n - fromI);
  words[TILE_RECORD.count] = Math.min(countJ, n - fromJ);
  words[TILE_RECORD.limits] = at.worst + fromI * 4;
  words[TILE_RECORD.otherLimits] = at.worst + fromJ * 4;
  words[TILE_RECORD.squares] = squares ? at.squares + fromI * 4 : 0;
  words[TILE_RECORD.otherSquares] = squares ? at.squares + fromJ * 4 : 0;
  words[TILE_RECORD.beyond] = fromI - fromJ;
  const near = kernels.nearPairs(at.record);
  for (let pair = 0; pair < near; pair++) {
    const p = pairs[pair] >> PAIR_SHIFT;
    const q = pairs[pair] & PAIR_MASK;
    const i = fromI + p;
    const j = fromJ + q;
    const distance = nearness(squares, i, j, products[p * countJ + q]);
    // The limits may have fallen since the kernel read them.
    if (distance <= worst[i]) {
      insertSlot(slots, i, j, distance);
      worst[i] = distances[i * k + k - 1];
    }
    if (distance <= worst[j]) {
      insertSlot(slots, j, i, distance);
      worst[j] = distances[j * k + k - 1];
    }
  }
}
