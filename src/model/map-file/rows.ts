import type { Neighbors } from '../map-data.ts';
import { matrix, type QuantizedMatrix, quantizeRows } from '../matrix.ts';
import type { Paper, Source } from '../paper.ts';
import { joinSentences, type SentenceVectors } from '../sentence-vectors.ts';
import { SENTENCES_COLUMN, toColumnValue } from './columns.ts';

/** The values of one column as the Parquet reader returns them. */
export type Cells = ArrayLike<unknown>;

/** The columns that make a paper; a missing one is null. */
export interface PaperCells {
  readonly id: Cells | null;
  readonly title: Cells | null;
  readonly text: Cells | null;
  readonly authors: Cells | null;
  readonly date: Cells | null;
  readonly url: Cells | null;
}

/** Papers of `n` rows. A missing or repeated id is made unique by the row's number, counted from 1. */
export function papersOf(cells: PaperCells, sources: readonly (readonly Source[])[], n: number): Paper[] {
  const seen = new Set<string>();
  return Array.from({ length: n }, (_, i) => {
    const given = textAt(cells.id, i);
    let id = given ?? String(i + 1);
    for (let suffix = i + 1; seen.has(id); suffix++) id = `${given ?? 'row'} (${suffix})`;
    seen.add(id);
    const url = textAt(cells.url, i);
    return {
      id,
      title: textAt(cells.title, i) ?? '',
      text: textAt(cells.text, i) ?? '',
      authors: textAt(cells.authors, i),
      date: textAt(cells.date, i)?.replace(/T00:00:00\.000Z$/, '') ?? null,
      // A file may come from anybody: links on the page must not have any other scheme.
      url: url !== null && /^https?:\/\//i.test(url) ? url : null,
      sources: sources[i],
    };
  });
}

/** The sources of each row. Throws a RangeError when a row's two lists differ in length. */
export function sourcesOf(files: Cells, lines: Cells): Source[][] {
  return Array.from(files, (_, i) => {
    const names = listAt('sources', files, i);
    const numbers = numbersAt('source_lines', lines, i);
    expectEqual(`source_lines of row ${i}`, numbers.length, names.length);
    return Array.from(names, (file, s) => ({ file: String(file), line: numbers[s] }));
  });
}

/** Positions n×2 from two columns, in full precision; values that are not numbers become NaN. */
export function positionsOf(x: Cells, y: Cells): Float64Array {
  const positions = new Float64Array(x.length * 2);
  for (let i = 0; i < x.length; i++) {
    positions[i * 2] = numberOf(x[i]);
    positions[i * 2 + 1] = numberOf(y[i]);
  }
  return positions;
}

/** Neighbours of n rows; null for none. Throws a RangeError when rows differ in length or refer to no other row. */
export function neighborsOf(rows: Cells, distances: Cells): Neighbors | null {
  const n = rows.length;
  const k = n === 0 ? 0 : listAt('neighbors', rows, 0).length;
  if (k === 0) return null;
  const out: Neighbors = { k, indices: new Int32Array(n * k), distances: new Float32Array(n * k) };
  for (let i = 0; i < n; i++) {
    const others = numbersAt('neighbors', rows, i);
    const far = numbersAt('neighbor_distances', distances, i);
    expectEqual(`neighbors of row ${i}`, others.length, k);
    expectEqual(`neighbor_distances of row ${i}`, far.length, k);
    for (const other of others) {
      if (!Number.isInteger(other) || other < 0 || other >= n || other === i) {
        throw new RangeError(`neighbors of row ${i}: expected another row of 0…${n - 1}, got ${other}`);
      }
    }
    out.indices.set(others, i * k);
    out.distances.set(far, i * k);
  }
  return out;
}

/**
 * Vectors of n rows: int8 bytes of a fixed size with a scale for each row, or lists of floats (as other programs write
 * them), which are quantized. Null for none. Throws a RangeError when rows differ in length or a number is not finite.
 */
