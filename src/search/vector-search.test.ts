import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { dequantizeRows, matrix, type QuantizedMatrix, quantizeRows } from '../model/matrix.ts';
import { cosine } from './fixtures/cosine.ts';
import { placeQuery } from './place-query.ts';
import { makeVectorSearch } from './vector-search.ts';

function randomRows(rows: number, cols: number, seed: number): QuantizedMatrix {
  const random = makeRandom(seed);
  return quantizeRows(
    matrix(
      Float32Array.from({ length: rows * cols }, () => random() - 0.5),
      rows,
      cols,
    ),
  );
}

/** All admitted papers, by falling cosine of the dequantised rows. */
function bruteForce(embedding: QuantizedMatrix, vector: Float32Array, admitted: Uint8Array | null): number[] {
  const { data, rows, cols } = dequantizeRows(embedding);
  const cosines = Array.from({ length: rows }, (_, i) => cosine(data.subarray(i * cols, (i + 1) * cols), vector));
  return Array.from({ length: rows }, (_, i) => i)
    .filter((i) => admitted === null || admitted[i] !== 0)
    .sort((a, b) => cosines[b] - cosines[a] || a - b);
}

describe('makeVectorSearch', () => {
  it('finds what brute force finds, whatever the dimensions and the filter', () => {
    const shape = fc.record({ rows: fc.integer({ min: 1, max: 60 }), cols: fc.integer({ min: 1, max: 21 }) });
    fc.assert(
      fc.property(shape, fc.nat(1000), fc.nat(70), fc.boolean(), ({ rows, cols }, seed, k, isFiltered) => {
        const embedding = randomRows(rows, cols, seed);
        const random = makeRandom(seed + 1);
        const vector = Float32Array.from({ length: cols }, () => random() - 0.5);
        const admitted = isFiltered ? Uint8Array.from({ length: rows }, () => (random() < 0.3 ? 1 : 0)) : null;
        const found = makeVectorSearch(embedding).nearest(vector, k, admitted);
        const { indices, cosines, relevant, all } = found;
        const expected = bruteForce(embedding, vector, admitted).slice(0, k);
        expect(indices.length).toBe(expected.length);
        const { data } = dequantizeRows(embedding);
        expected.forEach((paper, rank) => {
          const exact = cosine(data.subarray(paper * cols, (paper + 1) * cols), vector);
          // Two papers whose cosines are equal in float32 may be in either order.
          expect(cosines[rank]).toBeCloseTo(exact, 5);
          if (admitted !== null) expect(admitted[indices[rank]]).toBe(1);
        });
        expect(new Set(indices).size).toBe(indices.length);
        expect(relevant).toBeLessThanOrEqual(indices.length);
        cosines.forEach((value, rank) => {
          expect(all[indices[rank]]).toBe(value);
        });
        const others = bruteForce(embedding, vector, admitted).map((paper) => all[paper]);
        const mean = others.reduce((sum, value) => sum + value, 0) / Math.max(1, others.length);
        const squares = others.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, others.length);
        expect(found.mean).toBeCloseTo(mean, 6);
        expect(found.deviation).toBeCloseTo(Math.sqrt(squares), 4);
      }),
      { numRuns: 200 },
    );
  });

  it('agrees with the float vectors that the bytes were made of', () => {
    const random = makeRandom(5);
    const [rows, cols] = [400, 384];
    const floats = Float32Array.from({ length: rows * cols }, () => random() + random() + random() - 1.5);
    const vector = Float32Array.from({ length: cols }, () => random() - 0.5);
    const search = makeVectorSearch(quantizeRows(matrix(floats, rows, cols)));
    const { indices, cosines } = search.nearest(vector, rows, null);
    indices.forEach((paper, rank) => {
      expect(Math.abs(cosines[rank] - cosine(floats.subarray(paper * cols, (paper + 1) * cols), vector))).toBeLessThan(
        0.003,
      );
    });
  });

  it('counts as relevant those two deviations above the rest, and at least ten', () => {
    const cols = 8;
    const data = new Int8Array(500 * cols);
    for (let i = 0; i < 500; i++) {
      data[i * cols] = i < 17 ? 100 : 10;
      data[i * cols + 1 + (i % 7)] = 100;
    }
    const embedding = { data, scales: new Float32Array(500).fill(0.01), rows: 500, cols };
    const axis = Float32Array.from({ length: cols }, (_, j) => (j === 0 ? 1 : 0));
    const search = makeVectorSearch(embedding);
    expect(search.nearest(axis, 200, null).relevant).toBe(17);
    expect(
      search.nearest(
        axis.map((_, j) => (j === 1 ? 1 : 0)),
        200,
        null,
      ).relevant,
    ).toBeGreaterThanOrEqual(10);
    expect(search.nearest(axis, 5, null).relevant).toBe(5);
  });

  it('gives a zero row the cosine 0, and finds nothing among none', () => {
    const embedding = quantizeRows(matrix(Float32Array.of(0, 0, 1, 0, -1, 0), 3, 2));
    const { indices, cosines } = makeVectorSearch(embedding).nearest(Float32Array.of(2, 0), 3, null);
    expect([...indices]).toEqual([1, 0, 2]);
    expect([...cosines]).toEqual([1, 0, -1]);
    expect(makeVectorSearch(embedding).nearest(Float32Array.of(1, 0), 3, new Uint8Array(3)).indices.length).toBe(0);
  });
});

