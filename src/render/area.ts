import { insertSlot, makeSlots } from '../math/top-k.ts';
import { type Bounds, boundsOf, type MapPoint } from './viewport.ts';

/** Counts for tests: the cost of a search within an area. */
export interface AreaTally {
  /** Edges of the ring that papers were tested against. */
  edges: number;
}

/** Cells along each side of the grid over a ring; a row of them is a band. */
const CELLS = 256;

/** What is known about a cell without looking at any edge. */
const OUTSIDE = 0;
const INSIDE = 1;
const CROSSED = 2;

/**
 * The papers within a closed ring, ascending. `positions`: n×2; papers that are not placed (NaN) are never within.
 * `ring`: corners, interleaved x, y, in the same units; the last corner is joined to the first. The even-odd rule
 * decides what is enclosed: an area that a self-crossing line encloses twice is outside. Only one side of an edge
 * counts as within, so that areas that share an edge share no paper. A grid decides at once about papers a cell or more
 * away from the line; the others are tested against the edges at their height. O(n + edges × bands they cross + cells).
 */
export function papersInRing(positions: Float32Array, ring: Float32Array, tally?: AreaTally): Int32Array {
  const n = Math.floor(positions.length / 2);
  const found = new Int32Array(n);
  const grid = makeGrid(ring);
  if (!grid) return found.slice(0, 0);
  const { minX, maxX, minY, maxY, perX, perY, starts, cells } = grid;
  let size = 0;
  let looked = 0;
  for (let i = 0; i < n; i++) {
    const x = positions[2 * i];
    const y = positions[2 * i + 1];
    if (!(x >= minX && x <= maxX && y >= minY && y <= maxY)) continue;
    const band = Math.min(Math.floor((y - minY) * perY), CELLS - 1);
    let state = cells[band * CELLS + Math.min(Math.floor((x - minX) * perX), CELLS - 1)];
    if (state === CROSSED) {
      state = isWithin(x, y, band, grid) ? INSIDE : OUTSIDE;
      looked += starts[band + 1] - starts[band];
    }
    if (state === INSIDE) found[size++] = i;
  }
  if (tally) tally.edges += looked;
  return found.slice(0, size);
}

/** The papers within a rectangle, its edges included, ascending. O(n). */
export function papersInBounds(positions: Float32Array, { minX, minY, maxX, maxY }: Bounds): Int32Array {
  const n = Math.floor(positions.length / 2);
  const found = new Int32Array(n);
  let size = 0;
  for (let i = 0; i < n; i++) {
    const x = positions[2 * i];
    const y = positions[2 * i + 1];
    if (x >= minX && x <= maxX && y >= minY && y <= maxY) found[size++] = i;
  }
  return found.slice(0, size);
}

/** Papers in a rectangle of the map. */
export interface PapersWithin {
  /** How many there are. */
  readonly total: number;
  /** The papers nearest to the centre, nearest first; of equally near ones the lower index comes first. */
  readonly nearest: Int32Array;
}

/**
 * The papers of `positions` (n×2 map units, NaN = not placed) within `bounds`, borders included. Lists at most `limit`
 * of them: those nearest to `center`. O(n).
 */
export function papersWithin(positions: Float32Array, bounds: Bounds, center: MapPoint, limit: number): PapersWithin {
  const inside = papersInBounds(positions, bounds);
  const slots = makeSlots(1, Math.min(limit, inside.length));
  for (const i of inside) {
    const square = (positions[2 * i] - center.x) ** 2 + (positions[2 * i + 1] - center.y) ** 2;
    insertSlot(slots, 0, i, Math.fround(square));
  }
  return { total: inside.length, nearest: slots.indices };
}

/** The placed paper nearest to a point and not in `except`, the lower index of equals; −1 = none. O(n). */
export function nearestPaper(positions: Float32Array, { x, y }: MapPoint, except: ReadonlySet<number>): number {
  let best = -1;
  let bestSquare = Number.POSITIVE_INFINITY;
  for (let i = 0; 2 * i < positions.length; i++) {
    const square = (positions[2 * i] - x) ** 2 + (positions[2 * i + 1] - y) ** 2;
    if (!(square < bestSquare) || except.has(i)) continue;
    best = i;
    bestSquare = square;
  }
  return best;
}

/** The ring around a rectangle, for {@link papersInRing}. */
export function ringOfBounds({ minX, minY, maxX, maxY }: Bounds): Float32Array {
  return Float32Array.of(minX, minY, maxX, minY, maxX, maxY, minX, maxY);
}

