/**
 * A balanced k-d tree over points of the plane (Bentley 1975), for searches that look at all points. Points stand in
 * tree order: `order[r]` is the index that the point of rank r was given with. Node v has the parts 2v + 1 and 2v + 2
 * and holds the ranks `starts[v]`…`ends[v]`; nodes from `firstLeaf` on have no parts.
 */
export interface PlanarTree {
  readonly n: number;
  readonly order: Int32Array;
  /** By rank. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly firstLeaf: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The bounds of each node's points: left, low, right, high. */
  readonly boxes: Float64Array;
}

/** Nearest points of every rank: `ranks[r * k + c]`, nearest first, and their squared distances. */
export interface PlanarNeighbors {
  readonly k: number;
  readonly ranks: Int32Array;
  readonly squares: Float64Array;
}

const LEAF_SIZE = 8;
/** Deeper than any balanced tree of 2^31 points. */
const STACK = 64;

/** The tree of n points, interleaved and finite. O(n log n). */
export function makePlanarTree(positions: Float32Array): PlanarTree {
  const n = positions.length / 2;
  let depth = 0;
  while (n > LEAF_SIZE << depth) depth++;
  const firstLeaf = (1 << depth) - 1;
  const nodes = firstLeaf * 2 + 1;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const starts = new Int32Array(nodes);
  const ends = new Int32Array(nodes);
  const boxes = new Float64Array(nodes * 4);
  ends[0] = n;
  for (let node = 0; node < nodes; node++) {
    writeBox(boxes, node, positions, order, starts[node], ends[node]);
    if (node >= firstLeaf) continue;
    const middle = (starts[node] + ends[node]) >> 1;
    const wide = boxes[node * 4 + 2] - boxes[node * 4] >= boxes[node * 4 + 3] - boxes[node * 4 + 1];
    if (middle > starts[node]) select(positions, wide ? 0 : 1, order, starts[node], ends[node] - 1, middle);
    starts[node * 2 + 1] = starts[node];
    ends[node * 2 + 1] = middle;
    starts[node * 2 + 2] = middle;
    ends[node * 2 + 2] = ends[node];
  }
  const xs = Float64Array.from(order, (i) => positions[i * 2]);
  const ys = Float64Array.from(order, (i) => positions[i * 2 + 1]);
  return { n, order, xs, ys, firstLeaf, starts, ends, boxes };
}

/**
 * The k nearest others of every point, k at most n − 1; of equally far ones any. O(n·(k + log n)) where the points are
 * not all on top of each other.
 */
export function planarNeighbors(tree: PlanarTree, wanted: number): PlanarNeighbors {
  const k = Math.max(0, Math.min(wanted, tree.n - 1));
  const ranks = new Int32Array(tree.n * k);
  const squares = new Float64Array(tree.n * k).fill(Number.POSITIVE_INFINITY);
  const found = { k, ranks, squares };
  const stack = new Int32Array(STACK);
  if (k > 0) for (let rank = 0; rank < tree.n; rank++) searchNearest(tree, rank, found, stack);
  return found;
}

/** Squared distance of a point to the box of a node: 0 inside. */
export function boxSquare(boxes: Float64Array, node: number, x: number, y: number): number {
  const at = node * 4;
  const dx = x < boxes[at] ? boxes[at] - x : x > boxes[at + 2] ? x - boxes[at + 2] : 0;
  const dy = y < boxes[at + 1] ? boxes[at + 1] - y : y > boxes[at + 3] ? y - boxes[at + 3] : 0;
  return dx * dx + dy * dy;
}

function searchNearest(tree: PlanarTree, rank: number, found: PlanarNeighbors, stack: Int32Array): void {
  const { xs, ys, firstLeaf, starts, ends, boxes } = tree;
  const x = xs[rank];
  const y = ys[rank];
  const last = rank * found.k + found.k - 1;
  let top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const node = stack[--top];
    if (boxSquare(boxes, node, x, y) >= found.squares[last]) continue;
    if (node < firstLeaf) {
      const near = node * 2 + 1;
      const isFirst = boxSquare(boxes, near, x, y) <= boxSquare(boxes, near + 1, x, y);
      stack[top++] = isFirst ? near + 1 : near;
      stack[top++] = isFirst ? near : near + 1;
      continue;
    }
    for (let other = starts[node]; other < ends[node]; other++) {
      const dx = xs[other] - x;
      const dy = ys[other] - y;
      const square = dx * dx + dy * dy;
      if (square < found.squares[last] && other !== rank) insert(found, rank, other, square);
    }
  }
}

function insert({ k, ranks, squares }: PlanarNeighbors, rank: number, other: number, square: number): void {
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

function writeBox(
  boxes: Float64Array,
  node: number,
  positions: Float32Array,
  order: Int32Array,
  from: number,
  to: number,
): void {
  let [left, low, right, high] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let r = from; r < to; r++) {
    const x = positions[order[r] * 2];
    const y = positions[order[r] * 2 + 1];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < low) low = y;
    if (y > high) high = y;
  }
  boxes[node * 4] = left;
  boxes[node * 4 + 1] = low;
  boxes[node * 4 + 2] = right;
  boxes[node * 4 + 3] = high;
}

/** Orders `order[from]…order[to]` so that rank `middle` holds what it would if all were sorted along `axis` (Hoare 1961). */
function select(
  positions: Float32Array,
  axis: number,
  order: Int32Array,
  from: number,
  to: number,
  middle: number,
): void {
  let [low, high] = [from, to];
  while (low < high) {
    const pivot = positions[order[(low + high) >> 1] * 2 + axis];
    let i = low;
    let j = high;
    while (i <= j) {
      while (positions[order[i] * 2 + axis] < pivot) i++;
      while (positions[order[j] * 2 + axis] > pivot) j--;
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