export function embeddingOf(rows: Cells, scales: Cells | null): QuantizedMatrix | null {
  const n = rows.length;
  const cols = n === 0 ? 0 : listAt('embedding', rows, 0).length;
  if (cols === 0) return null;
  if (!scales) {
    const floats = new Float32Array(n * cols);
    for (let i = 0; i < n; i++) {
      const row = numbersAt('embedding', rows, i);
      expectEqual(`embedding of row ${i}`, row.length, cols);
      floats.set(row, i * cols);
    }
    return quantizeRows(matrix(floats, n, cols));
  }
  const data = new Int8Array(n * cols);
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    if (!(row instanceof Uint8Array)) throw new RangeError(`embedding of row ${i}: expected bytes, got ${typeof row}`);
    expectEqual(`embedding of row ${i}`, row.length, cols);
    data.set(new Int8Array(row.buffer, row.byteOffset, cols), i * cols);
  }
  return { data, scales: Float32Array.from(scales, (scale) => finite('embedding_scale', scale)), rows: n, cols };
}

/** Packed sentences of n rows. Throws a RangeError when a row is not bytes of whole vectors of `cols` numbers. */
export function sentencesOf(rows: Cells, cols: number): SentenceVectors {
  const parts = Array.from(rows, (part, i) => {
    if (part instanceof Uint8Array) return part;
    throw new RangeError(
      `${SENTENCES_COLUMN} of row ${i}: expected bytes, got ${part === null ? 'null' : typeof part}`,
    );
  });
  if (cols === 0) throw new RangeError(`${SENTENCES_COLUMN}: expected vectors of the papers too`);
  return joinSentences(parts, cols);
}

/** Shares of n rows, NaN for none. Throws a RangeError when one is not a number in 0…1. */
export function preservationOf(shares: Cells): Float32Array {
  return Float32Array.from(shares, (share) => {
    if (typeof share === 'number' && (Number.isNaN(share) || (share >= 0 && share <= 1))) return share;
    throw new RangeError(`preservation: expected a share of 0…1, got ${String(share)}`);
  });
}

/** Ranges of n texts. Throws a RangeError when one is not a range of its text. */
export function summariesOf(rows: Cells, papers: readonly Paper[]): number[][] {
  return papers.map(({ text }, i) => {
    const ranges = numbersAt('summary', rows, i);
    if (ranges.length % 2 !== 0)
      throw new RangeError(`summary of row ${i}: expected pairs, got ${ranges.length} numbers`);
    for (let r = 0; r < ranges.length; r += 2) {
      const [start, end] = [ranges[r], ranges[r + 1]];
      if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= text.length)) {
        throw new RangeError(`summary of row ${i}: expected a range of 0…${text.length}, got ${start}…${end}`);
      }
    }
    return ranges;
  });
}

function textAt(cells: Cells | null, i: number): string | null {
  const value = cells ? toColumnValue(cells[i]) : null;
  return value === null ? null : String(value);
}

/** The list of finite numbers in row i. Throws a RangeError when there is none. */
export function numbersAt(what: string, cells: Cells, i: number): number[] {
  return Array.from(listAt(what, cells, i), (value) => finite(`${what} of row ${i}`, value));
}

function listAt(what: string, cells: Cells, i: number): ArrayLike<unknown> {
  const value = cells[i];
  if (Array.isArray(value) || value instanceof Uint8Array) return value;
  throw new RangeError(`${what} of row ${i}: expected a list, got ${value === null ? 'null' : typeof value}`);
}

/** The finite number in row i. Throws a RangeError when there is none. */
export function finiteAt(what: string, cells: Cells, i: number): number {
  return finite(`${what} of row ${i}`, cells[i]);
}

function finite(what: string, value: unknown): number {
  const number = numberOf(value);
  if (!Number.isFinite(number)) throw new RangeError(`${what}: expected a finite number, got ${String(value)}`);
  return number;
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : Number.NaN;
}

function expectEqual(what: string, got: number, expected: number): void {
  if (got !== expected) throw new RangeError(`${what}: expected ${expected} values, got ${got}`);
}
