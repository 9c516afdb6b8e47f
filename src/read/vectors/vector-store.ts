import type { Cell } from '../format.ts';
import { MAX_NOTES, MAX_VECTOR_NUMBERS } from '../limits.ts';
import { MIN_DIMENSIONS, parseVector } from './vector-text.ts';

/**
 * Columns of vectors while papers are read. A reader gives a vector as a typed array (or as text) in the further columns
 * of a record, under the name of its column; nothing else is needed for it to become vectors that the papers bring.
 */
export interface VectorStore {
  /**
   * Takes one cell of a further column, which may be a view: it is copied. Returns false when the column is known to
   * hold no vectors, so that the caller keeps the cell. The first cells of each column are held back until that is
   * known, and then kept here, or given to `release` in their order.
   */
  take(name: string, paper: number, cell: Cell): boolean;
  /** Decides about all columns and empties the store. `papers`: their number. */
  finish(papers: number): StoredVectors[];
}

/** One column of vectors, still in pieces. */
export interface StoredVectors {
  readonly column: string;
  readonly dimensions: number;
  /** Papers without a usable vector, ascending. */
  readonly without: readonly number[];
  /** Why the first of them have none; a paper of -1 is the whole column. */
  readonly reasons: readonly { readonly paper: number; readonly reason: string }[];
  /**
   * Rows of unit length, row-major, papers in order; pieces that hold no vector are left out. Frees each piece once it
   * is taken, so it runs only once.
   */
  takeRows(): Generator<VectorRows>;
}

/** Vectors of successive papers. */
export interface VectorRows {
  /** The first paper. */
  readonly from: number;
  /** Rows × dimensions, row-major. Owns its buffer. */
  readonly rows: Float32Array<ArrayBuffer>;
}

/** Cells of a column that are held back before it is decided whether it holds vectors. */
const SAMPLED_CELLS = 200;
/** Share of the sampled cells that must be lists of the same length. */
const MIN_SHARE = 0.75;
/** Numbers in one piece: 1 MB. */
const PIECE_NUMBERS = 262_144;

/** @param release receives the cells of columns that hold no vectors, as they were */
export function makeVectorStore(release: (name: string, paper: number, cell: Cell) => void): VectorStore {
  const columns = new Map<string, Column>();
  const room = { numbers: MAX_VECTOR_NUMBERS };

  function settle(name: string, held: Held): Column {
    const dimensions = dimensionsOf(held.cells);
    const column: Column = dimensions === null ? 'values' : makeRows(originOf(held.cells, dimensions), room);
    columns.set(name, column);
    for (const [paper, cell] of held.cells) {
      if (column === 'values') release(name, paper, cell);
      else column.put(paper, cell);
    }
    return column;
  }

  return {
    take(name, paper, cell) {
      const column = columns.get(name);
      if (column === 'values' || cell === null || cell === '') return false;
      if (column && 'put' in column) {
        column.put(paper, cell);
        return true;
      }
      const held = column ?? { cells: [], others: 0 };
      if (!column) columns.set(name, held);
      held.cells.push([paper, cell]);
      if (vectorLength(cell) === null) held.others++;
      const isDecided = held.cells.length >= SAMPLED_CELLS || held.others > (1 - MIN_SHARE) * SAMPLED_CELLS;
      if (isDecided) settle(name, held);
      return true;
    },
    finish(papers) {
      const stored: StoredVectors[] = [];
      for (const [name, column] of [...columns]) {
        const settled = column !== 'values' && 'cells' in column ? settle(name, column) : column;
        if (settled !== 'values' && 'put' in settled) stored.push(settled.finish(name, papers));
      }
      columns.clear();
      return stored;
    },
  };
}

/** A column that is not decided yet. */
interface Held {
  readonly cells: (readonly [paper: number, cell: Cell])[];
  /** How many of them are no vector. */
  others: number;
}

interface Rows {
  put(paper: number, cell: Cell): void;
  finish(column: string, papers: number): StoredVectors;
}

type Column = 'values' | Held | Rows;

interface Piece {
  readonly rows: Float32Array<ArrayBuffer>;
  readonly filled: Uint8Array;
}

/** From where a column's vectors are seen. */
interface Origin {
  readonly centre: Float64Array;
  readonly isMoved: boolean;
}

/** Spread of vectors around their mean, in its length, below which float32 keeps less than half of what tells them apart. */
const MIN_SPREAD = 1e-4;

/** What the rounding of doubles adds to a mean, in its length. */
const ROUNDING = 64 * Number.EPSILON;

/** The mean of the first vectors where these are all but the same as seen from zero; zero otherwise. */
function originOf(cells: Held['cells'], dimensions: number): Origin {
  const vectors = cells.map(([, cell]) => numbersOf(cell)).filter((numbers) => numbers?.length === dimensions);
  const usable = vectors.filter((numbers) => numbers !== null && Number.isFinite(normOf(numbers)));
  const centre = new Float64Array(dimensions);
  for (const numbers of usable) for (let j = 0; j < dimensions; j++) centre[j] += (numbers?.[j] ?? 0) / usable.length;
  const distances = usable.map((numbers) => normOf(centre.map((mean, j) => (numbers?.[j] ?? 0) - mean)));
  const spread = Math.max(0, ...distances);
  const size = normOf(centre);
  // Of vectors that are the same, only what rounding adds would be left.
  const isMoved = spread > ROUNDING * size && spread < MIN_SPREAD * size;
  return { centre: isMoved ? centre : new Float64Array(dimensions), isMoved };
}

