import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { randomMatrix } from '../fixtures/vectors.ts';
import { type Kernels, PAIR_MASK, PAIR_SHIFT, TILE_RECORD } from './kernels.ts';
import { loadKernels } from './kernels.web.ts';
import { makePlainKernels } from './plain-kernels.ts';
import { KERNELS_WASM } from './wasm/kernels.wasm.ts';

const makeWasm = await loadKernels();
const both = [makePlainKernels, makeWasm];

function dots(kernels: Kernels, cols: number, aBlocks: number, bBlocks: number): Float32Array {
  const rows = (aBlocks + bBlocks) * 8;
  const memory = kernels.reserve([rows * cols * 4, aBlocks * bBlocks * 256]);
  const [packed, out] = memory.at;
  new Float32Array(memory.buffer, packed, rows * cols).set(randomMatrix(rows, cols).data);
  kernels.dotTiles({ a: packed, aBlocks, b: packed + aBlocks * 32 * cols, bBlocks, cols, out });
  return new Float32Array(memory.buffer, out, aBlocks * bBlocks * 64).slice();
}

function packed(kernels: Kernels, cols: number, count: number): Float32Array {
  const size = Math.ceil(count / 8) * 8 * cols;
  const memory = kernels.reserve([20 * cols * 4, count * 4, size * 4]);
  const [rows, list, out] = memory.at;
  new Float32Array(memory.buffer, rows, 20 * cols).set(randomMatrix(20, cols).data);
  const random = makeRandom(count);
  new Int32Array(memory.buffer, list, count).set(Int32Array.from({ length: count }, () => random() * 20));
  const written = new Float32Array(memory.buffer, out, size).fill(7);
  kernels.packRows({ rows, cols, list, count }, out);
  return written.slice();
}

function rowDots(kernels: Kernels, cols: number, width: number): Float32Array {
  const memory = kernels.reserve([20 * cols * 4, 5 * 4, cols * 4, 5 * 4]);
  const [rows, list, vector, out] = memory.at;
  new Float32Array(memory.buffer, rows, 20 * cols).set(randomMatrix(20, cols).data);
  new Float32Array(memory.buffer, vector, cols).set(randomMatrix(1, cols).data);
  new Int32Array(memory.buffer, list, 5).set([3, 19, 0, 3, 7]);
  kernels.dotRows({ rows, cols, list, count: 5 }, width, vector, out);
  return new Float32Array(memory.buffer, out, 5).slice();
}

interface TileCase {
  readonly count: number;
  readonly beyond: number;
  readonly isFlat: boolean;
}

/** The near pairs of a tile of 11 rows and 32 columns, with limits around the middle of the distances. */
function near(kernels: Kernels, { count, beyond, isFlat }: TileCase) {
  const [rows, width] = [11, 32];
  const sizes = [rows * width, rows, width, rows, width, rows * width, TILE_RECORD.words].map((words) => words * 4);
  const memory = kernels.reserve(sizes);
  const [products, limits, otherLimits, squares, otherSquares, pairs, record] = memory.at;
  const fill = (at: number, length: number, from: number, to: number) => {
    const values = randomMatrix(1, length, at).data.map((value) => (value + 0.5) * (to - from) + from);
    new Float32Array(memory.buffer, at, length).set(values);
    return values;
  };
  const filled = {
    products: fill(products, rows * width, -1, 1),
    limits: fill(limits, rows, 0.2, 0.8),
    otherLimits: fill(otherLimits, width, 0.2, 0.8),
    squares: fill(squares, rows, 0, 1),
    otherSquares: fill(otherSquares, width, 0, 1),
  };
  const words = { products, width, rows, count, limits, otherLimits, beyond, pairs };
  const flat = isFlat ? { squares, otherSquares } : {};
  for (const [name, value] of Object.entries({ ...words, ...flat })) {
    new Int32Array(memory.buffer, record)[TILE_RECORD[name as keyof typeof TILE_RECORD]] = value; // Keys of the record.
  }
  const found = kernels.nearPairs(record);
  return { found: Array.from(new Int32Array(memory.buffer, pairs, found)), filled };
}

