import { describe, expect, it } from 'vitest';
import { matrix } from '../model/matrix.ts';
import digits from '../project/fixtures/digits.json';
import { principalComponents } from './principal-components.ts';
import { makeRandom } from './random.ts';

const vectors = matrix(Float32Array.from(digits.vectors.flat()), 300, 64);

describe('principal components', () => {
  it('are those of scikit-learn, with the largest loading positive', () => {
    const { axes, variances } = principalComponents(vectors, { count: 2, seed: 1 });
    digits.pca.axes.forEach((expected, c) => {
      const axis = Array.from(axes.subarray(c * 64, (c + 1) * 64));
      const along = axis.reduce((sum, value, j) => sum + value * expected[j], 0);
      expect(Math.abs(along)).toBeGreaterThan(0.99999);
      expect(Math.max(...axis)).toBeGreaterThanOrEqual(-Math.min(...axis));
      expect(variances[c] / digits.pca.variances[c]).toBeCloseTo(1, 4);
    });
  });

  it('hardly depend on the seed, and on nothing else', () => {
    const [one, two] = [1, 2].map((seed) => principalComponents(vectors, { count: 2, seed }).axes);
    for (let j = 0; j < one.length; j++) expect(one[j]).toBeCloseTo(two[j], 3);
    expect(principalComponents(vectors, { count: 2, seed: 1 }).axes).toEqual(one);
  });

  it('are found with fewer rows than columns', () => {
    const random = makeRandom(9);
    const line = Float32Array.from({ length: 384 }, () => random() - 0.5);
    const data = Float32Array.from({ length: 5 * 384 }, (_, i) => Math.floor(i / 384) * line[i % 384]);
    const { axes, variances } = principalComponents(matrix(data, 5, 384), { count: 2, seed: 1 });
    const length = Math.hypot(...line);
    const along = line.reduce((sum, value, j) => sum + (value / length) * axes[j], 0);
    expect(Math.abs(along)).toBeCloseTo(1, 6);
    expect(variances[0]).toBeCloseTo(2.5 * length ** 2, 3);
    expect(variances[1]).toBeCloseTo(0, 6);
  });

  it('are zeros where there is no direction', () => {
    for (const rows of [0, 1, 4]) {
      const same = matrix(new Float32Array(rows * 3).fill(2), rows, 3);
      const { axes, variances } = principalComponents(same, { count: 2, seed: 1 });
      expect(Array.from(variances)).toEqual([0, 0]);
      expect(axes.every(Number.isFinite)).toBe(true);
    }
  });
});