/** @param room the numbers that may still be stored in all columns */
function makeRows({ centre, isMoved }: Origin, room: { numbers: number }): Rows {
  const dimensions = centre.length;
  const perPiece = Math.max(1, Math.floor(PIECE_NUMBERS / dimensions));
  const pieces: (Piece | undefined)[] = [];
  const faults = new Map<number, string>();
  let isFull = false;

  function pieceOf(paper: number): Piece | null {
    const at = Math.floor(paper / perPiece);
    const known = pieces[at];
    if (known) return known;
    const size = perPiece * dimensions;
    if (size > room.numbers) {
      isFull = true;
      return null;
    }
    room.numbers -= size;
    const made = { rows: new Float32Array(size), filled: new Uint8Array(perPiece) };
    pieces[at] = made;
    return made;
  }

  return {
    put(paper, cell) {
      const piece = pieceOf(paper);
      const row = paper % perPiece;
      if (!piece || piece.filled[row] === 1) return;
      const fault = fillRow(
        cell,
        piece.rows.subarray(row * dimensions, (row + 1) * dimensions),
        isMoved ? centre : null,
      );
      if (fault === null) piece.filled[row] = 1;
      else if (faults.size < MAX_NOTES) faults.set(paper, fault);
    },
    finish(column, papers) {
      const without: number[] = [];
      for (let paper = 0; paper < papers; paper++) {
        if (pieces[Math.floor(paper / perPiece)]?.filled[paper % perPiece] !== 1) without.push(paper);
      }
      const reasons = without
        .slice(0, MAX_NOTES)
        .map((paper) => ({ paper, reason: `column “${column}”: ${faults.get(paper) ?? 'no vector'}` }));
      if (without.length > reasons.length) {
        const more = without.length - reasons.length;
        reasons.push({ paper: -1, reason: `column “${column}”: ${more} more papers have no vector` });
      }
      if (isMoved) {
        const reason = `column “${column}”: the vectors are all but the same, so they are seen from their mean`;
        reasons.unshift({ paper: -1, reason });
      }
      if (isFull) {
        const reason = `column “${column}”: only the first ${MAX_VECTOR_NUMBERS / 1e6} million numbers of all vectors are held`;
        reasons.unshift({ paper: -1, reason });
      }
      return {
        column,
        dimensions,
        without,
        reasons,
        takeRows: () => takePieces(pieces, { perPiece, dimensions, papers }),
      };
    },
  };
}

function* takePieces(
  pieces: (Piece | undefined)[],
  { perPiece, dimensions, papers }: { perPiece: number; dimensions: number; papers: number },
): Generator<VectorRows> {
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at];
    pieces[at] = undefined;
    if (!piece) continue;
    const from = at * perPiece;
    const rows = Math.min(perPiece, papers - from);
    yield { from, rows: rows === perPiece ? piece.rows : piece.rows.slice(0, rows * dimensions) };
  }
}

/** The length of nearly all cells as vectors; null when there is no such length. */
function dimensionsOf(cells: Held['cells']): number | null {
  const counts = new Map<number, number>();
  for (const [, cell] of cells) {
    const length = vectorLength(cell);
    if (length !== null) counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  for (const [length, count] of counts)
    if (length >= MIN_DIMENSIONS && count >= MIN_SHARE * cells.length) return length;
  return null;
}

function vectorLength(cell: Cell): number | null {
  return numbersOf(cell)?.length ?? null;
}

function numbersOf(cell: Cell): Float32Array | Float64Array | null {
  if (cell instanceof Float32Array || cell instanceof Float64Array) return cell;
  return typeof cell === 'string' ? parseVector(cell) : null;
}

/**
 * Writes the vector at unit length, computed in doubles, and returns null; or leaves the row at zeros and returns why it
 * cannot be used.
 */
function fillRow(cell: Cell, row: Float32Array, centre: Float64Array | null): string | null {
  const given = numbersOf(cell);
  if (!given) return 'no list of numbers';
  if (given.length !== row.length) return `${given.length} numbers, not ${row.length}`;
  const numbers = centre ? centre.map((mean, j) => given[j] - mean) : given;
  const norm = normOf(numbers);
  if (!Number.isFinite(norm)) return 'not all of its values are finite numbers';
  if (norm === 0) return 'a vector without a direction';
  for (let j = 0; j < row.length; j++) row[j] = numbers[j] / norm;
  return null;
}

/** The Euclidean length, by the largest number, so that no square overflows or vanishes. NaN when one is no number. */
function normOf(numbers: Float32Array | Float64Array): number {
  let largest = 0;
  for (const value of numbers) {
    const size = Math.abs(value);
    if (!(size <= largest)) largest = size;
  }
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return largest;
  let sum = 0;
  for (const value of numbers) sum += (value / largest) ** 2;
  return largest * Math.sqrt(sum);
}