describe('vectorOf', () => {
  const embedding = quantizeRows(matrix(Float32Array.of(3, 0, 0, 0, 2, 0, 0, 0, 1), 3, 3));
  const search = makeVectorSearch(embedding);

  it('adds what is liked and takes half of what is not', () => {
    const vector = search.vectorOf({ vector: Float32Array.of(0, 0, 4), like: [0], unlike: [1] });
    expect(vector).not.toBeNull();
    for (const [i, value] of [1, -0.5, 1].entries()) expect(vector?.[i]).toBeCloseTo(value / 1.5, 5);
    expect([...(search.vectorOf({ vector: null, like: [0, 1], unlike: [] }) ?? [])][2]).toBe(0);
  });

  it('is null when nothing is asked for, all cancels out, or the dimensions are another model’s', () => {
    expect(search.vectorOf({ vector: null, like: [], unlike: [] })).toBeNull();
    expect(search.vectorOf({ vector: new Float32Array(3), like: [], unlike: [] })).toBeNull();
    expect(search.vectorOf({ vector: Float32Array.of(1, 0), like: [], unlike: [] })).toBeNull();
  });
});

describe('placeQuery', () => {
  const positions = Float32Array.of(0, 0, 1, 0, 0, 1, Number.NaN, Number.NaN);

  it('stands at its nearest paper when that is much nearer, and in the middle of equal ones', () => {
    const sharp = placeQuery({ indices: Int32Array.of(1, 0, 2), cosines: Float32Array.of(0.9, 0.1, 0.1) }, positions);
    expect(sharp?.x).toBeGreaterThan(0.6);
    const even = placeQuery({ indices: Int32Array.of(0, 1), cosines: Float32Array.of(0.5, 0.5) }, positions);
    expect(even).toEqual({ x: 0.5, y: 0 });
  });

  it('leaves out papers without a place', () => {
    const place = placeQuery({ indices: Int32Array.of(3, 2), cosines: Float32Array.of(0.5, 0.5) }, positions);
    expect(place).toEqual({ x: 0, y: 1 });
    expect(placeQuery({ indices: Int32Array.of(3), cosines: Float32Array.of(1) }, positions)).toBeNull();
    expect(placeQuery({ indices: new Int32Array(), cosines: new Float32Array() }, positions)).toBeNull();
  });
});
