import type { Matrix } from '../../model/matrix.ts';
import { type Kernels, PAIR_MASK, PAIR_SHIFT, TILE_RECORD } from '../kernels/kernels.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import { type CandidateLists, type Found, makeFound, offerFound } from './candidates.ts';
import type { NeighborOptions } from './neighbors.ts';
import { nearness, prepareRows, squareOf } from './prepare-rows.ts';

/** The rows of a search by NN-descent in the memory of the kernels, and what has been found. */
export interface JoinMemory {
  readonly kernels: Kernels;
  readonly found: Found;
  /** Squared lengths for the straight distance, else null. */
  readonly squares: Float32Array | null;
  readonly cols: number;
  readonly buffer: ArrayBuffer;
  readonly at: {
    readonly rows: number;
    readonly order: number;
    readonly dots: number;
    readonly normal: number;
    readonly list: number;
    readonly packed: number;
    readonly out: number;
    readonly tile: number;
  };
  /** Rows that are compared with each other. */
  readonly list: Int32Array;
  readonly products: Float32Array;
  /** Of the rows of the list, the worst distance that each holds, and its squared length. */
  readonly limits: Float32Array;
  readonly listSquares: Float32Array;
  /** A `TILE_RECORD`, and the pairs that are found by it. */
  readonly tile: Int32Array;
  readonly pairs: Int32Array;
  /** The row in whose list each row was last seen. */
  readonly seen: Int32Array;
  evaluations: number;
}

/**
 * Puts the rows of `m` into the memory of the kernels.
 * @param held neighbours held for each row
 * @param listed most rows that are compared at once
 */
export function makeJoinMemory(m: Matrix, held: number, listed: number, options: NeighborOptions): JoinMemory {
  const { makeKernels = makePlainKernels, metric = 'cosine', centre } = options;
  const rows = prepareRows(m, metric, centre || metric === 'euclidean');
  const { n, cols } = rows;
  const kernels = makeKernels();
  const tileRows = Math.ceil(listed / 8) * 8;
  const isFlat = metric === 'euclidean';
  const products = tileRows * tileRows;
  const words = [n * cols, n, n, cols, tileRows, tileRows * cols, products, tileRows, tileRows, products];
  const memory = kernels.reserve([...words, TILE_RECORD.words].map((count) => count * 4));
  const [rowsAt, order, dots, normal, list, packed, out, limits, listSquares, pairs, tile] = memory.at;
  const record = new Int32Array(memory.buffer, tile, TILE_RECORD.words);
  record[TILE_RECORD.products] = out;
  record[TILE_RECORD.limits] = limits;
  record[TILE_RECORD.otherLimits] = limits;
  record[TILE_RECORD.squares] = isFlat ? listSquares : 0;
  record[TILE_RECORD.otherSquares] = isFlat ? listSquares : 0;
  record[TILE_RECORD.pairs] = pairs;
  const floats = new Float32Array(memory.buffer, rowsAt, n * cols);
  for (let i = 0; i < n; i++) rows.write(i, floats, i * cols, 1);
  return {
    kernels,
    found: makeFound(n, held),
    squares: isFlat ? Float32Array.from({ length: n }, (_, i) => squareOf(floats, i * cols, 1, cols)) : null,
    cols,
    buffer: memory.buffer,
    at: { rows: rowsAt, order, dots, normal, list, packed, out, tile },
    list: new Int32Array(memory.buffer, list, tileRows),
    products: new Float32Array(memory.buffer, out, products),
    limits: new Float32Array(memory.buffer, limits, tileRows),
    listSquares: new Float32Array(memory.buffer, listSquares, tileRows),
    tile: record,
    pairs: new Int32Array(memory.buffer, pairs, products),
    seen: new Int32Array(n).fill(-1),
    evaluations: 0,
  };
}

/** Appends to the list, from `count` on, the candidates of row i that are not in it. Returns its new length. */
export function gather(
  { list, seen }: JoinMemory,
  { most, rows, offered }: CandidateLists,
  i: number,
  count: number,
): number {
  let end = count;
  for (let at = i * most; at < i * most + Math.min(most, offered[i]); at++) {
    const row = rows[at];
    if (seen[row] === i) continue;
    seen[row] = i;
    list[end] = row;
    end++;
  }
  return end;
}

/** Compares the first `fresh` rows of the list with each other and with the rest up to `all`. */
export function join(memory: JoinMemory, fresh: number, all: number): void {
  const { kernels, found, squares, cols, at, list, products, limits, listSquares, tile, pairs } = memory;
  const bBlocks = Math.ceil(all / 8);
  kernels.packRows({ rows: at.rows, cols, list: at.list, count: all }, at.packed);
  kernels.dotTiles({ a: at.packed, aBlocks: Math.ceil(fresh / 8), b: at.packed, bBlocks, cols, out: at.out });
  const { worst } = found;
  for (let q = 0; q < all; q++) {
    limits[q] = worst[list[q]];
    if (squares) listSquares[q] = squares[list[q]];
  }
  const width = bBlocks * 8;
  tile[TILE_RECORD.width] = width;
  tile[TILE_RECORD.rows] = fresh;
  tile[TILE_RECORD.count] = all;
  const near = kernels.nearPairs(at.tile);
  for (let pair = 0; pair < near; pair++) {
    const p = pairs[pair] >> PAIR_SHIFT;
    const q = pairs[pair] & PAIR_MASK;
    const i = list[p];
    const j = list[q];
    const distance = nearness(squares, i, j, products[p * width + q]);
    // The limits have fallen since.
    if (distance <= worst[i]) offerFound(found, i, j, distance);
    if (distance <= worst[j]) offerFound(found, j, i, distance);
  }
  memory.evaluations += (fresh * (fresh - 1)) / 2 + fresh * (all - fresh);
}

/** Compares rows that have too few neighbours, which hardly ever happens, with one row after the other. */
export function fillFree(memory: JoinMemory): void {
  const { found, list } = memory;
  const { n, k, worst } = found;
  if (k === 0) return;
  for (let i = 0; i < n; i++) {
    for (let from = 0; from < n && worst[i] === Number.POSITIVE_INFINITY; from += list.length - 1) {
      let all = 1;
      list[0] = i;
      for (let j = from; j < Math.min(n, from + list.length - 1); j++) if (j !== i) list[all++] = j;
      join(memory, 1, all);
    }
  }
}
