import type { Neighbors } from '../../model/map-data.ts';
import { type EpochSlice, type KernelMemory, type Kernels, LAYOUT_RECORD, seedStates } from '../kernels/kernels.ts';
import { type DensMapOptions, makeDensity } from './density.ts';
import { type Curve, fitCurve, forceAt, makeForceTable, TABLE_LENGTH } from './forces.ts';
import type { Schedule } from './fuzzy-graph.ts';

/** Input of a layout's optimiser. */
interface LayoutRunInput {
  readonly schedule: Schedule;
  /** Positions of the rows that move, n×2; copied. */
  readonly head: Float32Array;
  /** Positions of the fixed rows that the edges lead to; null when the edges lead to the moving rows themselves. */
  readonly anchors: Float32Array | null;
  readonly epochs: number;
  readonly minDist: number;
  readonly spread: number;
  readonly negativeSampleRate: number;
  /** Step length of the first epoch; it falls linearly to 0. 1 for a layout, 0.25 for added papers. */
  readonly alpha: number;
  readonly seed: number;
  /** densMAP's term, where all rows move; null: off. */
  readonly densMap: { readonly options: DensMapOptions; readonly neighbors: Neighbors } | null;
}

/** The optimiser of one layout, in slices. */
export interface LayoutRun {
  readonly epoch: number;
  /** Works on at most about `SLICE_EDGES` edges, or one row. False when no epoch is left. */
  step(): boolean;
  /** Live view of the moving positions: n×2. */
  readonly positions: Float32Array;
}

/** Edges handled in one step: 2 to 8 ms in WASM, about 15 in plain JavaScript. */
const SLICE_EDGES = 100_000;
/** Four lanes of a xorshift of four words each. */
const STATE_WORDS = 16;
/** Longest step of `makeSpatialRun` along one axis, as in the kernels. */
const MAX_STEP = 4;

/**
 * Stochastic gradient descent as in umap-learn: the same edges in the same epochs, as many negative samples for each,
 * forces limited to ±4, steps falling linearly. But a row collects the negative samples of its edges until there are
 * 16, and eight at once repel it from one position: three quarters of the time at the same quality (applying all of an
 * epoch's at its end would cost some continuity). Random sampling takes a xorshift (Marsaglia 2003) of four lanes. The
 * result does not depend on slices, machine or kind of kernels.
 */
export function makeLayoutRun(kernels: Kernels, input: LayoutRunInput): LayoutRun {
  const { record, positions, curve, table, density } = fillMemory(kernels, input);
  const { schedule, epochs, densMap } = input;
  const term = densMap ? makeDensity({ schedule, curve, table, epochs, ...densMap }) : null;
  return stepThrough(input, positions, (slice) => {
    if (slice.from === 0 && term?.isDue(slice.epoch)) {
      term.measure(positions, density.pairs);
      record.words[LAYOUT_RECORD.density] = density.at;
    }
    kernels.epoch(record.at, slice);
  });
}

/**
 * `makeLayoutRun` for any number of dimensions (head: n×`dimensions`; no anchors), in plain JavaScript: for clustering
 * in 5 to 15 dimensions, where no map is drawn. Same schedule and forces; about three times as slow.
 */
export function makeSpatialRun(input: Omit<LayoutRunInput, 'anchors'>, dimensions: number): LayoutRun {
  const { schedule, seed } = input;
  const { n, intervals } = schedule;
  const positions = input.head.slice();
  const states = new Int32Array(n);
  seedStates(states, seed);
  const state: SpatialState = {
    dimensions,
    positions,
    states,
    table: makeForceTable(fitCurve(input.minDist, input.spread)),
    next: intervals.slice(),
    nextNegative: intervals.map((interval) => interval / Math.max(input.negativeSampleRate, 1e-9)),
    rate: Math.max(input.negativeSampleRate, 1e-9),
    input,
  };
  return stepThrough(input, positions, ({ from, to, epoch, alpha }) => {
    for (let i = from; i < to; i++) moveRow(state, i, epoch, alpha);
  });
}

/**
 * The loop of both optimisers: epoch by epoch, in slices of rows, with a step length that falls linearly.
 * @param move moves the rows of one slice
 */
function stepThrough(
  { schedule, epochs, alpha }: Pick<LayoutRunInput, 'schedule' | 'epochs' | 'alpha'>,
  positions: Float32Array,
  move: (slice: EpochSlice) => void,
): LayoutRun {
  const { n, starts } = schedule;
  let epoch = 0;
  let row = 0;

  return {
    get epoch() {
      return epoch;
    },
    positions,
    step() {
      if (epoch >= epochs) return false;
      if (n > 0) {
        const to = sliceEnd(starts, row);
        // umap-learn computes the step length after an epoch, so the first two have the same.
        const decay = 1 - Math.max(0, epoch - 1) / epochs;
        move({ from: row, to, epoch, alpha: alpha * decay });
        row = to;
      }
      if (row >= n) {
        row = 0;
        epoch++;
      }
      return epoch < epochs;
    },
  };
}

/** The row after the last one of a step that begins at `row`. */
function sliceEnd(starts: Int32Array, row: number): number {
  let end = row + 1;
  while (end + 1 < starts.length && starts[end + 1] - starts[row] <= SLICE_EDGES) end++;
  return end;
}

