import { forceAt, TABLE_LENGTH } from '../layout/forces.ts';
import {
  DOT_CHUNK,
  type DotTiles,
  type EpochSlice,
  type Kernels,
  LAYOUT_RECORD,
  layOutMemory,
  negativesDue,
  PAIR_SHIFT,
  type RowList,
  TILE_RECORD,
} from './kernels.ts';

const STATE_HALF = 2 ** -32;
/** Longest step along one axis, times the step length of the epoch. */
const MAX_STEP = 4;
/** Negative samples that a row collects before they repel it. */
const PUSHES = 16;

/** The memory as floats and as words. */
interface Views {
  readonly buffer: ArrayBuffer;
  readonly floats: Float32Array;
  readonly words: Int32Array;
}

/** The kernels in typed arrays: reference for the WASM ones, and fallback where WASM is refused. See `Kernels`. */
export function makePlainKernels(): Kernels {
  let views: Views = viewsOf(new ArrayBuffer(0));
  return {
    name: 'plain',
    reserve(bytes) {
      const { at, end } = layOutMemory(bytes);
      views = viewsOf(new ArrayBuffer(end));
      return { buffer: views.buffer, at };
    },
    dotTiles: (tiles) => dotTiles(views.floats, tiles),
    packRows: (rows, out) => packRows(views, rows, out),
    dotRows: (rows, width, vector, out) => dotRows(views, { ...rows, width }, vector, out),
    nearPairs: (tile) => nearPairs(views, tile),
    epoch: (run, slice) => moveRows(views, run, slice),
  };
}

function viewsOf(buffer: ArrayBuffer): Views {
  return { buffer, floats: new Float32Array(buffer), words: new Int32Array(buffer) };
}

function dotTiles(floats: Float32Array, { a, aBlocks, b, bBlocks, cols, out }: DotTiles): void {
  const width = bBlocks * 8;
  for (let row = 0; row < aBlocks * 8; row += 2) {
    const left = (a >> 2) + (row >> 3) * 8 * cols + (row & 7);
    for (let column = a === b ? (row >> 3) * 8 : 0; column < width; column += 4) {
      const right = (b >> 2) + (column >> 3) * 8 * cols + (column & 7);
      dotTwoByFour(floats, left, right, { cols, out: (out >> 2) + row * width + column, width });
    }
  }
}

interface TilePlace {
  readonly cols: number;
  readonly out: number;
  readonly width: number;
}

function dotTwoByFour(floats: Float32Array, left: number, right: number, { cols, out, width }: TilePlace): void {
  const next = out + width;
  for (let from = 0; from < cols; from += DOT_CHUNK) {
    const end = Math.min(cols, from + DOT_CHUNK) * 8;
    let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let j = from * 8; j < end; j += 8) {
      const x0 = floats[left + j];
      const x1 = floats[left + j + 1];
      const y0 = floats[right + j];
      const y1 = floats[right + j + 1];
      const y2 = floats[right + j + 2];
      const y3 = floats[right + j + 3];
      s00 = Math.fround(s00 + Math.fround(x0 * y0));
      s01 = Math.fround(s01 + Math.fround(x0 * y1));
      s02 = Math.fround(s02 + Math.fround(x0 * y2));
      s03 = Math.fround(s03 + Math.fround(x0 * y3));
      s10 = Math.fround(s10 + Math.fround(x1 * y0));
      s11 = Math.fround(s11 + Math.fround(x1 * y1));
      s12 = Math.fround(s12 + Math.fround(x1 * y2));
      s13 = Math.fround(s13 + Math.fround(x1 * y3));
    }
    const first = from === 0;
    floats[out] = (first ? 0 : floats[out]) + s00;
    floats[out + 1] = (first ? 0 : floats[out + 1]) + s01;
    floats[out + 2] = (first ? 0 : floats[out + 2]) + s02;
    floats[out + 3] = (first ? 0 : floats[out + 3]) + s03;
    floats[next] = (first ? 0 : floats[next]) + s10;
    floats[next + 1] = (first ? 0 : floats[next + 1]) + s11;
    floats[next + 2] = (first ? 0 : floats[next + 2]) + s12;
    floats[next + 3] = (first ? 0 : floats[next + 3]) + s13;
  }
}

