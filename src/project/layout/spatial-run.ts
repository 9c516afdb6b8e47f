import { fitCurve } from './curve.ts';
import { forceAt, makeForceTable, TABLE_LENGTH } from './force-table.ts';
import { type LayoutRun, type LayoutRunInput, seedStates, stepThrough } from './layout-run.ts';

const LONGEST_STEP = 4;

/**
 * `makeLayoutRun` for any number of dimensions (head: n×`dimensions`; anchors are not taken), in plain JavaScript: for
 * clustering in 5 to 15 dimensions, where no map is drawn. Same schedule and forces; about three times as slow.
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

/** Moves the point at `own` by the force whose table begins at `at`; the one at `other` moves the other way by the first. */
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
    const step = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, along)) * alpha;
    positions[own + c] += step;
    if (at === 0) positions[other + c] -= step;
  }
}