describe('kernels', () => {
  it('come as WASM here', () => {
    expect(makeWasm().name).toBe('wasm');
    expect(atob(KERNELS_WASM).length).toBeLessThan(8000);
  });

  it('are plain ones where WASM is refused', async () => {
    const refused = vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new WebAssembly.CompileError('refused'));
    expect((await loadKernels())().name).toBe('plain');
    refused.mockRestore();
  });

  it.each([8, 64, 72, 384, 768])('give the same bytes in WASM and plain: %i columns', (cols) => {
    for (const [a, b] of [
      [1, 1],
      [2, 3],
    ]) {
      const [plain, wasm] = both.map((make) => dots(make(), cols, a, b));
      expect(wasm).toEqual(plain);
    }
    for (const count of [1, 3, 8, 13, 17]) {
      const [plain, wasm] = both.map((make) => packed(make(), cols, count));
      expect(wasm).toEqual(plain);
    }
    for (const width of [8, cols]) {
      const [plain, wasm] = both.map((make) => rowDots(make(), cols, width));
      expect(wasm).toEqual(plain);
    }
  });

  it.each([
    { count: 32, beyond: -32, isFlat: false },
    { count: 29, beyond: 0, isFlat: false },
    { count: 11, beyond: 0, isFlat: true },
    { count: 30, beyond: -7, isFlat: true },
  ])('find the near pairs of a tile: %o', (tile) => {
    const [plain, wasm] = both.map((make) => near(make(), tile));
    expect(wasm).toEqual(plain);
    const { products, limits, otherLimits, squares, otherSquares } = plain.filled;
    const wanted: number[] = [];
    for (let p = 0; p < 11; p++) {
      for (let q = Math.max(0, p + tile.beyond + 1); q < tile.count; q++) {
        const product = products[p * 32 + q];
        const distance = tile.isFlat ? squares[p] + otherSquares[q] - 2 * product : 1 - product;
        if (Math.max(0, distance) <= Math.max(limits[p], otherLimits[q])) wanted.push((p << PAIR_SHIFT) | q);
      }
    }
    expect(wanted.length).toBeGreaterThan(3);
    expect(plain.found).toEqual(wanted);
    expect(plain.found.every((pair) => (pair & PAIR_MASK) < tile.count)).toBe(true);
  });

  it('give the dots of float64 to 1e-6, whatever the place in the tile', () => {
    const cols = 384;
    const { data } = randomMatrix(40, cols);
    const got = dots(makeWasm(), cols, 2, 3);
    const entry = (row: number, j: number) => data[(row >> 3) * 8 * cols + j * 8 + (row & 7)];
    for (let p = 0; p < 16; p++) {
      for (let q = 0; q < 24; q++) {
        let sum = 0;
        for (let j = 0; j < cols; j++) sum += entry(p, j) * entry(16 + q, j);
        expect(Math.abs(got[p * 24 + q] - sum)).toBeLessThan(1e-5);
      }
    }
  });

  it('have the numbers of the table of forces in both sources', () => {
    const read = (name: string) => readFileSync(join(import.meta.dirname, 'wasm', name), 'utf8');
    const source = read('kernels.as.ts') + read('epoch.as.ts');
    for (const line of [
      '(127 - 24) << 23',
      'MIN_BITS + (48 << 23) - 1',
      '(48 * 256 + 1) * 4',
      'PUSHES: i32 = 16',
      'DOT_CHUNK: i32 = 64',
    ]) {
      expect(source).toContain(line);
    }
  });

  it('say when there is not so much memory', () => {
    expect(() => makeWasm().reserve([5e9])).toThrow('expected 5000000016 bytes of memory, got none');
  });
});
