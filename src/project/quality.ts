import { distanceOfDot, dotFourByTwo, unitRows } from '../math/distance.ts';
import { makeRandom, shuffledIndices } from '../math/random.ts';
import { insertSlot, makeSlots } from '../math/top-k.ts';
import type { Quality } from '../model/map-data.ts';
import type { Matrix } from '../model/matrix.ts';

/** A measurement that is carried on in steps, so that a worker can breathe between them. */
export interface QualityMeter {
  readonly done: number;
  /** Papers that will be measured. */
  readonly total: number;
  /** Measures at least one paper and about `rows` of them. False when there is nothing left to do. */
  step(rows: number): boolean;
  /** Null below three papers, where there is nothing to preserve. */
  result(): Quality | null;
}

export interface QualityInput {
  readonly vectors: Matrix;
  /** n×2, finite. */
  readonly positions: Float32Array;
  readonly seed: number;
  /** Neighbourhood size; made smaller than half the papers, where trustworthiness ends. Default 15. */
  readonly k?: number;
}

const EXACT_UP_TO = 2000;
const SAMPLE = 1000;
/** Papers measured together: rows of one tile of `dotFourByTwo`. */
const BLOCK = 4;

/**
 * Neighbour preservation (share of the k nearest on the map that are among the k nearest by cosine distance) and
 * trustworthiness (Venna & Kaski 2001, equation 1: 1 − 2/(nk(2n − 3k − 1)) Σ over wrong neighbours of rank − k), ties
 * by the lower index. Of every paper up to 2,000, of a seeded sample of 1,000 above, whose neighbours are searched
 * among all papers. n·(d + k) for each measured paper.
 */
export function makeQualityMeter({ vectors, positions, seed, k: wanted = 15 }: QualityInput): QualityMeter {
  const n = vectors.rows;
  const unit = unitRows(vectors);
  const k = Math.min(wanted, Math.floor((n - 1) / 2));
  const order = shuffledIndices(n, makeRandom(seed));
  const total = k < 1 ? 0 : n <= EXACT_UP_TO ? n : SAMPLE;
  const far = new Float32Array(n * BLOCK);
  const block = new Float32Array(BLOCK * unit.cols);
  let done = 0;
  let kept = 0;
  let penalty = 0;

  function measure(i: number, far: Float32Array): void {
    for (const j of nearestOnMap(positions, i, k)) {
      const rank = rankOf(far, i, j);
      if (rank <= k) kept++;
      else penalty += rank - k;
    }
  }

  function measureBlock(papers: Int32Array): void {
    papers.forEach((i, p) => {
      block.set(unit.data.subarray(i * unit.cols, (i + 1) * unit.cols), p * unit.cols);
    });
    distancesToAll(block, unit, far);
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
      return { k, neighborPreservation: kept / (done * k), trustworthiness: 1 - (2 * penalty) / worst, sampled: done };
    },
  };
}

/** Cosine distances of the four unit rows of `block` to all n rows of `unit`, four runs of n into `far`. */
function distancesToAll(block: Float32Array, unit: Matrix, far: Float32Array): void {
  const { data, rows: n, cols } = unit;
  const products = new Float64Array(BLOCK * 2);
  const four = { data: block, from: 0 };
  const two = { data, from: 0 };
  let j = 0;
  for (; j + 1 < n; j += 2) {
    two.from = j * cols;
    dotFourByTwo(four, two, cols, products);
    for (let p = 0; p < BLOCK; p++) {
      far[p * n + j] = distanceOfDot(products[p * 2]);
      far[p * n + j + 1] = distanceOfDot(products[p * 2 + 1]);
    }
  }
  if (j === n) return;
  for (let p = 0; p < BLOCK; p++) {
    let product = 0;
    for (let c = 0; c < cols; c++) product += block[p * cols + c] * data[j * cols + c];
    far[p * n + j] = distanceOfDot(product);
  }
}

function nearestOnMap(positions: Float32Array, i: number, k: number): Int32Array {
  const slots = makeSlots(1, k);
  for (let j = 0; j < positions.length / 2; j++) {
    if (j === i) continue;
    const dx = positions[j * 2] - positions[i * 2];
    const dy = positions[j * 2 + 1] - positions[i * 2 + 1];
    insertSlot(slots, 0, j, Math.fround(dx * dx + dy * dy));
  }
  return slots.indices;
}

/** The place of paper j, from 1, among all papers but i by their distance `far` to i. */
function rankOf(far: Float32Array, i: number, j: number): number {
  const distance = far[j];
  let rank = 1;
  for (let other = 0; other < far.length; other++) {
    if (other === i) continue;
    if (far[other] < distance || (far[other] === distance && other < j)) rank++;
  }
  return rank;
}
