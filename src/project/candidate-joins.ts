import type { Matrix } from '../model/matrix.ts';
import { type CandidateLists, type Found, makeFound, offerFound } from './candidates.ts';
import type { Kernels } from './kernels.ts';
import type { NeighborOptions } from './neighbors.ts';
import { makePlainKernels } from './plain-kernels.ts';
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
  };
  /** Rows that are compared with each other. */
  readonly list: Int32Array;
  readonly products: Float32Array;
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
  const sizes = [n * cols, n, n, cols, tileRows, tileRows * cols, tileRows * tileRows].map((count) => count * 4);
  const memory = kernels.reserve(sizes);
  const [rowsAt, order, dots, normal, list, packed, out] = memory.at;
  const floats = new Float32Array(memory.buffer, rowsAt, n * cols);
  for (let i = 0; i < n; i++) rows.write(i, floats, i * cols, 1);
  return {
    kernels,
    found: makeFound(n, held),
    squares: isFlat ? Float32Array.from({ length: n }, (_, i) => squareOf(floats, i * cols, 1, cols)) : null,
    cols,
    buffer: memory.buffer,
    at: { rows: rowsAt, order, dots, normal, list, packed, out },
    list: new Int32Array(memory.buffer, list, tileRows),
    products: new Float32Array(memory.buffer, out, tileRows * tileRows),
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
  const { kernels, found, squares, cols, at, list, products } = memory;
  const bBlocks = Math.ceil(all / 8);
  kernels.packRows({ rows: at.rows, cols, list: at.list, count: all }, at.packed);
  kernels.dotTiles({ a: at.packed, aBlocks: Math.ceil(fresh / 8), b: at.packed, bBlocks, cols, out: at.out });
  const { worst } = found;
  const width = bBlocks * 8;
  for (let p = 0; p < fresh; p++) {
    const i = list[p];
    for (let q = p + 1; q < all; q++) {
      const j = list[q];
      const distance = nearness(squares, i, j, products[p * width + q]);
      if (distance <= worst[i]) offerFound(found, i, j, distance);
      if (distance <= worst[j]) offerFound(found, j, i, distance);
    }
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
