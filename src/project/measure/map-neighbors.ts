import { insertSlot, makeSlots, type Slots } from '../../math/top-k.ts';
import type { Neighbors } from '../../model/map-data.ts';

/** Points in one leaf of the tree. */
const LEAF_SIZE = 12;

/**
 * The k nearest others of every point on a map (n×2, finite; k at most n − 1): n×k, nearest first by float32 squared
 * distance, equal ones by lower index, of several at the very same place any. A k-d tree (Bentley 1975) without an object:
 * O(n·log n) to build, O(k·log n) a point, however the points lie.
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
 * For each paper the share of its k nearest by `neighbors` (of which it has at least k) that are among its k nearest on
 * the map: neighbourhood preservation, paper by paper. 0…1; an empty array for k 0. O(n·log n).
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

/** Orders the points so that each half of each part lies on one side of its middle one, by x and y in turn. */
function splitAll(positions: Float32Array, order: Int32Array): void {
  const open = [0, order.length, 0];
  while (open.length > 0) {
    const axis = open.pop() ?? 0;
    const to = open.pop() ?? 0;
    const from = open.pop() ?? 0;
    if (to - from <= LEAF_SIZE) continue;
    const middle = (from + to) >> 1;
    select(positions, order, { from, to, middle, axis });
    // The middle one stays where it is: what lies on which side is told by it.
    open.push(from, middle, 1 - axis, middle + 1, to, 1 - axis);
  }
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly middle: number;
  readonly axis: number;
}

/** Quickselect (Hoare 1961): the point at `middle` has no greater one before and no smaller one behind it. */
function select(positions: Float32Array, order: Int32Array, { from, to, middle, axis }: Part): void {
  let [low, high] = [from, to - 1];
  while (low < high) {
    const pivot = positions[order[(low + high) >> 1] * 2 + axis];
    let [left, right] = [low, high];
    while (left <= right) {
      while (positions[order[left] * 2 + axis] < pivot) left++;
      while (positions[order[right] * 2 + axis] > pivot) right--;
      if (left > right) break;
      const kept = order[left];
      order[left++] = order[right];
      order[right--] = kept;
    }
    if (middle <= right) high = right;
    else if (middle >= left) low = left;
    else return;
  }
}

interface Tree {
  readonly positions: Float32Array;
  readonly order: Int32Array;
  readonly slots: Slots;
}

/** Offers the points from…to of the order to point i, the nearer half first; the other only where it can hold one. */
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
  // At 0 all are at one place, of which there may be thousands.
  if (worst === 0 || Math.fround(beyond * beyond) > worst) return;
  visit(tree, i, beyond < 0 ? middle + 1 : from, beyond < 0 ? to : middle, 1 - axis);
}

function offer({ positions, slots }: Tree, i: number, j: number): void {
  if (j === i) return;
  const dx = positions[j * 2] - positions[i * 2];
  const dy = positions[j * 2 + 1] - positions[i * 2 + 1];
  insertSlot(slots, i, j, Math.fround(dx * dx + dy * dy));
}
