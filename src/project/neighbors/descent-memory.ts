import type { Matrix } from '../../model/matrix.ts';
import { type Kernels, PAIR_MASK, PAIR_SHIFT, TILE_RECORD } from '../kernels/kernels.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import { type NeighborOptions, nearness, prepareRows, squareOf } from './prepare-vectors.ts';

/** The neighbour graph that NN-descent improves: n sorted rows of k neighbours, equal distances by lower index. */
export interface DescentGraph {
  readonly n: number;
  readonly k: number;
  /** `FREE` where a slot is empty. */
  readonly indices: Int32Array;
  readonly distances: Float32Array;
  /** A `FLAG` for each slot. */
  readonly flags: Uint8Array;
  /** The distance of each row's last slot. */
  readonly worst: Float32Array;
}

/** A neighbour's own neighbours have been compared (old) or not (new), or it was found in this round (found). */
export const FLAG = { old: 0, new: 1, found: 2 } as const;

/** The index in a slot without a neighbour. */
export const FREE = -1;

/** The rows of a search by NN-descent in the memory of the kernels, space for comparisons, and the graph. */
export interface DescentMemory {
  readonly kernels: Kernels;
  readonly graph: DescentGraph;
  readonly cols: number;
  /** Where the arrays that the kernels read and write begin. */
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
  /** n×cols. */
  readonly rows: Float32Array;
  /** The squared length of each row for the Euclidean distance; null where rows have length 1. */
  readonly squares: Float32Array | null;
  /** For the trees: the rows leaf by leaf, the normal of a split, and the dot products of rows with it. */
  readonly order: Int32Array;
  readonly normal: Float32Array;
  readonly dots: Float32Array;
  /** Rows that are compared with each other, their products, worst distances in the graph, and squared lengths. */
  readonly list: Int32Array;
  readonly products: Float32Array;
  readonly limits: Float32Array;
  readonly listSquares: Float32Array;
  /** A `TILE_RECORD`, and the pairs that the kernels find with it. */
  readonly tile: Int32Array;
  readonly pairs: Int32Array;
  evaluations: number;
}

/**
 * Puts the rows of `m` into the memory of the kernels.
 * @param held neighbours in each row of the graph
 * @param listed maximum number of rows compared at once
 */
export function makeDescentMemory(m: Matrix, held: number, listed: number, options: NeighborOptions): DescentMemory {
  const { makeKernels = makePlainKernels, metric = 'cosine', centre } = options;
  const isEuclidean = metric === 'euclidean';
  const prepared = prepareRows(m, metric, centre || isEuclidean);
  const { n, cols } = prepared;
  const kernels = makeKernels();
  const tileRows = Math.ceil(listed / 8) * 8;
  const tileSize = tileRows * tileRows;
  const words = [n * cols, n, n, cols, tileRows, tileRows * cols, tileSize, tileRows, tileRows, tileSize];
  const { at, buffer } = kernels.reserve([...words, TILE_RECORD.words].map((count) => count * 4));
  const [rowsAt, order, dots, normal, list, packed, out, limits, listSquares, pairs, tileAt] = at;
  const floats = (from: number, count: number) => new Float32Array(buffer, from, count);
  const tile = new Int32Array(buffer, tileAt, TILE_RECORD.words);
  tile[TILE_RECORD.products] = out;
  tile[TILE_RECORD.limits] = limits;
  tile[TILE_RECORD.otherLimits] = limits;
  tile[TILE_RECORD.squares] = isEuclidean ? listSquares : 0;
  tile[TILE_RECORD.otherSquares] = isEuclidean ? listSquares : 0;
  tile[TILE_RECORD.pairs] = pairs;
  const rows = floats(rowsAt, n * cols);
  for (let i = 0; i < n; i++) prepared.write(i, rows, i * cols, 1);
  return {
    kernels,
    graph: makeGraph(n, held),
    cols,
    at: { rows: rowsAt, order, dots, normal, list, packed, out, tile: tileAt },
    rows,
    squares: isEuclidean ? Float32Array.from({ length: n }, (_, i) => squareOf(rows, i * cols, 1, cols)) : null,
    order: new Int32Array(buffer, order, n),
    normal: floats(normal, cols),
    dots: floats(dots, n),
    list: new Int32Array(buffer, list, tileRows),
    products: floats(out, tileSize),
    limits: floats(limits, tileRows),
    listSquares: floats(listSquares, tileRows),
    tile,
    pairs: new Int32Array(buffer, pairs, tileSize),
    evaluations: 0,
  };
}

/** Compares the first `fresh` rows of the list with each other and with the rest up to `all`, for the graph. */
export function compareListed(memory: DescentMemory, fresh: number, all: number): void {
  const { kernels, graph, squares, cols, at, list, products, limits, listSquares, tile, pairs } = memory;
  const bBlocks = Math.ceil(all / 8);
  kernels.packRows({ rows: at.rows, cols, list: at.list, count: all }, at.packed);
  kernels.dotTiles({ a: at.packed, aBlocks: Math.ceil(fresh / 8), b: at.packed, bBlocks, cols, out: at.out });
  const { worst } = graph;
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
    // The limits may have fallen since the kernel read them.
    if (distance <= worst[i]) offerNeighbor(graph, i, j, distance);
    if (distance <= worst[j]) offerNeighbor(graph, j, i, distance);
  }
  memory.evaluations += (fresh * (fresh - 1)) / 2 + fresh * (all - fresh);
}

/** Compares rows that have too few neighbours, which hardly ever happens, with all others. */
export function fillFreeSlots(memory: DescentMemory): void {
  const { graph, list } = memory;
  const { n, k, worst } = graph;
  if (k === 0) return;
  for (let i = 0; i < n; i++) {
    for (let from = 0; from < n && worst[i] === Number.POSITIVE_INFINITY; from += list.length - 1) {
      let all = 1;
      list[0] = i;
      for (let j = from; j < Math.min(n, from + list.length - 1); j++) if (j !== i) list[all++] = j;
      compareListed(memory, 1, all);
    }
  }
}

/**
 * Puts `index` among the k nearest of `row` when it belongs there and is not there yet. Equal distances are ordered by
 * lower index, so that the outcome does not depend on the order of calls. A pair's distance must never change. O(k).
 */
export function offerNeighbor(graph: DescentGraph, row: number, index: number, distance: number): void {
  const { k, indices, distances, flags, worst } = graph;
  const first = row * k;
  const last = first + k - 1;
  if (!(distance <= distances[last]) || (distance === distances[last] && index >= indices[last])) return;
  let at = first;
  let end = last;
  while (at < end) {
    const middle = (at + end) >> 1;
    if (distances[middle] < distance || (distances[middle] === distance && indices[middle] < index)) at = middle + 1;
    else end = middle;
  }
  // A pair's distance has the same bits whenever it is computed, so this is its position if it is there.
  if (indices[at] === index) return;
  for (let slot = last; slot > at; slot--) {
    distances[slot] = distances[slot - 1];
    indices[slot] = indices[slot - 1];
    flags[slot] = flags[slot - 1];
  }
  distances[at] = distance;
  indices[at] = index;
  flags[at] = FLAG.found;
  worst[row] = distances[last];
}

function makeGraph(n: number, k: number): DescentGraph {
  return {
    n,
    k,
    indices: new Int32Array(n * k).fill(FREE),
    distances: new Float32Array(n * k).fill(Number.POSITIVE_INFINITY),
    flags: new Uint8Array(n * k),
    worst: new Float32Array(n).fill(Number.POSITIVE_INFINITY),
  };
}
