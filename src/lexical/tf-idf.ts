import { logOf } from '../math/elementary.ts';
import { forEachWord } from './words.ts';

/** A sparse matrix: row i holds `values[e]` in column `columns[e]` for e in `starts[i]` … `starts[i + 1]`. */
export interface SparseRows {
  readonly rows: number;
  readonly cols: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** Takes texts one by one, so that a worker can answer messages between them. */
export interface WordCounter {
  readonly count: number;
  add(text: string): void;
  /** The weighted rows of all texts. The counter cannot be used afterwards. */
  rows(): SparseRows;
}

/** Words in fewer texts than this say nothing about what two texts share. */
const MIN_TEXTS = 2;

/**
 * Counts words. A text's row holds the count of each word times ln(n / texts that hold it), scaled to unit length
 * (Salton and Buckley 1988, tfc.nnn with the plain inverse frequency). A word of every text weighs nothing, so no
 * stop-word list is needed. Words of one text alone are left out; a text without other words has an empty row.
 * O(words). Columns are in the order of first use, which is the same on every machine.
 */
export function makeWordCounter(): WordCounter {
  const columnOf = new Map<string, number>();
  const frequency: number[] = [];
  const starts: number[] = [0];
  const columns: number[] = [];
  const counts: number[] = [];
  return {
    get count() {
      return starts.length - 1;
    },
    add(text) {
      const own = new Map<number, number>();
      forEachWord(text, (word) => {
        let column = columnOf.get(word);
        if (column === undefined) {
          column = columnOf.size;
          columnOf.set(word, column);
          frequency.push(0);
        }
        own.set(column, (own.get(column) ?? 0) + 1);
      });
      for (const [column, count] of own) {
        frequency[column]++;
        columns.push(column);
        counts.push(count);
      }
      starts.push(columns.length);
    },
    rows: () => weigh({ starts, columns, counts, frequency }),
  };
}

interface Counts {
  readonly starts: readonly number[];
  readonly columns: readonly number[];
  readonly counts: readonly number[];
  readonly frequency: readonly number[];
}

function weigh({ starts, columns, counts, frequency }: Counts): SparseRows {
  const n = starts.length - 1;
  const kept = new Int32Array(frequency.length).fill(-1);
  const weights: number[] = [];
  frequency.forEach((texts, column) => {
    if (texts < MIN_TEXTS || texts === n) return;
    kept[column] = weights.length;
    weights.push(logOf(n / texts));
  });
  const out = { starts: new Int32Array(n + 1), columns: [] as number[], values: [] as number[] };
  for (let i = 0; i < n; i++) {
    const from = out.values.length;
    let square = 0;
    for (let e = starts[i]; e < starts[i + 1]; e++) {
      const column = kept[columns[e]];
      if (column < 0) continue;
      const value = counts[e] * weights[column];
      out.columns.push(column);
      out.values.push(value);
      square += value * value;
    }
    const length = Math.sqrt(square);
    for (let e = from; e < out.values.length; e++) out.values[e] /= length;
    out.starts[i + 1] = out.values.length;
  }
  return {
    rows: n,
    cols: weights.length,
    starts: out.starts,
    columns: Int32Array.from(out.columns),
    values: Float64Array.from(out.values),
  };
}
