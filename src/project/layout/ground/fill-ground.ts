import type { Neighbors } from '../../../model/map-data.ts';
import { MANY_PAPERS } from '../engine.ts';
import { groundShare, turnAcross } from './ground.ts';
import { findIslands } from './islands.ts';
import { packIslands } from './pack-islands.ts';
import { STAGES, spreadOut } from './spread-out.ts';

/** Share of the canvas's cells that should hold papers (see `groundShare`): 60 %, and a little for papers without a vector beside the map. */
const GOAL = 0.605;
/** Grids on which islands are searched, in cells along the longer side: 0 is none. Finer ones cut more. */
const GRIDS = [0, 32, 48, 64, 96, 128, 192] as const;
/** A way that keeps this share of the neighbours which the layout keeps needs no better one. */
const GOOD = 0.99;
/** A way that keeps less of them is not taken, however much it fills. */
const LEAST = 0.95;
/** Papers whose neighbours are counted, at even steps. */
const ASKED = 500;
/** Neighbours that are counted: those that the layout follows, as the map's measure has it. */
const COUNTED = 15;

/** Islands far smaller than the ground between them take more than one packing, and spreading, on a grid. */
const MOST_ROUNDS = 5;

interface FillInput {
  /** A finished layout: n×2, finite, any unit. */
  readonly positions: Float32Array;
  /** The neighbours by meaning. */
  readonly neighbors: Neighbors;
  /** Whether ground may be stretched, too, not only moved; not where densities are to be read from the map. */
  readonly stretches: boolean;
}

/** The filling of a map's ground, in steps. */
export interface GroundFill {
  /** Tries the next way, 10 to 300 ms. False when nothing is left to try. */
  step(): boolean;
  /** n×2 in any unit: the positions themselves when they fill their ground, or are fewer than a thousand. */
  positions(): Float32Array | Float64Array;
}

interface Way {
  readonly places: Float64Array;
  readonly share: number;
  readonly kept: number;
}

/**
 * Lets a finished layout fill its ground, a canvas of 16:10. The layout is turned to lie across; then ways are tried
 * from the gentlest on: the ground as it is, or its islands packed (`packIslands`), on ever finer grids, and each
 * spread out (`spreadOut`) just as far as the goal needs. The first way that reaches the goal and keeps 99 % of the
 * neighbours which the layout keeps is taken; else of those that reach it the one which keeps most; else the one that
 * fills most. What it costs and brings: `npm run bench:layout`, docs/measurements.md. Deterministic.
 */
export function fillGround({ positions, neighbors, stretches }: FillInput): GroundFill {
  const n = positions.length / 2;
  const share = groundShare(positions);
  // Papers at one point have no share.
  const isDone = n < MANY_PAPERS || share === 0 || share >= GOAL;
  const turned = isDone ? null : turnAcross(positions);
  const kept = turned ? keptShare(turned, neighbors) : 0;
  let best: Way | null = null;
  let [tried, rounds] = [0, 1];
  let isOver = !turned;
  return {
    step() {
      if (!turned || isOver) return false;
      const way = tryGrid(turned, { cells: GRIDS[tried++], rounds }, { neighbors, stretches });
      if (way && way.kept >= LEAST * kept && (!best || isBetter(way, best))) best = way;
      const reached = best !== null && best.share >= GOAL;
      if (tried === GRIDS.length) {
        isOver = reached || rounds === MOST_ROUNDS;
        rounds++;
        // Without islands, there is nothing to repeat.
        tried = 1;
      }
      isOver ||= best !== null && reached && best.kept >= GOOD * kept;
      return !isOver;
    },
    positions: () => best?.places ?? positions,
  };
}

function isBetter(a: Way, b: Way): boolean {
  if (a.share >= GOAL && b.share >= GOAL) return a.kept > b.kept;
  return a.share > b.share;
}

/** Null when there are no islands on this grid. */
function tryGrid(
  turned: Float64Array,
  { cells, rounds }: { readonly cells: number; readonly rounds: number },
  { neighbors, stretches }: Pick<FillInput, 'neighbors' | 'stretches'>,
): Way | null {
  const packed = cells > 0 ? packOften(turned, cells, rounds) : turned;
  if (!packed) return null;
  const places = stretches ? spreadUntilFilled(packed, rounds) : packed;
  return { places, share: groundShare(places), kept: keptShare(places, neighbors) };
}

/** Packed so many times: closer together, islands take more of the grid's cells. Null without islands. */
function packOften(turned: Float64Array, cells: number, rounds: number): Float64Array | null {
  let packed = turned;
  for (let round = 0; round < rounds; round++) {
    const found = findIslands(packed, cells, COUNTED + 1);
    if (!found) return null;
    packed = packIslands(packed, found);
  }
  return packed;
}

/** The first stage that reaches the goal, or the last; spread out again from there, up to so many times. */
function spreadUntilFilled(packed: Float64Array, times: number): Float64Array {
  let places = packed;
  for (let time = 0; time < times && groundShare(places) < GOAL; time++) {
    const spreading = spreadOut(places);
    for (let stage = 1; stage <= STAGES && groundShare(places) < GOAL; stage++) places = spreading.at(stage);
  }
  return places;
}

/** Share (0…1) of the neighbours by meaning that are among as many nearest on the map. O(n) for each of 500 papers. */
function keptShare(places: Float64Array, { k, indices }: Neighbors): number {
  const n = places.length / 2;
  const count = Math.min(k, COUNTED);
  const step = Math.max(1, Math.floor(n / ASKED));
  const squares = new Float64Array(n);
  let [kept, asked] = [0, 0];
  for (let i = 0; i < n; i += step) {
    const limit = nearestSquares(places, i, count, squares);
    for (let at = i * k; at < i * k + count; at++) if (squares[indices[at]] <= limit) kept++;
    asked += count;
  }
  return kept / Math.max(1, asked);
}

/** Writes the squared distances of paper `i` into `squares`; returns the `count`-th smallest. */
function nearestSquares(places: Float64Array, i: number, count: number, squares: Float64Array): number {
  const nearest = new Float64Array(count).fill(Infinity);
  for (let j = 0; j < squares.length; j++) {
    const [dx, dy] = [places[2 * j] - places[2 * i], places[2 * j + 1] - places[2 * i + 1]];
    const square = dx * dx + dy * dy;
    squares[j] = square;
    if (j === i || square >= nearest[count - 1]) continue;
    let at = count - 1;
    for (; at > 0 && nearest[at - 1] > square; at--) nearest[at] = nearest[at - 1];
    nearest[at] = square;
  }
  return nearest[count - 1];
}
