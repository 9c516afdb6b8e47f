import {
  DOT_CHUNK,
  type DotTiles,
  type Kernels,
  layOutMemory,
  PAIR_SHIFT,
  type RowList,
  TILE_RECORD,
} from './kernels.ts';
import { plainEpoch } from './plain-epoch.ts';

interface Views {
  readonly buffer: ArrayBuffer;
  readonly floats: Float32Array;
  readonly words: Int32Array;
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
    dotRows: (rows, width, vector, out) => dotRows(views, { ...rows, width }, vector, out),
    nearPairs: (tile) => nearPairs(views, tile),
    epoch: (run, slice) => plainEpoch(views, run, slice),
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

/** Eight running sums, as two vectors of four lanes hold them, added pairwise at the end. */
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