function packRows({ floats, words }: Views, { rows, cols, list, count }: RowList, out: number): void {
  for (let r = 0; r < Math.ceil(count / 8) * 8; r++) {
    const to = (out >> 2) + (r >> 3) * 8 * cols + (r & 7);
    if (r < count) {
      const from = (rows >> 2) + words[(list >> 2) + r] * cols;
      for (let j = 0; j < cols; j++) floats[to + j * 8] = floats[from + j];
    } else {
      for (let j = 0; j < cols; j++) floats[to + j * 8] = 0;
    }
  }
}

/** Keeps eight running sums, like two vectors of four lanes, and adds them pairwise at the end. */
function dotRows(
  { floats, words }: Views,
  { rows, cols, list, count, width }: RowList & { readonly width: number },
  vector: number,
  out: number,
): void {
  const sums = new Float32Array(8);
  const v = vector >> 2;
  for (let r = 0; r < count; r++) {
    const from = (rows >> 2) + words[(list >> 2) + r] * cols;
    sums.fill(0);
    for (let j = 0; j < width; j += 8) {
      for (let lane = 0; lane < 8; lane++) {
        sums[lane] += Math.fround(floats[from + j + lane] * floats[v + j + lane]);
      }
    }
    for (let lane = 0; lane < 4; lane++) sums[lane] += sums[lane + 4];
    floats[(out >> 2) + r] = Math.fround(sums[0] + sums[1]) + Math.fround(sums[2] + sums[3]);
  }
}

function nearPairs({ floats, words }: Views, tile: number): number {
  const field = (name: number): number => words[(tile >> 2) + name];
  const products = field(TILE_RECORD.products) >> 2;
  const limits = field(TILE_RECORD.limits) >> 2;
  const others = field(TILE_RECORD.otherLimits) >> 2;
  const squares = field(TILE_RECORD.squares) >> 2;
  const otherSquares = field(TILE_RECORD.otherSquares) >> 2;
  const [width, rows, count] = [field(TILE_RECORD.width), field(TILE_RECORD.rows), field(TILE_RECORD.count)];
  const [beyond, pairs] = [field(TILE_RECORD.beyond), field(TILE_RECORD.pairs) >> 2];
  let found = 0;
  for (let p = 0; p < rows; p++) {
    for (let q = Math.max(0, p + beyond + 1); q < count; q++) {
      const product = floats[products + p * width + q];
      const distance = squares
        ? Math.max(0, Math.fround(Math.fround(floats[squares + p] + floats[otherSquares + q]) - 2 * product))
        : Math.max(0, Math.min(2, Math.fround(1 - product)));
      if (distance > Math.max(floats[limits + p], floats[others + q])) continue;
      words[pairs + found] = (p << PAIR_SHIFT) | q;
      found++;
    }
  }
  return found;
}

function moveRows(views: Views, run: number, slice: EpochSlice): void {
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
  /** Sums of the four lanes of a repulsion along x, then along y. */
  readonly lanes: Float32Array;
}

/** Attracts row i along its edge e. Returns how many negative samples come with it. */
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

/** Up to eight negative samples that repel one position: two in each of four lanes, which are added by pairs. */
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

/** Next number of a 128-bit xorshift, whose four words are four apart (Marsaglia 2003). */
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

/** What densMAP adds to the attraction of rows i and `other` at the squared distance `s`, for a membership of 1. */
function densityPull({ floats, density, inverseB }: Epoch, i: number, other: number, s: number, force: number): number {
  const [own, pair] = [density + i * 2, density + other * 2];
  const half = Math.fround(0.5 * force);
  const slope = Math.fround(s * half);
  const phi = Math.fround(1 + Math.fround(slope * inverseB));
  const byRadius = Math.fround(floats[own] + floats[pair]);
  const bySum = Math.fround(floats[own + 1] + floats[pair + 1]);
  return Math.fround(phi * Math.fround(Math.fround(byRadius * Math.fround(1 + slope)) - Math.fround(bySum * half)));
}
