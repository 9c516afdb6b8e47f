import { frameOf } from './ground.ts';

/** A piece of a map that is moved as a whole, in cells of a grid. */
export interface Island {
  /** Its cells, counted from its lower left corner: column, row, column, row, … */
  readonly cells: Int32Array;
  /** Those cells and the ones around them, which keep other islands at a distance; from the same corner. */
  readonly shore: Int32Array;
  /** Its lower left corner on the grid. */
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

/** The islands of a map on a grid of square cells. */
export interface Islands {
  /** Length of a cell's side, in the unit of the places. */
  readonly side: number;
  readonly columns: number;
  readonly rows: number;
  readonly islands: readonly Island[];
  /** The island of each paper. */
  readonly islandOf: Int32Array;
}

/**
 * The pieces into which a map falls on a grid of so many cells along its longer side: cells with papers that touch, at
 * least at a corner, belong together. A piece of fewer than `fewest` papers goes with the larger piece nearest to it.
 * Null when fewer than two are larger. Places: n×2, finite. O(n + cells²).
 */
export function findIslands(places: Float64Array, cells: number, fewest: number): Islands | null {
  const { minX, minY, width, height } = frameOf(places);
  const side = Math.max(width, height) / cells;
  if (!(side > 0)) return null;
  const [columns, rows] = [Math.floor(width / side) + 1, Math.floor(height / side) + 1];
  const papers = new Int32Array(columns * rows);
  const cellOf = Int32Array.from({ length: places.length / 2 }, (_, i) => {
    const column = Math.floor((places[2 * i] - minX) / side);
    return Math.floor((places[2 * i + 1] - minY) / side) * columns + column;
  });
  for (const cell of cellOf) papers[cell]++;
  const pieces = touchingCells(papers, columns);
  const isLarge = pieces.map((piece) => piece.reduce((sum, cell) => sum + papers[cell], 0) >= fewest);
  const large = pieces.filter((_, p) => isLarge[p]);
  if (large.length < 2) return null;
  const owners = nearestOf(large, columns, rows);
  const members = large.map((piece) => [...piece]);
  const islandAt = owners.slice();
  pieces.forEach((piece, p) => {
    if (isLarge[p]) return;
    const owner = owners[piece[0]];
    for (const cell of piece) {
      islandAt[cell] = owner;
      members[owner].push(cell);
    }
  });
  const islands = members.map((own) => shapeOf(own, columns));
  return { side, columns, rows, islands, islandOf: cellOf.map((cell) => islandAt[cell]) };
}

/** The cells that hold papers, in pieces that touch at least at corners; each piece by its first cell. */
function touchingCells(papers: Int32Array, columns: number): number[][] {
  const seen = new Uint8Array(papers.length);
  const pieces: number[][] = [];
  for (let first = 0; first < papers.length; first++) {
    if (papers[first] === 0 || seen[first]) continue;
    const piece = [first];
    seen[first] = 1;
    for (const cell of piece) {
      const column = cell % columns;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const other = cell + dy * columns + dx;
          if (column + dx < 0 || column + dx >= columns || !(papers[other] > 0) || seen[other]) continue;
          seen[other] = 1;
          piece.push(other);
        }
      }
    }
    pieces.push(piece);
  }
  return pieces;
}

/** For each cell the piece from which the fewest steps along the grid lead to it; of equal ones the first. */
function nearestOf(pieces: readonly (readonly number[])[], columns: number, rows: number): Int32Array {
  const owners = new Int32Array(columns * rows).fill(-1);
  const queue = new Int32Array(columns * rows);
  let end = 0;
  const reach = (cell: number, owner: number): void => {
    if (owners[cell] >= 0) return;
    owners[cell] = owner;
    queue[end++] = cell;
  };
  pieces.forEach((piece, p) => {
    for (const cell of piece) reach(cell, p);
  });
  for (let at = 0; at < end; at++) {
    const cell = queue[at];
    const column = cell % columns;
    if (column > 0) reach(cell - 1, owners[cell]);
    if (column < columns - 1) reach(cell + 1, owners[cell]);
    if (cell >= columns) reach(cell - columns, owners[cell]);
    if (cell < columns * (rows - 1)) reach(cell + columns, owners[cell]);
  }
  return owners;
}

function shapeOf(own: readonly number[], gridColumns: number): Island {
  let [left, low, right, high] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const cell of own) {
    const x = cell % gridColumns;
    const y = (cell - x) / gridColumns;
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [low, high] = [Math.min(low, y), Math.max(high, y)];
  }
  const width = right - left + 3;
  const cells = new Int32Array(own.length * 2);
  const shore = new Set<number>();
  own.forEach((cell, k) => {
    const x = cell % gridColumns;
    cells[2 * k] = x - left;
    cells[2 * k + 1] = (cell - x) / gridColumns - low;
    for (let dy = 0; dy < 3; dy++) {
      for (let dx = 0; dx < 3; dx++) shore.add((cells[2 * k + 1] + dy) * width + cells[2 * k] + dx);
    }
  });
  const around = Int32Array.from([...shore].flatMap((at) => [(at % width) - 1, Math.floor(at / width) - 1]));
  return { cells, shore: around, column: left, row: low, columns: right - left + 1, rows: high - low + 1 };
}
