import type { Random } from '../../math/random.ts';
import type { Kernels } from '../kernels/kernels.ts';

/** What a tree needs: places in the memory of the kernels, and views of them. */
export interface TreeInput {
  readonly kernels: Kernels;
  readonly n: number;
  /** Row-major. */
  readonly rows: { readonly at: number; readonly cols: number; readonly floats: Float32Array };
  /** Squared lengths where rows are not of length 1, else null. */
  readonly squares: Float32Array | null;
  readonly order: { readonly at: number; readonly words: Int32Array };
  readonly dots: { readonly at: number; readonly floats: Float32Array };
  readonly normal: { readonly at: number; readonly floats: Float32Array };
  readonly leafSize: number;
}

/** A split that leaves less than this share on one side is tried again with two other rows. */
const LEAST_SHARE = 1 / 32;
const TRIES = 3;
/** Columns that a split goes by: to read a row is what a tree costs, and neighbours stand together on part of it too. */
const SPLIT_COLS = 96;
/** Columns begin at a multiple of 16: where a line of the cache does. */
const SPLIT_STEP = 16;

/**
 * Splits all rows by a random-projection tree (Dasgupta and Freund 2008; each split halfway between two rows drawn at
 * random) into leaves of at most `leafSize`. Writes the rows leaf by leaf into `order` and returns where each leaf
 * begins, n at the end. n·log(n/leafSize) dots of 96 columns, or of all where they are
 * fewer than twice as many. Rows that no split tells apart are cut in the middle.
 */
export function growTree(input: TreeInput, random: Random): Int32Array {
  const { n, order, leafSize } = input;
  for (let i = 0; i < n; i++) order.words[i] = i;
  const starts: number[] = [];
  const open = [0, n];
  while (open.length > 0) {
    const to = open.pop() ?? 0;
    const from = open.pop() ?? 0;
    if (to - from <= leafSize) {
      starts.push(from);
    } else {
      const middle = split(input, from, to, random);
      // The left part is taken next: leaves come in the order of their rows.
      open.push(middle, to, from, middle);
    }
  }
  return Int32Array.from([...starts, n]);
}

function split(input: TreeInput, from: number, to: number, random: Random): number {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const { at, cols } = input.rows;
    const isPart = input.squares === null && cols >= 2 * SPLIT_COLS && attempt < TRIES - 1;
    const width = isPart ? SPLIT_COLS : cols;
    const column = Math.floor(random() * (Math.floor((cols - width) / SPLIT_STEP) + 1)) * SPLIT_STEP;
    const threshold = drawPlane(input, { from, to, column, width }, random);
    const rows = { rows: at + column * 4, cols, list: input.order.at + from * 4, count: to - from };
    input.kernels.dotRows(rows, width, input.normal.at, input.dots.at);
    const middle = partition(input, from, to, threshold);
    if (Math.min(middle - from, to - middle) >= (to - from) * LEAST_SHARE) return middle;
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
 * Puts the difference of two rows, of those columns, into `normal`. Returns the dot of the points halfway between; 0 for
 * rows of length 1, whose parts are about as long as each other.
 */
function drawPlane({ rows, squares, order, normal }: TreeInput, split: Split, random: Random): number {
  const { from, to, column, width } = split;
  const size = to - from;
  const first = Math.floor(random() * size);
  const second = (first + 1 + Math.floor(random() * (size - 1))) % size;
  const [p, q] = [order.words[from + first], order.words[from + second]];
  const [one, other] = [p * rows.cols + column, q * rows.cols + column];
  for (let j = 0; j < width; j++) normal.floats[j] = rows.floats[one + j] - rows.floats[other + j];
  return squares ? (squares[p] - squares[q]) / 2 : 0;
}

/** Rows beyond the threshold to the front; returns the first of the others. */
function partition({ order, dots }: TreeInput, from: number, to: number, threshold: number): number {
  let front = from;
  for (let i = from; i < to; i++) {
    if (!(dots.floats[i - from] > threshold)) continue;
    const row = order.words[i];
    order.words[i] = order.words[front];
    order.words[front] = row;
    front++;
  }
  return front;
}
