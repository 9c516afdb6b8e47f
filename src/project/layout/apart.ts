import type { Neighbors } from '../../model/map-data.ts';
import { normalizeLayout } from '../../model/map-data.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import { setBeside } from '../../model/places.ts';
import { isVector, type Metric } from '../neighbors/prepare-vectors.ts';

/**
 * Rows of `m` that are not vectors (not finite, or 0 for the cosine), ascending. Empty when the others would be too few
 * to have `k` neighbours each: then all take part, which every engine can handle. O(n·d).
 */
export function rowsApart(m: Matrix, metric: Metric, k: number): Int32Array {
  const apart = Int32Array.from({ length: m.rows }, (_, i) => i).filter((i) => !isVector(m, i, metric));
  return m.rows - apart.length > k ? apart : new Int32Array(0);
}

/** The rows of `m` that are not `apart`; `m` itself when there are none apart. */
export function keepOthers(m: Matrix, apart: Int32Array): Matrix {
  if (apart.length === 0) return m;
  const kept = othersOf(m.rows, apart);
  const data = new Float32Array(kept.length * m.cols);
  kept.forEach((row, i) => {
    data.set(m.data.subarray(row * m.cols, (row + 1) * m.cols), i * m.cols);
  });
  return matrix(data, kept.length, m.cols);
}

/**
 * Neighbours of all papers from those of the others. A paper apart is at cosine distance 1 from all, so its neighbours
 * are the first papers.
 */
export function spreadNeighbors(neighbors: Neighbors, apart: Int32Array): Neighbors {
  if (apart.length === 0) return neighbors;
  const { k } = neighbors;
  const count = neighbors.indices.length / k;
  const n = count + apart.length;
  const kept = othersOf(n, apart);
  const out = { k, indices: new Int32Array(n * k), distances: new Float32Array(n * k).fill(1) };
  kept.forEach((row, i) => {
    for (let r = 0; r < k; r++) out.indices[row * k + r] = kept[neighbors.indices[i * k + r]];
    out.distances.set(neighbors.distances.subarray(i * k, (i + 1) * k), row * k);
  });
  for (const row of apart) {
    for (let r = 0; r < k; r++) out.indices[row * k + r] = r < row ? r : r + 1;
  }
  return out;
}

/** Rows of all papers from those of the others; a paper apart gets a row of `fill`. */
export function spreadRows(m: Matrix, apart: Int32Array, fill = 0): Matrix {
  if (apart.length === 0) return m;
  const n = m.rows + apart.length;
  const data = new Float32Array(n * m.cols).fill(fill);
  othersOf(n, apart).forEach((row, i) => {
    data.set(m.data.subarray(i * m.cols, (i + 1) * m.cols), row * m.cols);
  });
  return matrix(data, n, m.cols);
}

/**
 * A copy of `start` (n×2) in which papers without a finite position are at the mean of their neighbours that have one,
 * or at 0 when none has.
 */
export function fillPlaces(start: Float32Array, { k, indices }: Neighbors): Float32Array {
  const out = start.slice();
  for (let i = 0; i < start.length / 2; i++) {
    if (isPlaced(start, i)) continue;
    let [x, y, count] = [0, 0, 0];
    for (let at = i * k; at < (i + 1) * k; at++) {
      const j = indices[at];
      if (!isPlaced(start, j)) continue;
      x += start[j * 2];
      y += start[j * 2 + 1];
      count++;
    }
    out[i * 2] = x / Math.max(1, count);
    out[i * 2 + 1] = y / Math.max(1, count);
  }
  return out;
}

/** Map units of all papers: those apart are on a disc to the lower right of the map of the others. */
export function placeBeside(positions: Float32Array, apart: Int32Array): Float32Array {
  if (apart.length === 0) return positions;
  const { data } = spreadRows(matrix(positions, positions.length / 2, 2), apart);
  return normalizeLayout(setBeside(data, apart));
}

function isPlaced(positions: Float32Array, i: number): boolean {
  return Number.isFinite(positions[i * 2]) && Number.isFinite(positions[i * 2 + 1]);
}

function othersOf(n: number, apart: Int32Array): Int32Array {
  const isApart = new Uint8Array(n);
  for (const row of apart) isApart[row] = 1;
  return Int32Array.from({ length: n }, (_, i) => i).filter((i) => isApart[i] === 0);
}
