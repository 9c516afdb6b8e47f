/**
 * The hot loops of a projection over one flat memory, compiled to WASM (`kernels.web.ts`) and in plain typed arrays
 * (`plain-kernels.ts`). Both give the same bytes: float32 arithmetic in one fixed order, without fused multiply-add.
 * All addresses are byte offsets, multiples of 16.
 */
export interface Kernels {
  readonly name: 'wasm' | 'plain';
  /**
   * Zeroed memory for arrays of the given numbers of bytes, and where each begins. Call it once for each instance.
   * Throws a RangeError when there is not enough memory.
   */
  reserve(bytes: readonly number[]): KernelMemory;
  /**
   * Dot products of all rows of two packed matrices, into `out`: float32, row-major, 8·aBlocks × 8·bBlocks. A packed
   * matrix consists of blocks of 8 rows: entry j of row r of a block is at `j * 8 + r`. `cols` is a multiple of 8. Each
   * dot product is the sum of sums over runs of 64 entries in order, wherever it is in the tile. Where `a` is `b`,
   * blocks below the diagonal are left as they are.
   */
  dotTiles(tiles: DotTiles): void;
  /** Packs the listed rows (int32 at `list`) of a row-major matrix by 8; a partial last block ends in zeros. */
  packRows(rows: RowList, out: number): void;
  /**
   * Dot products of the first `width` entries of the listed rows with the vector at `vector`, into `out` (float32,
   * `count`). `width` is a multiple of 8.
   */
  dotRows(rows: RowList, width: number, vector: number, out: number): void;
  /**
   * Writes p·2^16 + q, in order, for each pair of a tile whose distance is at most the greater of its two limits, and
   * returns how many there are. `tile` is the address of a `TILE_RECORD`. Distances are those of `nearness`.
   */
  nearPairs(tile: number): number;
  /** One epoch of the rows from…to of a two-dimensional layout; `run` is the address of a `LAYOUT_RECORD`. */
  epoch(run: number, slice: EpochSlice): void;
}

/** Makes a fresh instance, whose memory is freed with it. */
export type MakeKernels = () => Kernels;

/** Where arrays of the given numbers of bytes begin, each at a multiple of 16 for SIMD, and where the last ends. */
export function layOutMemory(bytes: readonly number[]): { at: number[]; end: number } {
  let end = 16;
  const at = bytes.map((size) => {
    const from = end;
    end += Math.ceil(size / 16) * 16;
    return from;
  });
  return { at, end };
}

/** The memory of one instance, and where each of its arrays begins. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  readonly at: readonly number[];
}

/** Two packed matrices, how many blocks each has, and where their products go; see `Kernels.dotTiles`. */
export interface DotTiles {
  readonly a: number;
  readonly aBlocks: number;
  readonly b: number;
  readonly bBlocks: number;
  readonly cols: number;
  readonly out: number;
}

/** Rows of a row-major matrix at `rows`, by the `count` indices (int32) at `list`. */
export interface RowList {
  readonly rows: number;
  readonly cols: number;
  readonly list: number;
  readonly count: number;
}

/** The rows of a layout that one call moves, `to` excluded. */
export interface EpochSlice {
  readonly from: number;
  readonly to: number;
  /** From 0. */
  readonly epoch: number;
  /** Step length. */
  readonly alpha: number;
}

/** Entries added up before the sum goes into the total, so that float32 loses little. */
export const DOT_CHUNK = 64;

/** By how many bits `nearPairs` shifts p above q. */
export const PAIR_SHIFT = 16;
/** The bits of q. */
export const PAIR_MASK = 2 ** PAIR_SHIFT - 1;

/** Words (int32) of the record that `nearPairs` reads: numbers and addresses of arrays (float32 but for the pairs). */
export const TILE_RECORD = {
  products: 0,
  /** Floats in a row of products; a multiple of 4. */
  width: 1,
  rows: 2,
  /** Columns to compare, without padding. */
  count: 3,
  /** The limits of the rows, and those of the columns, which must be readable up to `width`. */
  limits: 4,
  otherLimits: 5,
  /** Squared lengths for the Euclidean distance; 0 for the cosine. */
  squares: 6,
  otherSquares: 7,
  /** The first column compared with row p is p + 1 + this. */
  beyond: 8,
  /** Where the pairs are written (uint32). */
  pairs: 9,
  words: 10,
} as const;

/** Words (int32) of the record that `epoch` reads: addresses of arrays, and numbers. */
export const LAYOUT_RECORD = {
  /** Positions of the rows that move (float32, 2 each). */
  head: 0,
  /** Positions of the rows that attract and repel; the same address when all move. */
  tail: 1,
  starts: 2,
  tails: 3,
  /** Epochs between two samples of an edge, and the epoch of its next one (float32). */
  interval: 4,
  next: 5,
  /** Random states of four lanes, 16 words (see `nextRandom` of the plain kernels), none all zeros. */
  states: 6,
  /** A `ForceTable`. */
  table: 7,
  tailCount: 8,
  /** 1 when both ends of an edge move. */
  movesBoth: 9,
  /** Negative samples for each positive one (float32). */
  negativeRate: 10,
  /**
   * Two numbers (float32) for each row, or 0 without densMAP. With A and B the sums of both ends of an edge, its pull
   * is interval·φ·(A·(1 − b(1 − φ)) − B·f/2) for the attraction f and φ = 1 + s·f/(2b) at the squared distance s.
   */
  density: 11,
  /** 1/b of the curve (float32). */
  inverseB: 12,
  words: 13,
} as const;

/**
 * Number of negative samples for an edge drawn in `epoch`, and last drawn in the first epoch from `due` − `length` on:
 * `rate` in every `length` epochs, as many as in umap-learn's schedule, without a second counter.
 */
export function negativesDue(epoch: number, due: number, length: number, rate: number): number {
  const often = Math.fround(rate / length);
  const before = Math.ceil(Math.fround(due - length));
  // umap-learn leaves out the very first one.
  return Math.max(1, Math.trunc(Math.fround(epoch * often))) - Math.max(1, Math.trunc(Math.fround(before * often)));
}

/** Fills in well mixed states, none of them 0, where xorshift would stay (mixing by Wellons' lowbias32). */
export function seedStates(states: Int32Array, seed: number): void {
  for (let i = 0; i < states.length; i++) {
    let mixed = Math.imul(i + 1, 0x9e3779b9) ^ seed;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
    mixed ^= mixed >>> 16;
    states[i] = mixed === 0 ? 1 : mixed;
  }
}
