import { insertSlot, makeSlots, type Slots } from '../../math/top-k.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import {
  type NeighborOptions,
  nearness,
  neighborsOf,
  packedSquares,
  packRows,
  prepareRows,
} from './prepare-vectors.ts';

/** The search for the neighbours of papers that join others, in steps. */
export interface NeighborJoin {
  /** Rows of old and new papers that are done. */
  readonly done: number;
  readonly total: number;
  /** Searches for a few hundred rows. False when nothing is left. */
  step(): boolean;
  /** Of all papers, the new ones after the old; complete once `step` has returned false. */
  result(): Neighbors;
  /** Of each new paper among the old ones only; complete at the same time. */
  amongOld(): Neighbors;
}

/** Papers of a map with their neighbours among themselves, and the papers that join them. */
interface JoinInput {
  readonly old: Matrix;
  readonly known: Neighbors;
  readonly added: Matrix;
}

/** Blocks of 8 rows that a block is compared with at once. */
const TILE_BLOCKS = 16;
/** Rows that one step of a join searches for. */
const STRIPE = 256;

/**
 * The k nearest rows of `among` for each row of `rows` (same columns; k at most among.rows), nearest first, equal ones
 * by lower index. Computes rows.rows × among.rows dot products in one call, so it is meant for some hundred new papers.
 * Euclidean distances lose precision where all rows are far from 0. Holds copies of both.
 */
export function nearestAmong(rows: Matrix, among: Matrix, k: number, options: NeighborOptions = {}): Neighbors {
  if (rows.cols !== among.cols) throw new RangeError(`expected rows of ${among.cols} numbers, got ${rows.cols}`);
  const { makeKernels = makePlainKernels, metric = 'cosine' } = options;
  // The two have different means, so neither is subtracted: distances between them need both as they are.
  const sides = [rows, among].map((m) => prepareRows(m, metric, false));
  const { cols } = sides[0];
  const [aBlocks, bBlocks] = sides.map(({ n }) => Math.ceil(n / 8));
  const kernels = makeKernels();
  const memory = kernels.reserve([aBlocks * 32 * cols, bBlocks * 32 * cols, TILE_BLOCKS * 256]);
  const out = new Float32Array(memory.buffer, memory.at[2], TILE_BLOCKS * 64);
  // Of both, one after the other, so that new row i and old row j are distinct.
  const squares = metric === 'euclidean' ? new Float32Array(rows.rows + among.rows) : null;
  sides.forEach((side, s) => {
    const floats = new Float32Array(memory.buffer, memory.at[s], Math.ceil(side.n / 8) * 8 * cols);
    packRows(side, floats);
    if (squares) packedSquares(side, floats, squares.subarray(s * rows.rows));
  });
  const slots = makeSlots(rows.rows, Math.min(k, among.rows));
  for (let a = 0; a < aBlocks; a++) {
    for (let b = 0; b < bBlocks; b += TILE_BLOCKS) {
      const count = Math.min(TILE_BLOCKS, bBlocks - b);
      const at = { a: memory.at[0] + a * 32 * cols, b: memory.at[1] + b * 32 * cols };
      kernels.dotTiles({ ...at, aBlocks: 1, bBlocks: count, cols, out: memory.at[2] });
      for (let i = a * 8; i < Math.min(rows.rows, a * 8 + 8); i++) {
        for (let j = b * 8; j < Math.min(among.rows, (b + count) * 8); j++) {
          const product = out[(i - a * 8) * count * 8 + j - b * 8];
          insertSlot(slots, i, j, nearness(squares, i, rows.rows + j, product));
        }
      }
    }
  }
  return neighborsOf(slots, metric);
}

/**
 * Neighbours of `old` and `added` rows together, where those of the old among themselves are known (their k is that of
 * the result, at most old.rows): nearest first by cosine distance, equal ones by lower index. As exact as the known
 * ones: only pairs with a new row are compared, each old–new pair twice. Holds copies of both.
 */
export function makeNeighborJoin({ old, known, added }: JoinInput, options: NeighborOptions = {}): NeighborJoin {
  const { k } = known;
  const [m, n] = [old.rows, old.rows + added.rows];
  const slots = makeSlots(n, k);
  slots.indices.set(known.indices);
  slots.distances.set(known.distances);
  const amongOld = makeSlots(added.rows, Math.min(k, m));
  let done = 0;

  function joinNew(from: number, to: number): void {
    const rows = rowsOf(added, from, to);
    const [near, fresh] = [nearestAmong(rows, old, k, options), nearestAmong(rows, added, k + 1, options)];
    amongOld.indices.set(near.indices, from * amongOld.k);
    amongOld.distances.set(near.distances, from * amongOld.k);
    for (let i = from; i < to; i++) {
      offerRow(slots, m + i, near, { row: i - from, shift: 0 });
      offerRow(slots, m + i, fresh, { row: i - from, shift: m });
    }
  }

  function joinOld(from: number, to: number): void {
    const near = nearestAmong(rowsOf(old, from, to), added, k, options);
    for (let i = from; i < to; i++) offerRow(slots, i, near, { row: i - from, shift: m });
  }

  return {
    get done() {
      return done;
    },
    total: n,
    step() {
      const isNew = done < added.rows;
      const to = Math.min(isNew ? added.rows : n, done + STRIPE);
      if (isNew) joinNew(done, to);
      else joinOld(done - added.rows, to - added.rows);
      done = to;
      return done < n;
    },
    result: () => ({ k, indices: slots.indices, distances: slots.distances }),
    amongOld: () => ({ k: amongOld.k, indices: amongOld.indices, distances: amongOld.distances }),
  };
}

function rowsOf({ data, cols }: Matrix, from: number, to: number): Matrix {
  return matrix(data.subarray(from * cols, to * cols), to - from, cols);
}

/** Offers a row of `near`, whose indices are shifted by `shift`, to row `to` of the slots, without that row itself. */
function offerRow(
  slots: Slots,
  to: number,
  near: Neighbors,
  { row, shift }: { readonly row: number; readonly shift: number },
): void {
  for (let at = row * near.k; at < (row + 1) * near.k; at++) {
    const index = near.indices[at] + shift;
    if (index !== to) insertSlot(slots, to, index, near.distances[at]);
  }
}
