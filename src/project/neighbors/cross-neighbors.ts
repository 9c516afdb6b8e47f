import { insertSlot, makeSlots } from '../../math/top-k.ts';
import type { Neighbors } from '../../model/map-data.ts';
import type { Matrix } from '../../model/matrix.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import { type NeighborOptions, neighborsOf } from './neighbors.ts';
import { nearness, prepareRows, squareOf } from './prepare-rows.ts';

const TILE_BLOCKS = 16;

/**
 * The k nearest rows of `among` for each row of `rows` (same columns; k at most among.rows), nearest first, equal ones
 * by lower index: rows.rows × among.rows dots in one call, so meant for some hundred new papers on a map. Straight
 * distances lose precision where all rows lie far from 0. Holds copies of both.
 */
export function nearestAmong(rows: Matrix, among: Matrix, k: number, options: NeighborOptions = {}): Neighbors {
  if (rows.cols !== among.cols) throw new RangeError(`expected rows of ${among.cols} numbers, got ${rows.cols}`);
  const { makeKernels = makePlainKernels, metric = 'cosine' } = options;
  // The mean of the one is not that of the other: straight distances want both as they are.
  const sides = [rows, among].map((m) => prepareRows(m, metric, false));
  const { cols } = sides[0];
  const [aBlocks, bBlocks] = sides.map(({ n }) => Math.ceil(n / 8));
  const kernels = makeKernels();
  const memory = kernels.reserve([aBlocks * 32 * cols, bBlocks * 32 * cols, TILE_BLOCKS * 256]);
  const out = new Float32Array(memory.buffer, memory.at[2], TILE_BLOCKS * 64);
  const squares = sides.map(({ n, write }, side) => {
    const floats = new Float32Array(memory.buffer, memory.at[side], Math.ceil(n / 8) * 8 * cols);
    const placeOf = (i: number) => (i >> 3) * 8 * cols + (i & 7);
    for (let i = 0; i < n; i++) write(i, floats, placeOf(i), 8);
    return Float32Array.from({ length: n }, (_, i) => squareOf(floats, placeOf(i), 8, cols));
  });
  const slots = makeSlots(rows.rows, Math.min(k, among.rows));
  // Squares of both, one after the other, so that new row i and old row j are told apart.
  const both = metric === 'euclidean' ? Float32Array.of(...squares[0], ...squares[1]) : null;
  for (let a = 0; a < aBlocks; a++) {
    for (let b = 0; b < bBlocks; b += TILE_BLOCKS) {
      const count = Math.min(TILE_BLOCKS, bBlocks - b);
      const at = { a: memory.at[0] + a * 32 * cols, b: memory.at[1] + b * 32 * cols };
      kernels.dotTiles({ ...at, aBlocks: 1, bBlocks: count, cols, out: memory.at[2] });
      for (let i = a * 8; i < Math.min(rows.rows, a * 8 + 8); i++) {
        for (let j = b * 8; j < Math.min(among.rows, (b + count) * 8); j++) {
          const product = out[(i - a * 8) * count * 8 + j - b * 8];
          insertSlot(slots, i, j, nearness(both, i, rows.rows + j, product));
        }
      }
    }
  }
  return neighborsOf(slots, metric);
}
