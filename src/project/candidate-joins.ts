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
  /** By what a row's int8 are to be multiplied; null for the straight distance, which they are too coarse for. */
  readonly scales: Float64Array | null;
  readonly cols: number;
  readonly buffer: ArrayBuffer;
  readonly at: {
    readonly rows: number;
    readonly bytes: number;
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
  readonly byteProducts: Int32Array;
  /** The row in whose list each row was last seen. */
  readonly seen: Int32Array;
  evaluations: number;
}

/** Greatest magnitude of an int8 here. */
const MOST = 127;

/**
 * Puts the rows of `m` into the memory of the kernels, as float32 and, for the cosine, as int8 with a scale each.
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
  const counts = [n, n, cols, tileRows, isFlat ? tileRows * cols : 0, tileRows * tileRows];
  const memory = kernels.reserve([n * cols * 4, isFlat ? 0 : n * cols, ...counts.map((count) => count * 4)]);
  const [rowsAt, bytesAt, order, dots, normal, list, packed, out] = memory.at;
  const floats = new Float32Array(memory.buffer, rowsAt, n * cols);
  for (let i = 0; i < n; i++) rows.write(i, floats, i * cols, 1);
  return {
    kernels,
    found: makeFound(n, held),
    squares: isFlat ? Float32Array.from({ length: n }, (_, i) => squareOf(floats, i * cols, 1, cols)) : null,
    scales: isFlat ? null : quantize(floats, new Int8Array(memory.buffer, bytesAt, n * cols), cols),
    cols,
    buffer: memory.buffer,
    at: { rows: rowsAt, bytes: bytesAt, order, dots, normal, list, packed, out },
    list: new Int32Array(memory.buffer, list, tileRows),
    products: new Float32Array(memory.buffer, out, tileRows * tileRows),
    byteProducts: new Int32Array(memory.buffer, out, tileRows * tileRows),
    seen: new Int32Array(n).fill(-1),
    evaluations: 0,
  };
}

function quantize(floats: Float32Array, bytes: Int8Array, cols: number): Float64Array {
  const scales = new Float64Array(floats.length / cols);
  for (let i = 0; i < scales.length; i++) {
    let peak = 0;
    for (let at = i * cols; at < (i + 1) * cols; at++) peak = Math.max(peak, Math.abs(floats[at]));
    const factor = peak > 0 ? MOST / peak : 0;
    for (let at = i * cols; at < (i + 1) * cols; at++) bytes[at] = Math.round(floats[at] * factor);
    scales[i] = peak / MOST;
  }
  return scales;
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

/**
 * Compares the first `fresh` rows of the list with each other and with the rest up to `all`: for the cosine by their
 * int8, half the time of float32 with nothing to pack. The order of two that are nearly as far may come out wrong, which
 * `measureAgain` puts right.
 */
export function join(memory: JoinMemory, fresh: number, all: number): void {
  if (memory.scales) joinBytes(memory, memory.scales, fresh, all);
  else joinFloats(memory, fresh, all);
  memory.evaluations += (fresh * (fresh - 1)) / 2 + fresh * (all - fresh);
}

function joinBytes(
  { kernels, found, cols, at, list, byteProducts }: JoinMemory,
  scales: Float64Array,
  fresh: number,
  all: number,
): void {
  kernels.dotBytes({ rows: at.bytes, cols, list: at.list, count: all }, fresh, at.out);
  const { worst } = found;
  const width = Math.ceil(all / 4) * 4;
  for (let p = 0; p < fresh; p++) {
    const i = list[p];
    for (let q = p + 1; q < all; q++) {
      const j = list[q];
      // The scales first: the same bits for both orders of a pair.
      const distance = nearness(null, i, j, byteProducts[p * width + q] * (scales[i] * scales[j]));
      if (distance <= worst[i]) offerFound(found, i, j, distance);
      if (distance <= worst[j]) offerFound(found, j, i, distance);
    }
  }
}

function joinFloats(
  { kernels, found, squares, cols, at, list, products }: JoinMemory,
  fresh: number,
  all: number,
): void {
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
}

/** Gives the neighbours found by int8 their distances in float32, and their order. n·k dots. */
export function measureAgain({ kernels, found, scales, cols, at, buffer }: JoinMemory): void {
  if (!scales) return;
  const { n, k, indices, distances } = found;
  const order = new Int32Array(buffer, at.order, k);
  const dots = new Float32Array(buffer, at.dots, k);
  for (let i = 0; i < n; i++) {
    order.set(indices.subarray(i * k, (i + 1) * k));
    kernels.dotRows({ rows: at.rows, cols, list: at.order, count: k }, at.rows + i * cols * 4, at.dots);
    for (let slot = 0; slot < k; slot++) {
      const distance = nearness(null, i, order[slot], dots[slot]);
      let to = i * k + slot;
      while (
        to > i * k &&
        (distance < distances[to - 1] || (distance === distances[to - 1] && order[slot] < indices[to - 1]))
      ) {
        distances[to] = distances[to - 1];
        indices[to] = indices[to - 1];
        to--;
      }
      distances[to] = distance;
      indices[to] = order[slot];
    }
  }
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
