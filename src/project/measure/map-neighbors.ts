import { selectAlong } from '../../math/point-tree.ts';
import { insertSlot, makeSlots, type Slots } from '../../math/top-k.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { cosineOf, type QuantizedMatrix } from '../../model/matrix.ts';

/** One of a paper's true nearest papers, and its rank on the map. */
export interface TrueNeighbor {
  readonly index: number;
  /** Cosine of the two vectors, −1…1. */
  readonly similarity: number;
  /** Its rank among all papers by nearness on the map, from 1. */
  readonly mapRank: number;
  /** The map has torn the two apart: it is not among the k nearest there. */
  readonly isTorn: boolean;
}

/** A paper that is near on the map but not a true neighbour. */
export interface FalseNeighbor {
  readonly index: number;
  /** Cosine of the two vectors; null where they are unknown. */
  readonly similarity: number | null;
}

/** A paper's true neighbours and those of the map, side by side. */
export interface Neighborhood {
  /** Number of neighbours compared on each side. */
  readonly k: number;
  /** All k, nearest first. */
  readonly nearest: readonly TrueNeighbor[];
  /** Those of the k nearest on the map that are not among the k true ones, nearest on the map first. */
  readonly onlyNear: readonly FalseNeighbor[];
}

/** Positions of papers, and their nearest ones by their vectors. */
interface NeighborhoodInput {
  /** n×2, NaN = not placed. */
  readonly positions: Float32Array;
  readonly neighbors: Neighbors;
  readonly embedding: QuantizedMatrix | null;
}

/** Points in one leaf of the tree. */
const LEAF_SIZE = 12;

/**
 * The k nearest others of every point on a map (n×2, finite; k at most n − 1): n×k, nearest first by float32 squared
 * distance, equal ones by lower index; of several at the very same position any. A k-d tree (Bentley 1975) that is only
 * an order of the points: O(n·log n) to build, O(k·log n) for each point, wherever the points are.
 */
export function nearestOnMap(positions: Float32Array, k: number): Int32Array {
  const n = positions.length / 2;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  splitAll(positions, order);
  const slots = makeSlots(n, k);
  const tree = { positions, order, slots };
  for (let i = 0; i < n; i++) visit(tree, i, 0, n, 0);
  return slots.indices;
}

/**
 * For each paper the share of its k nearest by `neighbors` (which has at least k) that are among its k nearest on the
 * map: its neighbourhood preservation. 0…1; an empty array for k 0. O(n·log n).
 */
export function keptNeighbors(neighbors: Neighbors, positions: Float32Array, k: number): Float32Array {
  if (k === 0) return new Float32Array(0);
  const near = nearestOnMap(positions, k);
  const shares = new Float32Array(near.length / k);
  for (let i = 0; i < shares.length; i++) {
    let kept = 0;
    for (let at = i * neighbors.k; at < i * neighbors.k + k; at++) {
      for (let slot = i * k; slot < (i + 1) * k; slot++) if (near[slot] === neighbors.indices[at]) kept++;
    }
    shares[i] = kept / k;
  }
  return shares;
}

/**
 * Compares the neighbours of paper `paper`. Nearness on the map is by float32 squared distance, equal ones by lower
 * index, as in `keptNeighbors`: the share of `nearest` that is not torn is the paper's neighbourhood preservation at
 * the same k. O(n·k).
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

/** Orders the points so that each half of each part is on one side of its middle one, by x and y in turn. */
function splitAll(positions: Float32Array, order: Int32Array): void {
  const open = [0, order.length, 0];
  while (open.length > 0) {
    const axis = open.pop() ?? 0;
    const to = open.pop() ?? 0;
    const from = open.pop() ?? 0;
    if (to - from <= LEAF_SIZE) continue;
    const middle = (from + to) >> 1;
    selectAlong({ data: positions, cols: 2, order, from, to }, axis, middle);
    // The middle one stays where it is: it decides which points are on which side.
    open.push(from, middle, 1 - axis, middle + 1, to, 1 - axis);
  }
}

/** The points in the order of the tree, and the nearest of each so far. */
interface Tree {
  readonly positions: Float32Array;
  readonly order: Int32Array;
  readonly slots: Slots;
}

/** Offers the points from…to of the order to point i: the nearer half, then the other if it can hold a neighbour. */
function visit(tree: Tree, i: number, from: number, to: number, axis: number): void {
  const { positions, order, slots } = tree;
  const { k, distances } = slots;
  if (to - from <= LEAF_SIZE) {
    for (let at = from; at < to; at++) offer(tree, i, order[at]);
    return;
  }
  const middle = (from + to) >> 1;
  const beyond = positions[i * 2 + axis] - positions[order[middle] * 2 + axis];
  offer(tree, i, order[middle]);
  visit(tree, i, beyond < 0 ? from : middle + 1, beyond < 0 ? middle : to, 1 - axis);
  const worst = distances[i * k + k - 1];
  // At 0 all are at one position, possibly thousands of them.
  if (worst === 0 || Math.fround(beyond * beyond) > worst) return;
  visit(tree, i, beyond < 0 ? middle + 1 : from, beyond < 0 ? to : middle, 1 - axis);
}

function offer({ positions, slots }: Tree, i: number, j: number): void {
  if (j === i) return;
  const dx = positions[j * 2] - positions[i * 2];
  const dy = positions[j * 2 + 1] - positions[i * 2 + 1];
  insertSlot(slots, i, j, Math.fround(dx * dx + dy * dy));
}

/** The rank from 1 of paper `index` by `far`; NaN counts as farthest. */
function rankOf(far: Float32Array, index: number): number {
  const own = far[index];
  let rank = 1;
  for (let j = 0; j < far.length; j++) {
    if (Number.isNaN(own) ? !Number.isNaN(far[j]) : far[j] < own || (far[j] === own && j < index)) rank++;
  }
  return rank;
}
