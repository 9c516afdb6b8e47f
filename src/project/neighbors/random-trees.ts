import type { Random } from '../../math/random.ts';
import type { DescentMemory } from './descent-memory.ts';

/** Largest number of rows in a leaf. */
const LEAF_SIZE = 32;
/** A split that leaves less than this share on one side is tried again with two other rows. */
const MIN_SHARE = 1 / 32;
const TRIES = 3;
/** Columns that a split uses: reading rows is most of a tree's cost, and neighbours agree on part of the columns. */
const SPLIT_COLS = 96;
/** The columns begin at a multiple of 16, the length of a cache line. */
const SPLIT_STEP = 16;

/**
 * Splits all rows by a random-projection tree (Dasgupta and Freund 2008; each split halfway between two random rows)
 * into leaves of at most 32. Writes the rows leaf by leaf into `order` and returns where each leaf begins, and n at the
 * end. n·log(n/32) dot products of 96 columns, or of all where there are fewer than twice as many. Rows that no split
 * separates are cut in the middle.
 */
export function growTree(memory: DescentMemory, random: Random): Int32Array {
  const { order } = memory;
  const n = order.length;
  for (let i = 0; i < n; i++) order[i] = i;
  const starts: number[] = [];
  const open = [0, n];
  while (open.length > 0) {
    const to = open.pop() ?? 0;
    const from = open.pop() ?? 0;
    if (to - from <= LEAF_SIZE) {
      starts.push(from);
    } else {
      const middle = split(memory, from, to, random);
      // The left part is taken next, so that leaves come in the order of their rows.
      open.push(middle, to, from, middle);
    }
  }
  return Int32Array.from([...starts, n]);
}

function split(memory: DescentMemory, from: number, to: number, random: Random): number {
  const { kernels, at, cols, squares } = memory;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const isPart = squares === null && cols >= 2 * SPLIT_COLS && attempt < TRIES - 1;
    const width = isPart ? SPLIT_COLS : cols;
    const column = Math.floor(random() * (Math.floor((cols - width) / SPLIT_STEP) + 1)) * SPLIT_STEP;
    const threshold = drawPlane(memory, { from, to, column, width }, random);
    const rows = { rows: at.rows + column * 4, cols, list: at.order + from * 4, count: to - from };
    kernels.dotRows(rows, width, at.normal, at.dots);
    const middle = partition(memory, from, to, threshold);
    if (Math.min(middle - from, to - middle) >= (to - from) * MIN_SHARE) return middle;
  }
  return (from + to) >> 1;
}

interface Split {
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly width: number;
}

/**
 * Puts the difference of two rows, in those columns, into `normal`. Returns its dot product with the point halfway
 * between; 0 for rows of length 1, whose parts have about the same length.
 */
function drawPlane({ rows, cols, squares, order, normal }: DescentMemory, split: Split, random: Random): number {
  const { from, to, column, width } = split;
  const size = to - from;
  const first = Math.floor(random() * size);
  const second = (first + 1 + Math.floor(random() * (size - 1))) % size;
  const [p, q] = [order[from + first], order[from + second]];
  const [one, other] = [p * cols + column, q * cols + column];
  for (let j = 0; j < width; j++) normal[j] = rows[one + j] - rows[other + j];
  return squares ? (squares[p] - squares[q]) / 2 : 0;
}

/** Moves rows beyond the threshold to the front; returns the first of the others. */
function partition({ order, dots }: DescentMemory, from: number, to: number, threshold: number): number {
  let front = from;
  for (let i = from; i < to; i++) {
    if (!(dots[i - from] > threshold)) continue;
    const row = order[i];
    order[i] = order[front];
    order[front] = row;
    front++;
  }
  return front;
}
