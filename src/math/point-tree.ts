import type { Matrix } from '../model/matrix.ts';

/**
 * A balanced k-d tree over points of a few columns (Bentley 1975), for searches that look at all points. Points are in
 * tree order: `order[r]` is the original index of the point of rank r. Node v has the children 2v + 1 and 2v + 2 and
 * holds the ranks `starts[v]`…`ends[v]`; nodes from `firstLeaf` on have no children.
 */
export interface PointTree {
  readonly n: number;
  readonly cols: number;
  readonly order: Int32Array;
  /** By rank, n×cols. */
  readonly points: Float64Array;
  readonly firstLeaf: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The bounds of each node's points: the minimum of each column, then the maximum. */
  readonly boxes: Float64Array;
}

/** Nearest points of every rank: `ranks[r * k + c]`, nearest first, and their squared distances. */
export interface NearestPoints {
  readonly k: number;
  readonly ranks: Int32Array;
  readonly squares: Float64Array;
}

const LEAF_SIZE = 8;
/** More than any balanced tree of 2^31 points needs. */
const STACK = 64;

/** Builds the tree of the rows, which must be finite. O(n·(log n + cols)), and the splitting by the widest column. */
export function makePointTree({ data, rows: n, cols }: Matrix): PointTree {
  let depth = 0;
  while (n > LEAF_SIZE << depth) depth++;
  const firstLeaf = (1 << depth) - 1;
  const nodes = firstLeaf * 2 + 1;
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  const starts = new Int32Array(nodes);
  const ends = new Int32Array(nodes);
  const boxes = new Float64Array(nodes * cols * 2);
  ends[0] = n;
  for (let node = 0; node < nodes; node++) {
    const axis = writeBox(boxes, node, { data, cols, order, from: starts[node], to: ends[node] });
    if (node >= firstLeaf) continue;
    const middle = (starts[node] + ends[node]) >> 1;
    if (middle > starts[node]) selectAlong({ data, cols, order, from: starts[node], to: ends[node] }, axis, middle);
    starts[node * 2 + 1] = starts[node];
    ends[node * 2 + 1] = middle;
    starts[node * 2 + 2] = middle;
    ends[node * 2 + 2] = ends[node];
  }
  const points = new Float64Array(n * cols);
  for (let r = 0; r < n; r++) for (let j = 0; j < cols; j++) points[r * cols + j] = data[order[r] * cols + j];
  return { n, cols, order, points, firstLeaf, starts, ends, boxes };
}

/**
 * The k nearest others of every point, k at most n − 1; any of several equally far. O(n·(k + log n)) when columns are
 * few and the points do not all coincide.
 */
export function nearestPoints(tree: PointTree, wanted: number): NearestPoints {
  const k = Math.max(0, Math.min(wanted, tree.n - 1));
  const ranks = new Int32Array(tree.n * k);
  const squares = new Float64Array(tree.n * k).fill(Number.POSITIVE_INFINITY);
  const found = { k, ranks, squares };
  const stack = new Int32Array(STACK);
  if (k > 0) for (let rank = 0; rank < tree.n; rank++) searchNearest(tree, rank, found, stack);
  return found;
}

/** Squared distance of the point of rank `rank` to the box of a node: 0 inside. O(cols). */
export function boxSquare({ points, cols, boxes }: PointTree, node: number, rank: number): number {
  const at = node * cols * 2;
  if (cols === 2) {
    const dx = outside(points[rank * 2], boxes[at], boxes[at + 2]);
    const dy = outside(points[rank * 2 + 1], boxes[at + 1], boxes[at + 3]);
    return dx * dx + dy * dy;
  }
  let square = 0;
  for (let j = 0; j < cols; j++) {
    const off = outside(points[rank * cols + j], boxes[at + j], boxes[at + cols + j]);
    square += off * off;
  }
  return square;
}

/** Squared distance of the points of two ranks. O(cols). */
export function pointSquare({ points, cols }: PointTree, one: number, other: number): number {
  if (cols === 2) {
    const dx = points[other * 2] - points[one * 2];
    const dy = points[other * 2 + 1] - points[one * 2 + 1];
    return dx * dx + dy * dy;
  }
  let square = 0;
  for (let j = 0; j < cols; j++) {
    const off = points[other * cols + j] - points[one * cols + j];
    square += off * off;
  }
  return square;
}

/**
 * Pushes the two children of a node onto a stack of height `top`, the one nearer to a point on top, and returns the new
 * height. Takes plain arguments so that the inmost loops make no objects.
 */
export function pushParts(tree: PointTree, node: number, rank: number, stack: Int32Array, top: number): number {
  const part = node * 2 + 1;
  const isFirst = boxSquare(tree, part, rank) <= boxSquare(tree, part + 1, rank);
  stack[top] = isFirst ? part + 1 : part;
  stack[top + 1] = isFirst ? part : part + 1;
  return top + 2;
}

function outside(value: number, min: number, max: number): number {
  return value < min ? min - value : value > max ? value - max : 0;
}

function searchNearest(tree: PointTree, rank: number, found: NearestPoints, stack: Int32Array): void {
  const { firstLeaf, starts, ends } = tree;
  const last = rank * found.k + found.k - 1;
  let top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const node = stack[--top];
    if (boxSquare(tree, node, rank) >= found.squares[last]) continue;
    if (node < firstLeaf) {
      top = pushParts(tree, node, rank, stack, top);
      continue;
    }
    for (let other = starts[node]; other < ends[node]; other++) {
      const square = pointSquare(tree, rank, other);
      if (square < found.squares[last] && other !== rank) insert(found, rank, other, square);
    }
  }
}

function insert({ k, ranks, squares }: NearestPoints, rank: number, other: number, square: number): void {
  const first = rank * k;
  let at = first + k - 1;
  while (at > first && square < squares[at - 1]) {
    squares[at] = squares[at - 1];
    ranks[at] = ranks[at - 1];
    at--;
  }
  squares[at] = square;
  ranks[at] = other;
}

/** The part from…to of an order of points, `to` excluded. */
interface Stretch {
  readonly data: Float32Array;
  readonly cols: number;
  readonly order: Int32Array;
  readonly from: number;
  readonly to: number;
}

/** Writes the bounds of a stretch; returns its widest column, the first of several. */
function writeBox(boxes: Float64Array, node: number, { data, cols, order, from, to }: Stretch): number {
  const at = node * cols * 2;
  let [axis, width] = [0, -1];
  for (let j = 0; j < cols; j++) {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let r = from; r < to; r++) {
      const value = data[order[r] * cols + j];
      if (value < min) min = value;
      if (value > max) max = value;
    }
    boxes[at + j] = min;
    boxes[at + cols + j] = max;
    if (max - min > width) [axis, width] = [j, max - min];
  }
  return axis;
}

/** Quickselect (Hoare 1961): reorders a stretch so that rank `middle` holds what it would if all were sorted along `axis`. */
export function selectAlong({ data, cols, order, from, to }: Stretch, axis: number, middle: number): void {
  let [low, high] = [from, to - 1];
  while (low < high) {
    const pivot = data[order[(low + high) >> 1] * cols + axis];
    let i = low;
    let j = high;
    while (i <= j) {
      while (data[order[i] * cols + axis] < pivot) i++;
      while (data[order[j] * cols + axis] > pivot) j--;
      if (i > j) break;
      const kept = order[i];
      order[i] = order[j];
      order[j] = kept;
      i++;
      j--;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}
