import { SHAPE } from './ground.ts';
import type { Island, Islands } from './islands.ts';

/** Factor by which the area grows until all islands fit. */
const GROWTH = 1.05;

/** A rectangle of cells, of which some are taken. */
interface Board {
  readonly columns: number;
  readonly rows: number;
  readonly taken: Uint8Array;
}

/** Where an island's lower left corner goes. */
type Spot = readonly [column: number, row: number];

/**
 * Moves the islands of a map together, each as a whole, until they fill a rectangle in the shape of the canvas: n×2 in
 * the unit of `places`. After the polyomino packing of Freivalds, Dogrusoz and Kikusts (2001, “Disconnected Graph
 * Layout and the Polyomino Packing Approach”): the largest island first, each at the free spot nearest to where it is
 * wanted, with an empty cell between any two. Wanted is the spot in proportion to that on the map, so that islands keep
 * their order along both axes as far as there is room; the rectangle is the smallest that holds all, in steps of 5 %.
 */
export function packIslands(places: Float64Array, found: Islands): Float64Array {
  const { islands, islandOf, side } = found;
  const order = Array.from(islands.keys()).sort((a, b) => islands[b].shore.length - islands[a].shore.length || a - b);
  const area = islands.reduce((sum, { shore }) => sum + shore.length / 2, 0);
  const widest = islands.reduce((most, { columns }) => Math.max(most, columns), 0);
  const highest = islands.reduce((most, { rows }) => Math.max(most, rows), 0);
  let spots: Spot[] | null = null;
  for (let size = area; !spots; size *= GROWTH) {
    const columns = Math.max(widest, Math.ceil(Math.sqrt(size * SHAPE)));
    const rows = Math.max(highest, Math.ceil(Math.sqrt(size / SHAPE)));
    spots = placeAll({ columns, rows, taken: new Uint8Array(columns * rows) }, found, order);
  }
  const out = new Float64Array(places.length);
  for (let i = 0; i < islandOf.length; i++) {
    const { column, row } = islands[islandOf[i]];
    const [toColumn, toRow] = spots[islandOf[i]];
    out[2 * i] = places[2 * i] + (toColumn - column) * side;
    out[2 * i + 1] = places[2 * i + 1] + (toRow - row) * side;
  }
  return out;
}

/** A spot for each island, placed in `order`; null when one finds no room. */
function placeAll(board: Board, { islands, columns, rows }: Islands, order: readonly number[]): Spot[] | null {
  const spots = new Array<Spot>(islands.length);
  for (const which of order) {
    const island = islands[which];
    const wanted: Spot = [
      shiftOf(island.column, columns - island.columns, board.columns - island.columns),
      shiftOf(island.row, rows - island.rows, board.rows - island.rows),
    ];
    const spot = nearestFree(board, island, wanted);
    if (!spot) return null;
    const { cells } = island;
    for (let at = 0; at < cells.length; at += 2) {
      board.taken[(spot[1] + cells[at + 1]) * board.columns + spot[0] + cells[at]] = 1;
    }
    spots[which] = spot;
  }
  return spots;
}

/** The place of `at` in 0…`from`, in proportion in 0…`to`. */
function shiftOf(at: number, from: number, to: number): number {
  return Math.round(from > 0 ? (at / from) * to : to / 2);
}

/** The free spot nearest to `wanted`, searched in squares around it; of equal ones the lowest, then the leftmost. */
function nearestFree(board: Board, island: Island, [column, row]: Spot): Spot | null {
  let best: Spot | null = null;
  let square = Infinity;
  const most = Math.max(board.columns, board.rows);
  for (let ring = 0; ring <= most && ring * ring < square; ring++) {
    for (let dy = -ring; dy <= ring; dy++) {
      const step = Math.abs(dy) === ring ? 1 : 2 * ring;
      for (let dx = -ring; dx <= ring; dx += step) {
        const distance = dx * dx + dy * dy;
        if (distance >= square || !isFree(board, island, column + dx, row + dy)) continue;
        square = distance;
        best = [column + dx, row + dy];
      }
    }
  }
  return best;
}

function isFree({ columns, rows, taken }: Board, island: Island, column: number, row: number): boolean {
  if (column < 0 || row < 0 || column + island.columns > columns || row + island.rows > rows) return false;
  const { shore } = island;
  for (let at = 0; at < shore.length; at += 2) {
    const [x, y] = [column + shore[at], row + shore[at + 1]];
    if (x >= 0 && y >= 0 && x < columns && y < rows && taken[y * columns + x]) return false;
  }
  return true;
}
