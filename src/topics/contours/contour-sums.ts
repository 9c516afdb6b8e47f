import { type Box, KERNEL_REACH } from './contour-grid.ts';

export interface SumOptions {
  /** Standard deviation of the kernel, map units. */
  readonly bandwidth: number;
  /** Bounds of the points. */
  readonly box: Box;
  /** At how many points the density is wanted at most, evenly spaced in their order. */
  readonly samples: number;
}

/** Buckets along a side at most: beyond that most would be empty. */
const MAX_BUCKETS = 512;

/**
 * The Gaussian kernel density of `points` (n×2, all finite) at some of them, per square unit and 1 in all: summed over
 * the points near by, which a grid of buckets finds. For kernels so narrow that a grid over all points would need too
 * many nodes. O(n + samples × points within a few bandwidths).
 */
export function densitySums(points: Float32Array, { bandwidth, box, samples }: SumOptions): Float64Array {
  const n = points.length / 2;
  const buckets = bucketsOf(points, box, KERNEL_REACH * bandwidth);
  const { columns, rows, starts, order } = buckets;
  const sums = new Float64Array(Math.min(n, samples));
  const scale = -1 / (2 * bandwidth * bandwidth);
  const farthest = (KERNEL_REACH * bandwidth) ** 2;
  for (let s = 0; s < sums.length; s++) {
    const i = Math.floor((s * n) / sums.length);
    const x = points[2 * i];
    const y = points[2 * i + 1];
    const bucket = bucketAt(buckets, x, y);
    const column = bucket % columns;
    const row = (bucket - column) / columns;
    let sum = 0;
    for (let near = Math.max(row - 1, 0); near <= Math.min(row + 1, rows - 1); near++) {
      const first = starts[near * columns + Math.max(column - 1, 0)];
      const end = starts[near * columns + Math.min(column + 1, columns - 1) + 1];
      for (let at = first; at < end; at++) {
        const dx = points[2 * order[at]] - x;
        const dy = points[2 * order[at] + 1] - y;
        const square = dx * dx + dy * dy;
        if (square <= farthest) sum += Math.exp(square * scale);
      }
    }
    sums[s] = sum / (n * 2 * Math.PI * bandwidth * bandwidth);
  }
  return sums;
}

interface Buckets {
  readonly minX: number;
  readonly minY: number;
  readonly size: number;
  readonly columns: number;
  readonly rows: number;
  /** Where each bucket begins in `order`; one more at the end. */
  readonly starts: Uint32Array;
  /** The points, bucket by bucket. */
  readonly order: Uint32Array;
}

function bucketsOf(points: Float32Array, box: Box, reach: number): Buckets {
  const n = points.length / 2;
  const size = Math.max(reach, (box.maxX - box.minX) / MAX_BUCKETS, (box.maxY - box.minY) / MAX_BUCKETS);
  const columns = Math.floor((box.maxX - box.minX) / size) + 1;
  const rows = Math.floor((box.maxY - box.minY) / size) + 1;
  const starts = new Uint32Array(columns * rows + 1);
  const order = new Uint32Array(n);
  const buckets = { minX: box.minX, minY: box.minY, size, columns, rows, starts, order };
  for (let i = 0; i < n; i++) starts[bucketAt(buckets, points[2 * i], points[2 * i + 1])]++;
  // Ends first; filling from the back then turns them into starts.
  for (let b = 1; b < starts.length; b++) starts[b] += starts[b - 1];
  for (let i = n - 1; i >= 0; i--) order[--starts[bucketAt(buckets, points[2 * i], points[2 * i + 1])]] = i;
  return buckets;
}

function bucketAt(
  { minX, minY, size, columns, rows }: Omit<Buckets, 'starts' | 'order'>,
  x: number,
  y: number,
): number {
  const column = Math.min(Math.floor((x - minX) / size), columns - 1);
  const row = Math.min(Math.floor((y - minY) / size), rows - 1);
  return row * columns + column;
}
