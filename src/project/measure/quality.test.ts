import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import type { Quality } from '../../model/map-data.ts';
import { matrix } from '../../model/matrix.ts';
import digits from '../fixtures/digits.json';
import { makeQualityMeter, type QualityInput } from './quality.ts';

const vectors = matrix(Float32Array.from(digits.vectors.flat()), 300, 64);

function measured(input: QualityInput, rows = 7): Quality | null {
  const meter = makeQualityMeter(input);
  while (meter.step(rows));
  return meter.result();
}

describe('quality', () => {
  it.each(digits.layouts)(
    'is what scikit-learn measures',
    ({ positions, preservation, trustworthiness, continuity }) => {
      const quality = measured({ vectors, positions: Float32Array.from(positions), seed: 1 });
      expect(quality?.neighborPreservation).toBeCloseTo(preservation, 3);
      expect(quality?.trustworthiness).toBeCloseTo(trustworthiness, 4);
      expect(quality?.continuity).toBeCloseTo(continuity, 4);
      expect(quality).toMatchObject({ k: 15, sampled: 300 });
    },
  );

  it('is 1 where the map is the space', () => {
    const angles = Array.from({ length: 40 }, (_, i) => (i * i) / 510);
    const circle = Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]));
    expect(measured({ vectors: matrix(circle, 40, 2), positions: circle, seed: 1 })).toEqual({
      k: 15,
      neighborPreservation: 1,
      trustworthiness: 1,
      continuity: 1,
      sampled: 40,
    });
  });

  it('is measured at fewer neighbours where there are few papers, and not at all below three', () => {
    const few = (n: number) => {
      const random = makeRandom(n);
      const data = Float32Array.from({ length: n * 2 }, random);
      return measured({ vectors: matrix(data, n, 2), positions: data, seed: 1 });
    };
    expect([0, 1, 2].map(few)).toEqual([null, null, null]);
    expect(few(3)).toMatchObject({ k: 1, sampled: 3 });
    expect(few(7)?.k).toBe(3);
  });

  it('is that of a sample above 5,000 papers, close to that of all', () => {
    const n = 5100;
    const random = makeRandom(4);
    const data = Float32Array.from({ length: n * 3 }, () => random() - 0.5);
    const positions = Float32Array.from({ length: n * 2 }, (_, i) => data[Math.floor(i / 2) * 3 + (i % 2)]);
    const sampled = measured({ vectors: matrix(data, n, 3), positions, seed: 1 });
    const again = measured({ vectors: matrix(data, n, 3), positions, seed: 1 }, 1000);
    const other = measured({ vectors: matrix(data, n, 3), positions, seed: 2 });
    expect(sampled?.sampled).toBe(1000);
    expect(again).toEqual(sampled);
    expect(other?.neighborPreservation).toBeCloseTo(sampled?.neighborPreservation ?? 0, 1);
  });
});
