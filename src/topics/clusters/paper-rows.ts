import type { Matrix, QuantizedMatrix } from '../../model/matrix.ts';

/** The rows by which papers are compared: their vectors, each of length 1, or their places. */
export interface PaperRows {
  readonly n: number;
  readonly cols: number;
  /** Adds the row of a paper to `sums`, from index `at` on. */
  add(paper: number, sums: Float64Array, at: number): void;
  /** Squared distance of a paper's row to the row in `means` that begins at index `at`. */
  square(paper: number, means: Float64Array, at: number): number;
}

/** The vectors, normalised to length 1 without a copy; a row of zeros stays one. O(n·d) to set up. */
export function vectorRows({ data, rows, cols }: QuantizedMatrix): PaperRows {
  // The scale of a row does not change its direction.
  const factors = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let square = 0;
    for (let at = i * cols; at < (i + 1) * cols; at++) square += data[at] * data[at];
    factors[i] = square > 0 ? 1 / Math.sqrt(square) : 0;
  }
  return {
    n: rows,
    cols,
    add(paper, sums, at) {
      const factor = factors[paper];
      const from = paper * cols;
      for (let j = 0; j < cols; j++) sums[at + j] += factor * data[from + j];
    },
    square(paper, means, at) {
      const factor = factors[paper];
      const from = paper * cols;
      const whole = cols - (cols % 4);
      // Four sums, so that additions do not wait for each other.
      let one = 0;
      let two = 0;
      let three = 0;
      let four = 0;
      for (let j = 0; j < whole; j += 4) {
        const a = factor * data[from + j] - means[at + j];
        const b = factor * data[from + j + 1] - means[at + j + 1];
        const c = factor * data[from + j + 2] - means[at + j + 2];
        const d = factor * data[from + j + 3] - means[at + j + 3];
        one += a * a;
        two += b * b;
        three += c * c;
        four += d * d;
      }
      for (let j = whole; j < cols; j++) {
        const off = factor * data[from + j] - means[at + j];
        one += off * off;
      }
      return one + two + (three + four);
    },
  };
}

/** The places, on the map or in a space. */
export function placeRows({ data, rows, cols }: Matrix): PaperRows {
  return {
    n: rows,
    cols,
    add(paper, sums, at) {
      for (let j = 0; j < cols; j++) sums[at + j] += data[paper * cols + j];
    },
    square(paper, means, at) {
      let sum = 0;
      for (let j = 0; j < cols; j++) {
        const off = data[paper * cols + j] - means[at + j];
        sum += off * off;
      }
      return sum;
    },
  };
}

/** Mean row (groups×cols) and number of papers of each group; papers of group −1 do not count. O(n·cols). */
export function groupMeans(
  rows: PaperRows,
  groupOf: Int32Array,
  groups: number,
): { means: Float64Array; sizes: Float64Array } {
  const means = new Float64Array(groups * rows.cols);
  const sizes = new Float64Array(groups);
  for (let i = 0; i < rows.n; i++) {
    if (groupOf[i] < 0) continue;
    sizes[groupOf[i]]++;
    rows.add(i, means, groupOf[i] * rows.cols);
  }
  for (let at = 0; at < means.length; at++) means[at] /= Math.max(1, sizes[Math.floor(at / rows.cols)]);
  return { means, sizes };
}
