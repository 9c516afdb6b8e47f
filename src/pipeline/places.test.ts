import { describe, expect, it } from 'vitest';
import { between } from './places.ts';

describe('between', () => {
  it('begins at the one, ends at the other, and goes straight', () => {
    const [from, to] = [Float32Array.of(0, 2, -1, 1), Float32Array.of(4, 2, 1, -3)];
    expect(between(from, to, 0)).toEqual(from);
    expect(between(from, to, 1)).toEqual(to);
    expect(between(from, to, 0.25)).toEqual(Float32Array.of(1, 2, -0.5, 0));
  });

  it('leaves a paper where it stands when only one picture has it', () => {
    const from = Float32Array.of(Number.NaN, Number.NaN, 1, 1, Number.NaN, Number.NaN);
    const to = Float32Array.of(3, 4, Number.NaN, Number.NaN, Number.NaN, Number.NaN);
    expect(between(from, to, 0.5)).toEqual(Float32Array.of(3, 4, 1, 1, Number.NaN, Number.NaN));
  });
});
