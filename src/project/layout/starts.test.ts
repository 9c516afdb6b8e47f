import { describe, expect, it } from 'vitest';
import { matrix } from '../../model/matrix.ts';
import digits from '../fixtures/digits.json';
import { pcaStart, placeOnAxes } from './starts.ts';

const vectors = matrix(Float32Array.from(digits.vectors.flat()), 300, 64);
const rows = (to: number) => Int32Array.from({ length: to }, (_, i) => i);

describe('a start on principal components', () => {
  it('is scikit-learn’s, up to sign and scale', () => {
    const start = pcaStart(vectors, 1);
    for (let axis = 0; axis < 2; axis++) {
      const pairs = Array.from({ length: 300 }, (_, i) => [
        start[i * 2 + axis],
        digits.layouts[0].positions[i * 2 + axis],
      ]);
      expect(Math.abs(correlation(pairs))).toBeGreaterThan(0.9999);
    }
    expect(Math.max(...start.map(Math.abs))).toBe(1);
  });

  it('is finite for rows that are not', () => {
    const broken = matrix(vectors.data.slice(), 300, 64);
    broken.data[5] = Number.NaN;
    expect(Array.from(pcaStart(broken, 1).subarray(0, 2))).toEqual([0, 0]);
    expect(pcaStart(broken, 1).every(Number.isFinite)).toBe(true);
    expect(pcaStart(matrix(new Float32Array(12).fill(3), 4, 3), 1)).toEqual(new Float32Array(8));
    expect(pcaStart(matrix(new Float32Array(0), 0, 3), 1)).toEqual(new Float32Array(0));
  });
});

describe('previews while vectors arrive', () => {
  it('place what is there and leave the rest out', () => {
    const { positions } = placeOnAxes(vectors, Int32Array.of(1, 5, 7), null);
    const placed = Array.from({ length: 300 }, (_, i) => i).filter((i) => Number.isFinite(positions[i * 2]));
    expect(placed).toEqual([1, 5, 7]);
    expect(placeOnAxes(vectors, new Int32Array(0), null).positions.every(Number.isNaN)).toBe(true);
    expect(Array.from(placeOnAxes(vectors, Int32Array.of(3), null).positions.subarray(6, 8))).toEqual([0, 0]);
  });

  it('do not flip when more arrive', () => {
    let last = placeOnAxes(vectors, rows(60), null);
    for (const side of [1, -1]) {
      // As if the previous picture had been drawn from the other side.
      const previous = { ...last.axes, axes: last.axes.axes.map((value) => value * side) };
      const next = placeOnAxes(vectors, rows(300), previous);
      for (let axis = 0; axis < 2; axis++) {
        const pairs = Array.from({ length: 60 }, (_, i) => [
          next.positions[i * 2 + axis],
          side * last.positions[i * 2 + axis],
        ]);
        expect(correlation(pairs)).toBeGreaterThan(0.5);
      }
      last = placeOnAxes(vectors, rows(60), null);
    }
  });
});

function correlation(pairs: readonly (readonly number[])[]): number {
  const mean = [0, 1].map((side) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length);
  const moment = (a: number, b: number) =>
    pairs.reduce((sum, pair) => sum + (pair[a] - mean[a]) * (pair[b] - mean[b]), 0);
  return moment(0, 1) / Math.sqrt(moment(0, 0) * moment(1, 1));
}
