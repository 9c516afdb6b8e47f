import { insertSlot, makeSlots } from '../../math/top-k.ts';
import type { Neighbors } from '../../model/map-data.ts';
import type { QuantizedMatrix } from '../../model/matrix.ts';

/** One of a paper's true nearest papers, and where the map has it. */
export interface TrueNeighbor {
  readonly index: number;
  /** Cosine of the two vectors, −1…1. */
  readonly similarity: number;
  /** Its place among all papers by nearness on the map, from 1. */
  readonly mapRank: number;
  /** The map has torn the two apart: it is none of the k nearest there. */
  readonly isTorn: boolean;
}

/** A paper that stands near on the map and is no true neighbour. */
export interface FalseNeighbor {
  readonly index: number;
  /** Cosine of the two vectors; null where they are not known. */
  readonly similarity: number | null;
}

/** A paper's true neighbours and those of the map, side by side. */
export interface Neighborhood {
  /** How many of each are compared. */
  readonly k: number;
  /** All k, nearest first. */
  readonly nearest: readonly TrueNeighbor[];
  /** Those of the k nearest on the map that are none of the k true ones, nearest on the map first. */
  readonly onlyNear: readonly FalseNeighbor[];
}

/** Where papers stand, and how near they are in truth. */
export interface NeighborhoodInput {
  /** n×2, NaN = not placed. */
  readonly positions: Float32Array;
  readonly neighbors: Neighbors;
  readonly embedding: QuantizedMatrix | null;
}

/**
 * Compares the neighbours of paper `paper`. Nearness on the map is by float32 squared distance, equal ones by lower
 * index, as in `keptNeighbors`: the share of `nearest` that is not torn is the paper's neighbourhood preservation at the
 * same k. O(n·k).
 */
export function neighborhoodOfPaper(
  { positions, neighbors, embedding }: NeighborhoodInput,
  paper: number,
): Neighborhood {
  const n = positions.length / 2;
  const { k } = neighbors;
  const far = new Float32Array(n);
  for (let j = 0; j < n; j++) {
    const dx = positions[2 * j] - positions[2 * paper];
    const dy = positions[2 * j + 1] - positions[2 * paper + 1];
    far[j] = j === paper ? Number.NaN : dx * dx + dy * dy;
  }
  const slots = makeSlots(1, Math.min(k, Math.max(0, n - 1)));
  for (let j = 0; j < n; j++) insertSlot(slots, 0, j, far[j]);
  const truly = Array.from(neighbors.indices.subarray(paper * k, (paper + 1) * k));
  const nearest = truly.map((index, r): TrueNeighbor => {
    const mapRank = rankOf(far, index);
    return { index, similarity: 1 - neighbors.distances[paper * k + r], mapRank, isTorn: !(mapRank <= k) };
  });
  const onlyNear = Array.from(slots.indices)
    .filter((index) => index < n && !truly.includes(index))
    .map((index) => ({ index, similarity: embedding && cosineOf(embedding, paper, index) }));
  return { k, nearest, onlyNear };
}

/** The place from 1 of paper `index` by `far`, NaN counting as farthest. */
function rankOf(far: Float32Array, index: number): number {
  const own = far[index];
  let rank = 1;
  for (let j = 0; j < far.length; j++) {
    if (Number.isNaN(own) ? !Number.isNaN(far[j]) : far[j] < own || (far[j] === own && j < index)) rank++;
  }
  return rank;
}

/** Cosine of two rows; their scales cancel out. 0 for a row of zeros. */
function cosineOf({ data, cols }: QuantizedMatrix, a: number, b: number): number {
  let [dot, ownA, ownB] = [0, 0, 0];
  for (let j = 0; j < cols; j++) {
    const [x, y] = [data[a * cols + j], data[b * cols + j]];
    dot += x * y;
    ownA += x * x;
    ownB += y * y;
  }
  return ownA === 0 || ownB === 0 ? 0 : dot / Math.sqrt(ownA * ownB);
}
