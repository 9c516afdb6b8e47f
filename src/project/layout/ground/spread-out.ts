import { frameOf, SHAPE } from './ground.ts';

/** Rows of the grid on which densities are taken. */
const ROWS = 60;
const COLUMNS = Math.round(ROWS * SHAPE);
/** Three means over this many cells to either side, one after the other, are nearly a Gaussian (Wells 1986). */
const BLUR = 3;
/** Density of empty ground, in means: with none, what little there is would move without end. */
const EMPTY = 0.1;
/** Sweeps that solve the equation well below a hundredth of a cell. */
const SWEEPS = 300;
/** Steps of the movement, and how many of its stages are kept. */
const STEPS = 24;
/** Stages of the movement from the places as they are to equal density. */
export const STAGES = 8;

/** The movement of the ground: where each corner of the grid is at each stage, in cells. */
interface Movement {
  /** Corners × 2 at stages 1…STAGES. */
  readonly stages: readonly Float64Array[];
}

/** Places that move apart in stages. */
export interface Spreading {
  /** The places (n×2, cells of a grid of 96 × 60) at a stage of 0…`STAGES`: 0 is as they are, but for the unit. */
  at(stage: number): Float64Array;
}

/**
 * Lets a map flow into its empty ground, in the shape of the canvas: the flow-based cartogram of Gastner, Seguy and
 * More (2018, PNAS 115: E2156), in which ground moves from where it is dense to where it is not, as if each place took
 * the same share. Nothing is folded or torn; what is smaller than the blur moves nearly as a whole. The density is the
 * square root of the number of papers, so that dense places grow but stay denser. Places: n×2, finite, not all equal.
 * O(n), about 30 ms beside.
 */
export function spreadOut(places: Float64Array): Spreading {
  const inCells = fitToGrid(places);
  const density = densityOf(inCells);
  const movement = moveCorners(density, potentialOf(density));
  return { at: (stage) => (stage === 0 ? inCells : carried(inCells, movement.stages[stage - 1])) };
}

/** The places in the middle of the grid, as large as they fit. */
function fitToGrid(places: Float64Array): Float64Array {
  const { minX, minY, width, height } = frameOf(places);
  const scale = Math.min(COLUMNS / width, ROWS / height);
  return places.map((value, at) =>
    at % 2 === 0 ? COLUMNS / 2 + (value - minX - width / 2) * scale : ROWS / 2 + (value - minY - height / 2) * scale,
  );
}

function densityOf(inCells: Float64Array): Float64Array {
  let density: Float64Array = new Float64Array(COLUMNS * ROWS);
  const mean = inCells.length / 2 / density.length;
  for (let at = 0; at < inCells.length; at += 2) {
    const column = limit(Math.floor(inCells[at]), COLUMNS - 1);
    density[limit(Math.floor(inCells[at + 1]), ROWS - 1) * COLUMNS + column] += 1 / mean;
  }
  for (let time = 0; time < 3; time++) {
    density = blurred(blurred(density, COLUMNS, 1, ROWS, COLUMNS), ROWS, COLUMNS, COLUMNS, 1);
  }
  return density.map((value) => Math.sqrt(value) + EMPTY);
}

/** Means along lines of `length` cells, `step` apart; there are `lines` of them, `apart` apart. Edges are mirrors. */
function blurred(from: Float64Array, length: number, step: number, lines: number, apart: number): Float64Array {
  const out = new Float64Array(from.length);
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let j = i - BLUR; j <= i + BLUR; j++) {
        const mirrored = j < 0 ? -j - 1 : j >= length ? 2 * length - 1 - j : j;
        sum += from[line * apart + mirrored * step];
      }
      out[line * apart + i * step] = sum / (2 * BLUR + 1);
    }
  }
  return out;
}

/**
 * The potential whose slope carries the density to its mean within one unit of time, with nothing crossing the edges:
 * Poisson's equation by successive over-relaxation. Plain arithmetic, so that every machine gets the same bytes.
 */
