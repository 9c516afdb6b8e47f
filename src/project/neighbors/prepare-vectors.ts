import { principalComponents } from '../../math/principal-components.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';

/** What is done to the vectors before a layout; see `ProjectOptions`. */
export interface VectorOptions {
  /** Keeps that many principal components; null: all columns. */
  readonly components: number | null;
  /** Brings the components to equal variance. */
  readonly whiten: boolean;
}

/** Fitted on at most so many rows. */
const SAMPLE = 2000;
const ROUNDS = 40;
/** Share of the first component's variance below which one is not blown up. */
const LEAST_VARIANCE = 1e-6;

/**
 * The vectors, each of length 1, on their principal components; `m` itself when `components` is null. Rows that are not
 * finite stay so. O(n·d·components).
 */
export function prepareVectors(m: Matrix, { components, whiten }: VectorOptions, seed: number): Matrix {
  if (components === null) return m;
  const rows = soundRows(m);
  const sample = rows.length <= SAMPLE ? rows : everyNth(rows, SAMPLE);
  const unit = unitLengths(m);
  const count = Math.max(1, Math.min(components, m.cols, Math.max(1, rows.length - 1)));
  const { mean, axes, variances } = principalComponents(unit, { count, seed, rows: sample, rounds: ROUNDS });
  const scales = Array.from(variances, (variance) =>
    whiten && variance > LEAST_VARIANCE * variances[0] ? 1 / Math.sqrt(variance) : 1,
  );
  const out = new Float32Array(m.rows * count);
  const row = new Float64Array(m.cols);
  for (let i = 0; i < m.rows; i++) {
    for (let j = 0; j < m.cols; j++) row[j] = unit.data[i * m.cols + j] - mean[j];
    for (let c = 0; c < count; c++) {
      let along = 0;
      for (let j = 0; j < m.cols; j++) along += row[j] * axes[c * m.cols + j];
      out[i * count + c] = along * scales[c];
    }
  }
  return matrix(out, m.rows, count);
}

/** Rows of length 1; those that have none are left as they are. */
function unitLengths({ data, rows, cols }: Matrix): Matrix {
  const out = new Float32Array(data.length);
  for (let i = 0; i < rows; i++) {
    let square = 0;
    for (let j = i * cols; j < (i + 1) * cols; j++) square += data[j] * data[j];
    const length = square > 0 ? Math.sqrt(square) : 1;
    for (let j = i * cols; j < (i + 1) * cols; j++) out[j] = data[j] / length;
  }
  return matrix(out, rows, cols);
}

function soundRows({ data, rows, cols }: Matrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => i).filter((i) => {
    for (let j = i * cols; j < (i + 1) * cols; j++) if (!Number.isFinite(data[j])) return false;
    return true;
  });
}

function everyNth(rows: Int32Array, most: number): Int32Array {
  return Int32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]);
}
