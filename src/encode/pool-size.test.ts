import { describe, expect, it } from 'vitest';
import { poolSize } from './pool-size.ts';

const desktop = { cores: 8, memoryGb: 8, isIos: false };

describe('poolSize', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 4],
    [64, 4],
  ])('leaves one core of %i to the page: %i workers', (cores, workers) => {
    expect(poolSize({ ...desktop, cores })).toBe(workers);
  });

  it('is careful on small devices and on iOS', () => {
    expect(poolSize({ ...desktop, memoryGb: 4 })).toBe(2);
    expect(poolSize({ ...desktop, memoryGb: null })).toBe(4);
    expect(poolSize({ ...desktop, isIos: true })).toBe(1);
  });

  it('does as it is asked, within bounds', () => {
    expect([0, 1, 3, 99].map((asked) => poolSize({ ...desktop, cores: 2 }, asked))).toEqual([1, 1, 3, 16]);
  });
});
