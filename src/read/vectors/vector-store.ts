import type { Cell } from '../format.ts';
import { MAX_VECTOR_NUMBERS } from '../limits.ts';
import { makeVectorColumn, numbersOf, originOf, type StoredVectors, type VectorColumn } from './vector-column.ts';
import { MIN_DIMENSIONS } from './vector-text.ts';

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

/** Cells of a column that are held back before it is decided whether it holds vectors. */
const SAMPLED_CELLS = 200;
/** Share of the sampled cells that must be lists of the same length. */
const MIN_SHARE = 0.75;
/** @param release receives the cells of columns that hold no vectors, as they were */
export function makeVectorStore(release: (name: string, paper: number, cell: Cell) => void): VectorStore {
  const columns = new Map<string, Column>();
  const room = { numbers: MAX_VECTOR_NUMBERS };

  function settle(name: string, held: Held): Column {
    const dimensions = dimensionsOf(held.cells);
    const column: Column =
      dimensions === null
        ? 'values'
        : makeVectorColumn(
            originOf(
              held.cells.map(([, cell]) => cell),
              dimensions,
            ),
            room,
          );
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

type Column = 'values' | Held | VectorColumn;

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
