import { makeRandom, shuffledIndices } from '../../math/random.ts';
import { EMPTY_SLOT, insertSlot, makeSlots, type Slots } from '../../math/top-k.ts';
import type { Quality } from '../../model/map-data.ts';
import type { Matrix } from '../../model/matrix.ts';
import type { MakeKernels } from '../kernels/kernels.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import { nearness, packRows, prepareRows } from '../neighbors/prepare-vectors.ts';
import type { Reporter } from '../reporter.ts';

/** A measurement in steps, so that a worker can answer messages between them. */
interface QualityMeter {
  readonly done: number;
  /** Papers that will be measured. */
  readonly total: number;
  /** Measures at least one paper and about `rows` of them. False when there is nothing left to do. */
  step(rows: number): boolean;
  /** Null below three papers, where there is nothing to preserve. */
  result(): Quality | null;
}

/** A map whose quality is measured. */
export interface QualityInput {
  readonly vectors: Matrix;
  /** n×2, finite. */
  readonly positions: Float32Array;
  readonly seed: number;
  /** Neighbourhood size; reduced to below half the papers, the limit of trustworthiness. Default 15. */
  readonly k?: number;
  /** Default: the plain ones. */
  readonly makeKernels?: MakeKernels;
}

/** Up to here all papers are measured, above that a sample. */
const EXACT_UP_TO = 5000;
const SAMPLE = 1000;
/** Papers that `measureQuality` measures in one step. */
const QUALITY_ROWS = 8;
/** Papers measured together: a block of the kernels. */
const BLOCK = 8;
/** Blocks of 8 papers compared at once. */
const TILE_BLOCKS = 64;

/**
 * Neighbour preservation (share of the k nearest on the map that are among the k nearest by cosine distance),
 * trustworthiness (Venna & Kaski 2001, equation 1: 1 − 2/(nk(2n − 3k − 1)) Σ over wrong neighbours of rank − k) and
 * continuity (equation 2: the same with the spaces swapped), ties by the lower index. Measures every paper up to 5,000,
 * above that a seeded sample of 1,000, whose neighbours are searched among all papers. n·d for each measured paper.
 * Holds a copy of the vectors.
 */
export function makeQualityMeter(input: QualityInput): QualityMeter {
  const { vectors, positions, seed, k: wanted = 15, makeKernels = makePlainKernels } = input;
  const n = vectors.rows;
  const k = neighborhoodOf(n, wanted);
  const order = shuffledIndices(n, makeRandom(seed));
  const total = k < 1 ? 0 : n <= EXACT_UP_TO ? n : SAMPLE;
  const far = new Float32Array(n * BLOCK);
  const measureDistances = total > 0 ? makeDistances(vectors, makeKernels) : null;
  let done = 0;
  let kept = 0;
  let strangers = 0;
  let torn = 0;
  const near = new Float32Array(n);
  const ranks = makeRanks(k);

  function measure(i: number, far: Float32Array): void {
    measureOnMap(positions, i, near);
    const [onMap, inTruth] = [nearest(near, i, k), nearest(far, i, k)];
    for (const j of onMap) if (inTruth.includes(j)) kept++;
    strangers += beyond(ranks, far, i, onMap);
    torn += beyond(ranks, near, i, inTruth);
  }

  function measureBlock(papers: Int32Array): void {
    measureDistances?.(papers, far);
    papers.forEach((i, p) => {
      measure(i, far.subarray(p * n, (p + 1) * n));
    });
  }

  return {
    get done() {
      return done;
    },
    total,
    step(rows) {
      const end = Math.min(total, done + rows);
      while (done < end) {
        const papers = order.subarray(done, Math.min(total, done + BLOCK));
        measureBlock(papers);
        done += papers.length;
      }
      return done < total;
    },
    result() {
      if (done === 0) return null;
      const worst = done * k * (2 * n - 3 * k - 1);
      return {
        k,
        neighborPreservation: kept / (done * k),
        trustworthiness: 1 - (2 * strangers) / worst,
        continuity: 1 - (2 * torn) / worst,
        sampled: done,
      };
    },
  };
}

