import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jacobi } from './linear-algebra.ts';
import { makeRandom } from './random.ts';
import { symmetricEigenvalues, symmetricEigenvectors } from './symmetric-eigenvalues.ts';

function symmetric(size: number, seed: number, rank = size): Float64Array {
  const random = makeRandom(seed);
  const rows = Float64Array.from({ length: size * rank }, () => random() - 0.5);
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let r = 0; r < rank; r++) out[i * size + j] += rows[i * rank + r] * rows[j * rank + r];
    }
  }
  return out;
}

describe('eigenvalues of a symmetric matrix', () => {
  it('are those of the rotations of Jacobi', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.nat(), fc.integer({ min: 1, max: 24 }), (size, seed, rank) => {
        const matrix = symmetric(size, seed, rank);
        const expected = jacobi(matrix.slice(), size).values.sort();
        const got = symmetricEigenvalues(matrix, size);
        for (let i = 0; i < size; i++) expect(got[i]).toBeCloseTo(expected[i], 9);
      }),
    );
  });

  it('are known for small ones, and negative where they are', () => {
    expect(Array.from(symmetricEigenvalues(new Float64Array(0), 0))).toEqual([]);
    expect(Array.from(symmetricEigenvalues(Float64Array.of(-3), 1))).toEqual([-3]);
    const [low, high] = symmetricEigenvalues(Float64Array.of(1, 2, 2, 1), 2);
    expect(low).toBeCloseTo(-1);
    expect(high).toBeCloseTo(3);
    expect(Array.from(symmetricEigenvalues(new Float64Array(16), 4))).toEqual([0, 0, 0, 0]);
  });

  it('sum up to the trace for a large one', () => {
    const size = 200;
    const matrix = symmetric(size, 3);
    let trace = 0;
    for (let i = 0; i < size; i++) trace += matrix[i * size + i];
    expect(symmetricEigenvalues(matrix, size).reduce((sum, value) => sum + value, 0)).toBeCloseTo(trace, 8);
  });
});

describe('eigenvectors of a symmetric matrix', () => {
  it('are orthonormal, turn the matrix to its eigenvalues, and come most first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.nat(), fc.integer({ min: 1, max: 24 }), (size, seed, rank) => {
        const matrix = symmetric(size, seed, rank);
        const { values, vectors } = symmetricEigenvectors(matrix.slice(), size);
        expect(Array.from(values)).toEqual(Array.from(values).sort((a, b) => b - a));
        for (let a = 0; a < size; a++) {
          for (let b = 0; b < size; b++) {
            let [product, image] = [0, 0];
            for (let i = 0; i < size; i++) {
              product += vectors[a * size + i] * vectors[b * size + i];
              for (let j = 0; j < size; j++)
                image += vectors[a * size + i] * matrix[i * size + j] * vectors[b * size + j];
            }
            expect(product).toBeCloseTo(a === b ? 1 : 0, 9);
            expect(image).toBeCloseTo(a === b ? values[a] : 0, 9);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('have the same values as the values alone', () => {
    const matrix = symmetric(60, 5, 40);
    const { values } = symmetricEigenvectors(matrix.slice(), 60);
    const alone = symmetricEigenvalues(matrix, 60);
    for (let i = 0; i < 60; i++) expect(values[59 - i]).toBeCloseTo(alone[i], 10);
  });
});
