import { forceAt, TABLE_LENGTH } from './force-table.ts';
import {
  DOT_CHUNK,
  type DotTiles,
  type EpochSlice,
  type Kernels,
  LAYOUT_RECORD,
  layOutMemory,
  type RowList,
} from './kernels.ts';

const STATE_HALF = 2 ** -32;
const LONGEST_STEP = 4;

interface Views {
  readonly buffer: ArrayBuffer;
  readonly floats: Float32Array;
  readonly words: Int32Array;
  readonly bytes: Int8Array;
}

/** The kernels in typed arrays: oracle of the WASM ones, and in their place where WASM is refused. See `Kernels`. */
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
    dotBytes: (rows, fresh, out) => dotBytes(views, rows, fresh, out),
    dotRows: (rows, vector, out) => dotRows(views, rows, vector, out),
    epoch: (run, slice) => runEpoch(views, run, slice),
  };
}

function viewsOf(buffer: ArrayBuffer): Views {
  return { buffer, floats: new Float32Array(buffer), words: new Int32Array(buffer), bytes: new Int8Array(buffer) };
}

function dotTiles(floats: Float32Array, { a, aBlocks, b, bBlocks, cols, out }: DotTiles): void {
  const width = bBlocks * 8;
  for (let row = 0; row < aBlocks * 8; row += 2) {
    const left = (a >> 2) + (row >> 3) * 8 * cols + (row & 7);
    for (let column = 0; column < width; column += 4) {
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

function dotBytes({ bytes, words }: Views, { rows, cols, list, count }: RowList, fresh: number, out: number): void {
  const width = Math.ceil(count / 4) * 4;
  for (let p = 0; p < fresh; p++) {
    const one = rows + words[(list >> 2) + p] * cols;
    for (let q = 0; q < width; q++) {
      const other = rows + words[(list >> 2) + q] * cols;
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += bytes[one + j] * bytes[other + j];
      words[(out >> 2) + p * width + q] = sum;
    }
  }
}

/** Eight running sums, as two vectors of four lanes hold them, added pairwise at the end. */
function dotRows({ floats, words }: Views, { rows, cols, list, count }: RowList, vector: number, out: number): void {
  const sums = new Float32Array(8);
  const v = vector >> 2;
  for (let r = 0; r < count; r++) {
    const from = (rows >> 2) + words[(list >> 2) + r] * cols;
    sums.fill(0);
    for (let j = 0; j < cols; j += 8) {
      for (let lane = 0; lane < 8; lane++) {
        sums[lane] += Math.fround(floats[from + j + lane] * floats[v + j + lane]);
      }
    }
    for (let lane = 0; lane < 4; lane++) sums[lane] += sums[lane + 4];
    floats[(out >> 2) + r] = Math.fround(sums[0] + sums[1]) + Math.fround(sums[2] + sums[3]);
  }
}

/** A force's share along one axis, held within ±4, times the step length. */
function pull(force: number, difference: number, alpha: number): number {
  const along = Math.fround(force * difference);
  return Math.fround(Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, along)) * alpha);
}

/** Where the arrays of a run begin, counted in words. */
function readRecord({ words }: Views, run: number) {
  const record = run >> 2;
  const place = (field: number): number => words[record + field] >> 2;
  return {
    head: place(LAYOUT_RECORD.head),
    tail: place(LAYOUT_RECORD.tail),
    starts: place(LAYOUT_RECORD.starts),
    tails: place(LAYOUT_RECORD.tails),
    interval: place(LAYOUT_RECORD.interval),
    next: place(LAYOUT_RECORD.next),
    nextNegative: place(LAYOUT_RECORD.nextNegative),
    states: place(LAYOUT_RECORD.states),
    table: place(LAYOUT_RECORD.table),
    tailCount: words[record + LAYOUT_RECORD.tailCount],
    movesBoth: words[record + LAYOUT_RECORD.movesBoth] === 1,
    density: place(LAYOUT_RECORD.density),
  };
}

function runEpoch(views: Views, run: number, slice: EpochSlice): void {
  const { floats, words } = views;
  const { head, tail, starts, tails, interval, next, nextNegative, ...rest } = readRecord(views, run);
  const { states, table, tailCount, movesBoth, density } = rest;
  const rate = floats[(run >> 2) + LAYOUT_RECORD.negativeRate];
  const inverseB = floats[(run >> 2) + LAYOUT_RECORD.inverseB];
  const [epoch, alpha] = [Math.fround(slice.epoch), Math.fround(slice.alpha)];
  for (let i = slice.from; i < slice.to; i++) {
    let x = floats[head + i * 2];
    let y = floats[head + i * 2 + 1];
    let state = words[states + i];
    for (let e = words[starts + i]; e < words[starts + i + 1]; e++) {
      if (floats[next + e] > epoch) continue;
      const other = words[tails + e];
      const at = tail + other * 2;
      const dx = Math.fround(x - floats[at]);
      const dy = Math.fround(y - floats[at + 1]);
      const s = Math.fround(Math.fround(dx * dx) + Math.fround(dy * dy));
      if (s > 0) {
        const force = forceAt(floats, table, s);
        let stepX = pull(force, dx, alpha);
        let stepY = pull(force, dy, alpha);
        if (density > 0) {
          const more = densityPull(floats, density + i * 2, density + other * 2, { s, force, inverseB });
          const weighted = Math.fround(more * floats[interval + e]);
          stepX = Math.fround(stepX + pull(weighted, dx, alpha));
          stepY = Math.fround(stepY + pull(weighted, dy, alpha));
        }
        x = Math.fround(x + stepX);
        y = Math.fround(y + stepY);
        if (movesBoth) {
          floats[at] -= stepX;
          floats[at + 1] -= stepY;
        }
      }
      floats[next + e] += floats[interval + e];
      const negativeInterval = Math.fround(floats[interval + e] / rate);
      const since = Math.fround(epoch - floats[nextNegative + e]);
      const count = Math.trunc(Math.fround(since / negativeInterval));
      let pushX = 0;
      let pushY = 0;
      for (let p = 0; p < count; p++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        const stranger = Math.floor((state >>> 0) * tailCount * STATE_HALF);
        if (movesBoth && stranger === i) continue;
        const away = tail + stranger * 2;
        const ax = Math.fround(x - floats[away]);
        const ay = Math.fround(y - floats[away + 1]);
        const far = Math.fround(Math.fround(ax * ax) + Math.fround(ay * ay));
        if (far === 0) continue;
        const push = forceAt(floats, table + TABLE_LENGTH, far);
        pushX = Math.fround(pushX + pull(push, ax, alpha));
        pushY = Math.fround(pushY + pull(push, ay, alpha));
      }
      x = Math.fround(x + pushX);
      y = Math.fround(y + pushY);
      floats[nextNegative + e] += Math.fround(Math.max(0, count) * negativeInterval);
    }
    floats[head + i * 2] = x;
    floats[head + i * 2 + 1] = y;
    words[states + i] = state;
  }
}

interface EdgeForce {
  readonly s: number;
  readonly force: number;
  readonly inverseB: number;
}

/** What densMAP adds to the attraction of two rows, by a membership of 1; their pairs stand at `own` and `other`. */
function densityPull(floats: Float32Array, own: number, other: number, { s, force, inverseB }: EdgeForce): number {
  const half = Math.fround(0.5 * force);
  const slope = Math.fround(s * half);
  const phi = Math.fround(1 + Math.fround(slope * inverseB));
  const byRadius = Math.fround(floats[own] + floats[other]);
  const bySum = Math.fround(floats[own + 1] + floats[other + 1]);
  return Math.fround(phi * Math.fround(Math.fround(byRadius * Math.fround(1 + slope)) - Math.fround(bySum * half)));
}
