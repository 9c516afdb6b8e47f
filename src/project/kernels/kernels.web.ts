import { type Kernels, layOutMemory, type MakeKernels } from './kernels.ts';
import { makePlainKernels } from './plain-kernels.ts';
import { KERNELS_WASM } from './wasm/kernels.wasm.ts';

/** What the compiled module offers; see kernels.as.ts. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  reserve(bytes: number): number;
  dotTiles(a: number, aBlocks: number, b: number, bBlocks: number, cols: number, out: number): void;
  packRows(rows: number, cols: number, list: number, count: number, out: number): void;
  dotRows(rows: number, cols: number, list: number, count: number, width: number, vector: number, out: number): void;
  nearPairs(tile: number): number;
  epoch(run: number, from: number, to: number, epoch: number, alpha: number): void;
}

/**
 * The kernels as WASM with SIMD, or the plain ones without SIMD or under a policy that forbids WASM
 * (`wasm-unsafe-eval`): the same results in about twice the time. Compiles once (4 kB); each instance has its memory.
 */
export async function loadKernels(): Promise<MakeKernels> {
  try {
    const module = await WebAssembly.compile(Uint8Array.from(atob(KERNELS_WASM), (letter) => letter.charCodeAt(0)));
    return () => makeWasmKernels(module);
  } catch {
    return makePlainKernels;
  }
}

function makeWasmKernels(module: WebAssembly.Module): Kernels {
  const { exports } = new WebAssembly.Instance(module, { env: { abort: () => {} } });
  // The types of our own module, which a test compares with the plain kernels.
  const wasm = exports as unknown as KernelExports;
  return {
    name: 'wasm',
    reserve(bytes) {
      const { at, end } = layOutMemory(bytes);
      if (!wasm.reserve(end)) throw new RangeError(`expected ${end} bytes of memory, got none`);
      return { buffer: wasm.memory.buffer, at };
    },
    dotTiles: ({ a, aBlocks, b, bBlocks, cols, out }) => wasm.dotTiles(a, aBlocks, b, bBlocks, cols, out),
    packRows: ({ rows, cols, list, count }, out) => wasm.packRows(rows, cols, list, count, out),
    dotRows: ({ rows, cols, list, count }, width, vector, out) =>
      wasm.dotRows(rows, cols, list, count, width, vector, out),
    nearPairs: (tile) => wasm.nearPairs(tile),
    epoch: (run, { from, to, epoch, alpha }) => wasm.epoch(run, from, to, epoch, alpha),
  };
}
