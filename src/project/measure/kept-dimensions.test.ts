import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { dequantizeRows, matrix, type QuantizedMatrix, quantizeRows } from '../../model/matrix.ts';
import oracle from '../fixtures/kept-dimensions.json' with { type: 'json' };
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import { type KeptChoice, reduceEmbedding, reductionOf, surveyDimensions } from './kept-dimensions.ts';

const digits: QuantizedMatrix = {
  data: Int8Array.from(oracle.data),
  scales: Float32Array.from(oracle.scales),
  rows: oracle.scales.length,
  cols: oracle.cols,
};

const survey = (embedding: QuantizedMatrix, seed = 1): Promise<KeptChoice[]> =>
  surveyDimensions(embedding, { makeKernels: makePlainKernels, seed, onDone: async () => undefined });

/** Vectors whose columns each have a little less variance than the one before. */
function fading(rows: number, cols: number): QuantizedMatrix {
  const random = makeRandom(7);
  const data = Float32Array.from({ length: rows * cols }, (_, at) => (random() - 0.5) * 0.95 ** (at % cols));
  return quantizeRows(matrix(data, rows, cols));
}

function ofKind(choices: readonly KeptChoice[], kind: string): KeptChoice[] {
  return choices.filter((choice) => choice.kind === kind);
}

describe('surveyDimensions', () => {
  it('finds the share of neighbours kept that scikit-learn finds, by both kinds', async () => {
    const choices = await survey(digits);
    expect(choices.map(({ kind, kept }) => [kind, kept])).toEqual([
      ['pca', 32],
      ['prefix', 32],
    ]);
    expect(choices[0].agreement).toMatchObject({ k: 15, sampled: 150 });
    // Unlike the reference, ours uses int8 directions and rows.
    expect(Math.abs(choices[0].agreement.share - oracle.pca)).toBeLessThan(0.01);
    expect(Math.abs(choices[1].agreement.share - oracle.prefix)).toBeLessThan(0.01);
  });

  it('offers what is below the dimensions that there are, and tells how far it is', async () => {
    const told: number[][] = [];
    const choices = await surveyDimensions(fading(60, 100), {
      makeKernels: makePlainKernels,
      seed: 1,
      onDone: async (done, total) => void told.push([done, total]),
    });
    expect(ofKind(choices, 'prefix').map(({ kept }) => kept)).toEqual([96, 64, 32]);
    expect(told).toEqual([0, 1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
    expect(await survey(fading(60, 32))).toEqual([]);
  });

  it('keeps the more of the neighbours the more dimensions are kept', async () => {
    const choices = await survey(fading(300, 100));
    for (const kind of ['pca', 'prefix']) {
      const shares = ofKind(choices, kind).map(({ agreement }) => agreement.share);
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
      expect(shares[0]).toBeGreaterThan(0.95);
    }
  });

  it('takes a sample of 1,000, the same for the same seed, and leaves papers without a vector out', async () => {
    const many = fading(1300, 40);
    many.scales.fill(0, 0, 100);
    many.data.fill(0, 0, 100 * 40);
    const [first, again] = [await survey(many, 3), await survey(many, 3)];
    expect(first[0].agreement.sampled).toBe(1000);
    expect(again).toEqual(first);
    const few = fading(50, 40);
    few.scales.fill(0, 0, 49);
    expect((await survey(few))[0].agreement).toEqual({ k: 0, share: 1, sampled: 1 });
    few.scales.fill(0);
    expect((await survey(few))[0].agreement).toEqual({ k: 0, share: 1, sampled: 0 });
  });
});

describe('reductionOf', () => {
  it('spans the principal directions of scikit-learn', () => {
    const [choice] = [{ kind: 'pca', kept: 32, agreement: { k: 15, share: 1, sampled: 1 } }] as const;
    const { axes, from, kept } = reductionOf(digits, choice, 1);
    if (!axes) throw new Error('expected directions');
    expect([from, kept, axes.rows, axes.cols]).toEqual([64, 32, 32, 64]);
    const { data: rows } = dequantizeRows(axes);
    const along = (axis: ArrayLike<number>, row: number): number => {
      let sum = 0;
      for (let j = 0; j < 64; j++) sum += axis[j] * rows[row * 64 + j];
      return sum;
    };
    for (const axis of oracle.axes) {
      let square = 0;
      for (let row = 0; row < 32; row++) square += along(axis, row) ** 2;
      expect(square).toBeCloseTo(1, 2);
    }
    const { data: vectors } = dequantizeRows(digits);
    let energy = 0;
    for (let i = 0; i < 150; i++) {
      for (let row = 0; row < 32; row++) energy += along(vectors.subarray(i * 64, (i + 1) * 64), row) ** 2;
    }
    // No other 32 directions hold as much.
    expect(Math.abs(energy / oracle.energy - 1)).toBeLessThan(0.002);
  });

  it('is what was measured: the same vectors come out', async () => {
    const [pca] = await survey(digits);
    const reduced = reduceEmbedding(digits, reductionOf(digits, pca, 1));
    expect([reduced.rows, reduced.cols]).toEqual([150, 32]);
    // Cosines are close to those before; they would not be if the mean had been subtracted.
    let [most, sum] = [0, 0];
    for (let i = 1; i < 150; i++) {
      const off = Math.abs(cosine(digits, 0, i) - cosine(reduced, 0, i));
      most = Math.max(most, off);
      sum += off;
    }
    expect(sum / 149).toBeLessThan(0.01);
    expect(most).toBeLessThan(0.05);
  });
});

function cosine({ data, cols }: QuantizedMatrix, a: number, b: number): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let j = 0; j < cols; j++) {
    dot += data[a * cols + j] * data[b * cols + j];
    aa += data[a * cols + j] ** 2;
    bb += data[b * cols + j] ** 2;
  }
  return dot / Math.sqrt(aa * bb);
}