/** A layout in the memory of the kernels. */
interface LayoutMemory {
  readonly record: { readonly at: number; readonly words: Int32Array };
  readonly positions: Float32Array;
  readonly curve: Curve;
  readonly table: Float32Array;
  /** Two numbers for each row for densMAP; empty without it. */
  readonly density: { readonly at: number; readonly pairs: Float32Array };
}

function fillMemory(kernels: Kernels, input: LayoutRunInput): LayoutMemory {
  const { schedule, head, anchors, negativeSampleRate, seed } = input;
  const { n, starts, tails, intervals } = schedule;
  const curve = fitCurve(input.minDist, input.spread);
  const table = makeForceTable(curve);
  const edges = intervals.byteLength;
  const pairs = input.densMap ? n * 2 : 0;
  const sizes = [head.byteLength, anchors?.byteLength ?? 0, starts.byteLength, edges, edges, edges, STATE_WORDS * 4];
  const memory = kernels.reserve([...sizes, table.byteLength, pairs * 4, LAYOUT_RECORD.words * 4]);
  const [headAt, anchorAt, startsAt, tailsAt, intervalAt, nextAt, statesAt, ...last] = memory.at;
  const [tableAt, densityAt, record] = last;
  const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
  floats(headAt, head.length).set(head);
  if (anchors) floats(anchorAt, anchors.length).set(anchors);
  new Int32Array(memory.buffer, startsAt, starts.length).set(starts);
  new Int32Array(memory.buffer, tailsAt, tails.length).set(tails);
  floats(intervalAt, tails.length).set(intervals);
  floats(nextAt, tails.length).set(intervals);
  seedStates(new Int32Array(memory.buffer, statesAt, STATE_WORDS), seed);
  floats(tableAt, table.length).set(table);
  writeRecord(memory, record, {
    head: headAt,
    tail: anchors ? anchorAt : headAt,
    starts: startsAt,
    tails: tailsAt,
    interval: intervalAt,
    next: nextAt,
    states: statesAt,
    table: tableAt,
    tailCount: anchors ? anchors.length / 2 : n,
    movesBoth: anchors ? 0 : 1,
    density: 0,
  });
  const numbers = floats(record, LAYOUT_RECORD.words);
  numbers[LAYOUT_RECORD.negativeRate] = Math.max(negativeSampleRate, 1e-9);
  numbers[LAYOUT_RECORD.inverseB] = 1 / curve.b;
  return {
    record: { at: record, words: new Int32Array(memory.buffer, record, LAYOUT_RECORD.words) },
    positions: floats(headAt, head.length),
    curve,
    table: floats(tableAt, table.length),
    density: { at: densityAt, pairs: floats(densityAt, pairs) },
  };
}

type RecordWords = Omit<Record<keyof typeof LAYOUT_RECORD, number>, 'words' | 'negativeRate' | 'inverseB'>;

function writeRecord({ buffer }: KernelMemory, at: number, words: RecordWords): void {
  const record = new Int32Array(buffer, at, LAYOUT_RECORD.words);
  let field: keyof RecordWords;
  for (field in words) record[LAYOUT_RECORD[field]] = words[field];
}

/** State of `makeSpatialRun`. */
interface SpatialState {
  readonly dimensions: number;
  readonly positions: Float32Array;
  readonly states: Int32Array;
  readonly table: Float32Array;
  readonly next: Float32Array;
  readonly nextNegative: Float32Array;
  readonly rate: number;
  readonly input: Omit<LayoutRunInput, 'anchors'>;
}

function moveRow(run: SpatialState, i: number, epoch: number, alpha: number): void {
  const { dimensions, states, next, nextNegative, rate, input } = run;
  const { n, starts, tails, intervals } = input.schedule;
  let state = states[i];
  for (let e = starts[i]; e < starts[i + 1]; e++) {
    if (next[e] > epoch) continue;
    next[e] += intervals[e];
    applyForce(run, i * dimensions, tails[e] * dimensions, 0, alpha);
    const interval = Math.fround(intervals[e] / rate);
    const count = Math.max(0, Math.trunc((epoch - nextNegative[e]) / interval));
    for (let p = 0; p < count; p++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const other = Math.floor(((state >>> 0) / 4294967296) * n);
      if (other !== i) applyForce(run, i * dimensions, other * dimensions, TABLE_LENGTH, alpha);
    }
    nextNegative[e] += count * interval;
  }
  states[i] = state;
}

/** Moves the point `own` by the force whose table is at `at`; the attraction (0) moves `other` the opposite way. */
function applyForce(run: SpatialState, own: number, other: number, at: number, alpha: number): void {
  const { dimensions, positions, table } = run;
  let square = 0;
  for (let c = 0; c < dimensions; c++) {
    const difference = positions[own + c] - positions[other + c];
    square += difference * difference;
  }
  if (square === 0) return;
  const force = forceAt(table, at, square);
  for (let c = 0; c < dimensions; c++) {
    const along = force * (positions[own + c] - positions[other + c]);
    const step = Math.max(-MAX_STEP, Math.min(MAX_STEP, along)) * alpha;
    positions[own + c] += step;
    if (at === 0) positions[other + c] -= step;
  }
}
