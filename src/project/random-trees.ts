import type { Random } from '../math/random.ts';
import type { Kernels } from './kernels.ts';

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

/**
 * Splits all rows by a random-projection tree (Dasgupta and Freund 2008; each split halfway between two rows drawn at
 * random) into leaves of at most `leafSize`. Writes the rows leaf by leaf into `order` and returns where each leaf
 * begins, n at the end. n·log(n/leafSize) dots. Rows that no split tells apart are cut in the middle.
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
    const threshold = drawPlane(input, from, to, random);
    const { at: rows, cols } = input.rows;
    const list = input.order.at + from * 4;
    input.kernels.dotRows({ rows, cols, list, count: to - from }, input.normal.at, input.dots.at);
    const middle = partition(input, from, to, threshold);
    if (Math.min(middle - from, to - middle) >= (to - from) * LEAST_SHARE) return middle;
  }
  return (from + to) >> 1;
}

/** Puts the difference of two rows into `normal`. Returns the dot of the points halfway between. */
function drawPlane({ rows, squares, order, normal }: TreeInput, from: number, to: number, random: Random): number {
  const size = to - from;
  const first = Math.floor(random() * size);
  const second = (first + 1 + Math.floor(random() * (size - 1))) % size;
  const [p, q] = [order.words[from + first], order.words[from + second]];
  for (let j = 0; j < rows.cols; j++)
    normal.floats[j] = rows.floats[p * rows.cols + j] - rows.floats[q * rows.cols + j];
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