function potentialOf(density: Float64Array): Float64Array {
  const mean = density.reduce((sum, value) => sum + value, 0) / density.length;
  const potential = new Float64Array(density.length);
  const relaxation = 2 / (1 + Math.PI / COLUMNS);
  for (let sweep = 0; sweep < 2 * SWEEPS; sweep++) {
    for (let y = 0; y < ROWS; y++) {
      for (let x = (y + sweep) % 2; x < COLUMNS; x += 2) {
        const cell = y * COLUMNS + x;
        let [sum, count] = [density[cell] - mean, 0];
        if (x > 0) [sum, count] = [sum + potential[cell - 1], count + 1];
        if (x < COLUMNS - 1) [sum, count] = [sum + potential[cell + 1], count + 1];
        if (y > 0) [sum, count] = [sum + potential[cell - COLUMNS], count + 1];
        if (y < ROWS - 1) [sum, count] = [sum + potential[cell + COLUMNS], count + 1];
        potential[cell] += relaxation * (sum / count - potential[cell]);
      }
    }
  }
  return potential;
}

/** Moves the corners of the grid with the flow, by the midpoint method. */
function moveCorners(density: Float64Array, potential: Float64Array): Movement {
  const mean = density.reduce((sum, value) => sum + value, 0) / density.length;
  const flow = { density, mean, potential };
  const corners = new Float64Array((COLUMNS + 1) * (ROWS + 1) * 2);
  for (let at = 0; at < corners.length; at += 2) {
    corners[at] = (at / 2) % (COLUMNS + 1);
    corners[at + 1] = Math.floor(at / 2 / (COLUMNS + 1));
  }
  const stages: Float64Array[] = [];
  const [velocity, half] = [new Float64Array(2), 0.5 / STEPS];
  for (let step = 0; step < STEPS; step++) {
    const time = step / STEPS;
    for (let at = 0; at < corners.length; at += 2) {
      const [x, y] = [corners[at], corners[at + 1]];
      velocityAt(flow, x, y, time, velocity);
      velocityAt(flow, x + velocity[0] * half, y + velocity[1] * half, time + half, velocity);
      corners[at] = limit(x + velocity[0] / STEPS, COLUMNS);
      corners[at + 1] = limit(y + velocity[1] / STEPS, ROWS);
    }
    if ((step + 1) % (STEPS / STAGES) === 0) stages.push(corners.slice());
  }
  return { stages };
}

interface Flow {
  readonly density: Float64Array;
  readonly mean: number;
  readonly potential: Float64Array;
}

/** The velocity at a point: flows across the sides of cells, interpolated, by the density of that time. */
function velocityAt({ density, mean, potential }: Flow, px: number, py: number, time: number, out: Float64Array): void {
  const [x, y] = [limit(px, COLUMNS), limit(py, ROWS)];
  const [column, row] = [Math.min(COLUMNS - 1, Math.floor(x)), Math.min(ROWS - 1, Math.floor(y))];
  const [left, below] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [alongX, alongY] = [x - 0.5 - left, y - 0.5 - below];
  const [x0, x1] = [limit(left, COLUMNS - 1), limit(left + 1, COLUMNS - 1)];
  const [y0, y1] = [limit(below, ROWS - 1) * COLUMNS, limit(below + 1, ROWS - 1) * COLUMNS];
  const across = (line: number, side: number): number =>
    side <= 0 || side >= COLUMNS ? 0 : potential[line + side - 1] - potential[line + side];
  const up = (at: number, side: number): number =>
    side <= 0 || side >= ROWS ? 0 : potential[(side - 1) * COLUMNS + at] - potential[side * COLUMNS + at];
  const acrossAt = (line: number): number => mix(across(line, column), across(line, column + 1), x - column);
  const upAt = (at: number): number => mix(up(at, row), up(at, row + 1), y - row);
  const here = mix(
    mix(density[y0 + x0], density[y0 + x1], alongX),
    mix(density[y1 + x0], density[y1 + x1], alongX),
    alongY,
  );
  const now = mix(here, mean, time);
  out[0] = mix(acrossAt(y0), acrossAt(y1), alongY) / now;
  out[1] = mix(upAt(x0), upAt(x1), alongX) / now;
}

/** The places where the ground under them has moved to. */
function carried(inCells: Float64Array, corners: Float64Array): Float64Array {
  const out = new Float64Array(inCells.length);
  const line = 2 * (COLUMNS + 1);
  for (let at = 0; at < inCells.length; at += 2) {
    const [x, y] = [inCells[at], inCells[at + 1]];
    const [column, row] = [limit(Math.floor(x), COLUMNS - 1), limit(Math.floor(y), ROWS - 1)];
    for (let axis = 0; axis < 2; axis++) {
      const corner = row * line + 2 * column + axis;
      const low = mix(corners[corner], corners[corner + 2], x - column);
      const high = mix(corners[corner + line], corners[corner + line + 2], x - column);
      out[at + axis] = mix(low, high, y - row);
    }
  }
  return out;
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

function limit(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}