/** The edges of a ring by the bands that they cross, and for each cell whether it lies within the ring. */
interface Grid extends Bounds {
  readonly ring: Float32Array;
  /** Cells per map unit. */
  readonly perX: number;
  readonly perY: number;
  /** Band b has the edges `edges[starts[b] … starts[b + 1])`; an edge is given by the corner at which it begins. */
  readonly starts: Int32Array;
  readonly edges: Int32Array;
  readonly cells: Uint8Array;
}

function isWithin(x: number, y: number, band: number, { ring, starts, edges }: Grid): boolean {
  let isInside = false;
  for (let at = starts[band]; at < starts[band + 1]; at++) {
    const from = 2 * edges[at];
    const to = from + 2 < ring.length ? from + 2 : 0;
    const fromY = ring[from + 1];
    const toY = ring[to + 1];
    if (fromY > y === toY > y) continue;
    if (x < ring[from] + ((y - fromY) / (toY - fromY)) * (ring[to] - ring[from])) isInside = !isInside;
  }
  return isInside;
}

/** Returns null for a ring that encloses nothing. */
function makeGrid(ring: Float32Array): Grid | null {
  const corners = Math.floor(ring.length / 2);
  const { minX, minY, maxX, maxY } = boundsOf(ring);
  if (corners < 3 || !(maxX > minX && maxY > minY)) return null;
  const perX = CELLS / (maxX - minX);
  const perY = CELLS / (maxY - minY);
  const bandOf = (y: number) => Math.min(Math.floor((y - minY) * perY), CELLS - 1);
  const starts = new Int32Array(CELLS + 1);
  const eachBand = (visit: (band: number, edge: number) => void) => {
    for (let c = 0; c < corners; c++) {
      const from = ring[2 * c + 1];
      const to = ring[2 * ((c + 1) % corners) + 1];
      const last = bandOf(Math.max(from, to));
      for (let band = bandOf(Math.min(from, to)); band <= last; band++) visit(band, c);
    }
  };
  eachBand((band) => {
    starts[band + 1]++;
  });
  for (let band = 0; band < CELLS; band++) starts[band + 1] += starts[band];
  const edges = new Int32Array(starts[CELLS]);
  const filled = starts.slice();
  eachBand((band, edge) => {
    edges[filled[band]++] = edge;
  });
  const cells = new Uint8Array(CELLS * CELLS);
  const grid = { ring, minX, minY, maxX, maxY, perX, perY, starts, edges, cells };
  for (let band = 0; band < CELLS; band++) {
    markCrossed(grid, band);
    fillBetween(grid, band);
  }
  return grid;
}

/** Marks the cells of a band that an edge crosses, and their neighbours, so that rounding misplaces no paper. */
function markCrossed({ ring, minX, minY, perX, perY, starts, edges, cells }: Grid, band: number): void {
  for (let at = starts[band]; at < starts[band + 1]; at++) {
    const from = 2 * edges[at];
    const to = from + 2 < ring.length ? from + 2 : 0;
    const rise = ring[to + 1] - ring[from + 1];
    const start = rise === 0 ? 0 : share((minY + band / perY - ring[from + 1]) / rise);
    const end = rise === 0 ? 1 : share((minY + (band + 1) / perY - ring[from + 1]) / rise);
    const startX = (ring[from] + start * (ring[to] - ring[from]) - minX) * perX;
    const endX = (ring[from] + end * (ring[to] - ring[from]) - minX) * perX;
    const low = Math.max(Math.floor(Math.min(startX, endX)) - 1, 0);
    const high = Math.min(Math.floor(Math.max(startX, endX)) + 1, CELLS - 1);
    cells.fill(CROSSED, band * CELLS + low, band * CELLS + high + 1);
  }
}

function share(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

/** Fills the cells between two crossed cells of a band: all of them are alike. */
function fillBetween(grid: Grid, band: number): void {
  const { minX, minY, perX, perY, cells } = grid;
  const row = band * CELLS;
  for (let column = 0; column < CELLS; column++) {
    if (cells[row + column] === CROSSED) continue;
    let end = column;
    while (end < CELLS && cells[row + end] !== CROSSED) end++;
    const isInside = isWithin(minX + (column + 0.5) / perX, minY + (band + 0.5) / perY, band, grid);
    cells.fill(isInside ? INSIDE : OUTSIDE, row + column, row + end);
    column = end;
  }
}
