import type { Cell } from '../format.ts';
import { MAX_NOTES, MAX_VECTOR_NUMBERS } from '../limits.ts';
import { parseVector } from './vector-text.ts';

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

/** Numbers in one piece: 1 MB. */
const PIECE_NUMBERS = 262_144;

/** A column of vectors of one length while papers are read. */
export interface VectorColumn {
  put(paper: number, cell: Cell): void;
  finish(column: string, papers: number): StoredVectors;
}

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
export function originOf(cells: readonly Cell[], dimensions: number): Origin {
  const vectors = cells.map(numbersOf).filter((numbers) => numbers?.length === dimensions);
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

/**
 * Makes an empty column.
 * @param room the numbers that may still be stored in all columns
 */
export function makeVectorColumn({ centre, isMoved }: Origin, room: { numbers: number }): VectorColumn {
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
      const reasons = reasonsOf({ column, without, faults, isMoved, isFull });
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

interface Findings {
  readonly column: string;
  readonly without: readonly number[];
  readonly faults: ReadonlyMap<number, string>;
  readonly isMoved: boolean;
  readonly isFull: boolean;
}

function reasonsOf({ column, without, faults, isMoved, isFull }: Findings): StoredVectors['reasons'] {
  const whole: string[] = [];
  if (isFull) whole.push(`only the first ${MAX_VECTOR_NUMBERS / 1e6} million numbers of all vectors are held`);
  if (isMoved) whole.push('the vectors are all but the same, so they are seen from their mean');
  const told = without.slice(0, MAX_NOTES);
  const more = without.length - told.length;
  return [
    ...whole.map((reason) => ({ paper: -1, reason })),
    ...told.map((paper) => ({ paper, reason: faults.get(paper) ?? 'no vector' })),
    ...(more > 0 ? [{ paper: -1, reason: `${more} more papers have no vector` }] : []),
  ].map(({ paper, reason }) => ({ paper, reason: `column “${column}”: ${reason}` }));
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

/** A cell as a vector; null when it is none. */
export function numbersOf(cell: Cell): Float32Array | Float64Array | null {
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
