import { orthonormalize } from '../../math/linear-algebra.ts';
import { makeRandom, shuffledIndices } from '../../math/random.ts';
import { columnProducts, sampleRows, symmetricEigenvectors } from '../../math/symmetric-eigenvalues.ts';
import type { Neighbors } from '../../model/map-data.ts';
import { dequantizeRows, matrix, type QuantizedMatrix, quantizeRows } from '../../model/matrix.ts';
import { type Agreement, type Reduction, type ReductionKind, reduceRows } from '../../model/reduction.ts';
import type { MakeKernels } from '../kernels/kernels.ts';
import { makeExactNeighbors } from '../neighbors/exact-search.ts';

/** What happens to the neighbours when `kept` dimensions remain in that way. */
export interface KeptChoice {
  readonly kind: ReductionKind;
  readonly kept: number;
  readonly agreement: Agreement;
}

/** Dimensions on offer, where a map has more. */
const KEPT_DIMENSIONS: readonly number[] = [512, 256, 192, 128, 96, 64, 32];

/** Neighbours compared, as for the map's quality. */
const NEIGHBORS = 15;
/** Papers in which neighbours are searched: each choice compares all pairs of them once. */
const SAMPLE = 1000;

/** What the survey needs from the thread that it runs in. */
interface SurveyTools {
  readonly makeKernels: MakeKernels;
  readonly seed: number;
  /** Called after each choice: lets the thread answer messages, and reports progress. */
  readonly onDone: (done: number, total: number) => Promise<void>;
}

/**
 * Measures every choice: 512, 256, 192, 128, 96, 64 and 32 where they are below the vectors' own, by both kinds, each
 * as the file would hold it (int8). Neighbours are exact, by cosine, among a seeded sample of up to 1,000 papers that
 * have a vector. O(d³) for the directions, and a comparison of all pairs of the sample for each choice.
 */
export async function surveyDimensions(embedding: QuantizedMatrix, tools: SurveyTools): Promise<KeptChoice[]> {
  const { cols } = embedding;
  const offered = KEPT_DIMENSIONS.filter((kept) => kept < cols);
  if (offered.length === 0) return [];
  const kinds = ['pca', 'prefix'] as const;
  const wanted = kinds.flatMap((kind) => offered.map((kept) => ({ kind, kept })));
  const sample = sampleOf(embedding, tools.seed);
  const before = nearest(sample, tools.makeKernels);
  const directions = principalDirections(embedding, tools.seed);
  const choices: KeptChoice[] = [];
  for (const { kind, kept } of wanted) {
    await tools.onDone(choices.length, wanted.length);
    const axes = kind === 'pca' ? spreadAxes(directions, cols, kept, tools.seed) : null;
    const reduction = { kind, from: cols, kept, agreement: null, axes };
    const after = nearest(reduceEmbedding(sample, reduction), tools.makeKernels);
    choices.push({ kind, kept, agreement: { k: before.k, share: shareInCommon(before, after), sampled: sample.rows } });
  }
  await tools.onDone(wanted.length, wanted.length);
  return choices;
}

/** The reduction of a choice that {@link surveyDimensions} measured, on the same vectors and seed. O(n·d² + d³). */
export function reductionOf(
  embedding: QuantizedMatrix,
  { kind, kept, agreement }: KeptChoice,
  seed: number,
): Reduction {
  const { cols } = embedding;
  const axes = kind === 'pca' ? spreadAxes(principalDirections(embedding, seed), cols, kept, seed) : null;
  return { kind, from: cols, kept, agreement, axes };
}

/** All vectors by `reduction`, as int8 again. */
export function reduceEmbedding(embedding: QuantizedMatrix, reduction: Reduction): QuantizedMatrix {
  return quantizeRows(reduceRows(dequantizeRows(embedding), reduction));
}

/**
 * d×d: the principal directions by falling variance, not centred, because cosines are to be kept and subtracting the
 * mean would change them. Computed on up to 10,000 rows, a seeded sample.
 */
function principalDirections(embedding: QuantizedMatrix, seed: number): Float64Array {
  return symmetricEigenvectors(columnProducts(embedding, sampleRows(embedding.rows, seed)), embedding.cols).vectors;
}

/**
 * The first `kept` directions as int8, turned among themselves by a seeded rotation. Dot products stay the same, but no
 * number of a vector is much larger than its others, as along the first direction, so int8 is more precise (share of 15
 * neighbours kept on the sample, 256 · 128 of 384: .978 · .940 without, .991 · .941 with it). O(kept²·cols).
 */
function spreadAxes(directions: Float64Array, cols: number, kept: number, seed: number): QuantizedMatrix {
  const random = makeRandom(seed);
  const turn = Float64Array.from({ length: kept * kept }, () => random() - 0.5);
  orthonormalize(turn, kept, kept);
  const axes = new Float32Array(kept * cols);
  const sum = new Float64Array(cols);
  for (let row = 0; row < kept; row++) {
    sum.fill(0);
    for (let from = 0; from < kept; from++) {
      const weight = turn[row * kept + from];
      for (let j = 0; j < cols; j++) sum[j] += weight * directions[from * cols + j];
    }
    axes.set(sum, row * cols);
  }
  return quantizeRows(matrix(axes, kept, cols));
}

/** Leaves out papers without a vector, which have no neighbours. */
function sampleOf({ data, scales, rows, cols }: QuantizedMatrix, seed: number): QuantizedMatrix {
  const order = shuffledIndices(rows, makeRandom(seed)).filter((row) => scales[row] > 0);
  const chosen = order.slice(0, SAMPLE).sort();
  const out = new Int8Array(chosen.length * cols);
  chosen.forEach((row, i) => {
    out.set(data.subarray(row * cols, (row + 1) * cols), i * cols);
  });
  return { data: out, scales: Float32Array.from(chosen, (row) => scales[row]), rows: chosen.length, cols };
}

function nearest(sample: QuantizedMatrix, makeKernels: MakeKernels): Neighbors {
  const k = Math.max(0, Math.min(NEIGHBORS, sample.rows - 1));
  const search = makeExactNeighbors(dequantizeRows(sample), k, { makeKernels });
  while (search.step());
  return search.result();
}

/** Mean share of a row's entries that are in the other's, in any order; 1 where there are none. */
function shareInCommon(a: Neighbors, b: Neighbors): number {
  const { k } = a;
  let common = 0;
  for (let from = 0; from < a.indices.length; from += k) {
    for (let i = from; i < from + k; i++) {
      for (let j = from; j < from + k; j++) if (a.indices[i] === b.indices[j]) common++;
    }
  }
  return a.indices.length === 0 ? 1 : common / a.indices.length;
}
