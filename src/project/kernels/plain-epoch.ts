import { forceAt, TABLE_LENGTH } from '../layout/forces.ts';
import { type EpochSlice, LAYOUT_RECORD, negativesDue } from './kernels.ts';

const STATE_HALF = 2 ** -32;
/** A step along one axis is at most this, times the step length of the epoch. */
const MAX_STEP = 4;
/** Negative samples that a row collects before they push. */
const PUSHES = 16;

interface Views {
  readonly floats: Float32Array;
  readonly words: Int32Array;
}

/** `Kernels.epoch` in typed arrays. */
export function plainEpoch(views: Views, run: number, slice: EpochSlice): void {
  const epoch: Epoch = {
    ...readRecord(views, run),
    ...views,
    epoch: slice.epoch,
    alpha: Math.fround(slice.alpha),
    lanes: new Float32Array(8),
  };
  for (let i = slice.from; i < slice.to; i++) {
    let pushes = 0;
    for (let e = epoch.words[epoch.starts + i]; e < epoch.words[epoch.starts + i + 1]; e++) {
      if (epoch.floats[epoch.next + e] > epoch.epoch) continue;
      pushes += pullAlong(epoch, i, e);
      if (pushes < PUSHES) continue;
      for (; pushes >= 8; pushes -= 8) push(epoch, i, 8);
    }
    for (; pushes > 0; pushes -= 8) push(epoch, i, pushes);
  }
}

/** Where the arrays of a run begin, counted in words, and its numbers. */
function readRecord({ words, floats }: Views, run: number) {
  const record = run >> 2;
  const place = (field: number): number => words[record + field] >> 2;
  return {
    head: place(LAYOUT_RECORD.head),
    tail: place(LAYOUT_RECORD.tail),
    starts: place(LAYOUT_RECORD.starts),
    tails: place(LAYOUT_RECORD.tails),
    interval: place(LAYOUT_RECORD.interval),
    next: place(LAYOUT_RECORD.next),
    states: place(LAYOUT_RECORD.states),
    table: place(LAYOUT_RECORD.table),
    tailCount: words[record + LAYOUT_RECORD.tailCount],
    movesBoth: words[record + LAYOUT_RECORD.movesBoth] === 1,
    rate: floats[record + LAYOUT_RECORD.negativeRate],
    density: place(LAYOUT_RECORD.density),
    inverseB: floats[record + LAYOUT_RECORD.inverseB],
  };
}

interface Epoch extends Views, ReturnType<typeof readRecord> {
  readonly epoch: number;
  readonly alpha: number;
  /** Sums of the four lanes of a push along x, then along y. */
  readonly lanes: Float32Array;
}

/** Pulls row i along its edge e. Returns how many negative samples come with it. */
function pullAlong(run: Epoch, i: number, e: number): number {
  const { floats, words, head, tail, tails, interval, next, table, rate, density, epoch, alpha } = run;
  const own = head + i * 2;
  const other = words[tails + e];
  const at = tail + other * 2;
  const dx = Math.fround(floats[own] - floats[at]);
  const dy = Math.fround(floats[own + 1] - floats[at + 1]);
  const s = Math.fround(Math.fround(dx * dx) + Math.fround(dy * dy));
  const force = forceAt(floats, table, s);
  const length = floats[interval + e];
  let stepX = Math.fround(held(force, dx) * alpha);
  let stepY = Math.fround(held(force, dy) * alpha);
  if (density > 0) {
    const more = Math.fround(densityPull(run, i, other, s, force) * length);
    stepX = Math.fround(stepX + Math.fround(held(more, dx) * alpha));
    stepY = Math.fround(stepY + Math.fround(held(more, dy) * alpha));
  }
  floats[own] += stepX;
  floats[own + 1] += stepY;
  if (run.movesBoth) {
    floats[at] -= stepX;
    floats[at + 1] -= stepY;
  }
  const due = floats[next + e];
  floats[next + e] = due + length;
  return negativesDue(epoch, due, length, rate);
}

/** Up to eight negative samples, which push from one place: two of each of four lanes, then the lanes by pairs. */
function push(run: Epoch, i: number, count: number): void {
  const { floats, words, head, tail, tailCount, movesBoth, states, table, alpha, lanes } = run;
  const x = floats[head + i * 2];
  const y = floats[head + i * 2 + 1];
  lanes.fill(0);
  for (let half = 0; half < 8; half += 4) {
    for (let lane = 0; lane < 4; lane++) {
      const other = Math.floor((nextRandom(words, states + lane) >>> 0) * tailCount * STATE_HALF);
      if (half + lane >= count || (movesBoth && other === i)) continue;
      const away = tail + other * 2;
      const dx = Math.fround(x - floats[away]);
      const dy = Math.fround(y - floats[away + 1]);
      const far = Math.fround(Math.fround(dx * dx) + Math.fround(dy * dy));
      const force = forceAt(floats, table + TABLE_LENGTH, far);
      lanes[lane] += held(force, dx);
      lanes[lane + 4] += held(force, dy);
    }
  }
  floats[head + i * 2] = x + Math.fround(sumOf(lanes, 0) * alpha);
  floats[head + i * 2 + 1] = y + Math.fround(sumOf(lanes, 4) * alpha);
}

function sumOf(lanes: Float32Array, at: number): number {
  return Math.fround(Math.fround(lanes[at] + lanes[at + 2]) + Math.fround(lanes[at + 1] + lanes[at + 3]));
}

/** Next of a xorshift of 128 bits, whose four words stand four apart (Marsaglia 2003). */
function nextRandom(words: Int32Array, at: number): number {
  const mixed = words[at] ^ (words[at] << 11);
  words[at] = words[at + 4];
  words[at + 4] = words[at + 8];
  words[at + 8] = words[at + 12];
  words[at + 12] ^= (words[at + 12] >>> 19) ^ mixed ^ (mixed >>> 8);
  return words[at + 12];
}

function held(force: number, difference: number): number {
  return Math.max(-MAX_STEP, Math.min(MAX_STEP, Math.fround(force * difference)));
}

/** What densMAP adds to the attraction of rows i and `other` at the squared distance `s`, by a membership of 1. */
function densityPull({ floats, density, inverseB }: Epoch, i: number, other: number, s: number, force: number): number {
  const [own, pair] = [density + i * 2, density + other * 2];
  const half = Math.fround(0.5 * force);
  const slope = Math.fround(s * half);
  const phi = Math.fround(1 + Math.fround(slope * inverseB));
  const byRadius = Math.fround(floats[own] + floats[pair]);
  const bySum = Math.fround(floats[own + 1] + floats[pair + 1]);
  return Math.fround(phi * Math.fround(Math.fround(byRadius * Math.fround(1 + slope)) - Math.fround(bySum * half)));
}