/** Runs a {@link makeQualityMeter} to its end, with reports and pauses for messages; null below three papers. */
export async function measureQuality(input: QualityInput, reporter: Reporter): Promise<Quality | null> {
  const meter = makeQualityMeter(input);
  await reporter.work(() => meter.step(QUALITY_ROWS), {
    stage: 'measuring',
    unit: 'papers',
    total: meter.total,
    done: () => meter.done,
  });
  return meter.result();
}

/** The number of neighbours for the quality of n papers: `wanted`, but less than half the papers. */
export function neighborhoodOf(n: number, wanted = 15): number {
  return Math.max(0, Math.min(wanted, Math.floor((n - 1) / 2)));
}

/** Writes the cosine distances of up to 8 papers to all n into `far`, n numbers for each paper. */
function makeDistances(vectors: Matrix, makeKernels: MakeKernels): (papers: Int32Array, far: Float32Array) => void {
  const rows = prepareRows(vectors, 'cosine');
  const { n, cols } = rows;
  const blocks = Math.ceil(n / 8);
  const kernels = makeKernels();
  const memory = kernels.reserve([blocks * 32 * cols, 32 * cols, TILE_BLOCKS * 256]);
  const [packed, block, out] = memory.at;
  const floats = new Float32Array(memory.buffer, packed, blocks * 8 * cols);
  const own = new Float32Array(memory.buffer, block, 8 * cols);
  const products = new Float32Array(memory.buffer, out, TILE_BLOCKS * 64);
  packRows(rows, floats);
  return (papers, far) => {
    papers.forEach((i, p) => {
      rows.write(i, own, p, 8);
    });
    for (let b = 0; b < blocks; b += TILE_BLOCKS) {
      const bBlocks = Math.min(TILE_BLOCKS, blocks - b);
      kernels.dotTiles({ a: block, aBlocks: 1, b: packed + b * 32 * cols, bBlocks, cols, out });
      const end = Math.min(n, (b + bBlocks) * 8);
      for (let p = 0; p < papers.length; p++) {
        const from = p * bBlocks * 8 - b * 8;
        for (let j = b * 8; j < end; j++) far[p * n + j] = nearness(null, papers[p], j, products[from + j]);
      }
    }
  };
}

/** Writes the squared distances on the map from paper i to all into `out`. */
function measureOnMap(positions: Float32Array, i: number, out: Float32Array): void {
  for (let j = 0; j < out.length; j++) {
    const dx = positions[j * 2] - positions[i * 2];
    const dy = positions[j * 2 + 1] - positions[i * 2 + 1];
    out[j] = dx * dx + dy * dy;
  }
}

/** The k papers nearest to i by their distances to it. */
function nearest(distances: Float32Array, i: number, k: number): Int32Array {
  const slots = makeSlots(1, k);
  for (let j = 0; j < distances.length; j++) if (j !== i) insertSlot(slots, 0, j, distances[j]);
  return slots.indices;
}

/** Space for k papers by distance, nearest first, and for the number of others between each and the one before. */
interface Ranks {
  readonly papers: Slots;
  readonly between: Int32Array;
}

function makeRanks(k: number): Ranks {
  return { papers: makeSlots(1, Math.max(0, k)), between: new Int32Array(Math.max(0, k)) };
}

/**
 * The sum over the k papers in `of` of how far their ranks by distance `far` to i, from 1 and without i itself, exceed
 * k. One pass over all papers, most of which the farthest of the k rules out.
 */
function beyond({ papers, between }: Ranks, far: Float32Array, i: number, of: Int32Array): number {
  const { k, indices, distances } = papers;
  distances.fill(Number.POSITIVE_INFINITY);
  indices.fill(EMPTY_SLOT);
  for (const j of of) insertSlot(papers, 0, j, far[j]);
  between.fill(0);
  const [lastDistance, last] = [distances[k - 1], indices[k - 1]];
  for (let other = 0; other < far.length; other++) {
    const distance = far[other];
    if (distance > lastDistance || (distance === lastDistance && other >= last) || other === i) continue;
    let at = k - 1;
    while (at > 0 && (distance < distances[at - 1] || (distance === distances[at - 1] && other < indices[at - 1])))
      at--;
    between[at]++;
  }
  let [rank, sum] = [1, 0];
  for (let at = 0; at < k; at++) {
    rank += between[at];
    sum += Math.max(0, rank - k);
  }
  return sum;
}
