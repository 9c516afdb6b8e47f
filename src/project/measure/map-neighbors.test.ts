import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertSlot, makeSlots } from '../../math/top-k.ts';
import { randomMatrix } from '../fixtures/vectors.ts';
import { makeExactNeighbors } from '../neighbors/exact-search.ts';
import { keptNeighbors, nearestOnMap } from './map-neighbors.ts';
import { makeQualityMeter } from './quality.ts';

function bruteForce(positions: Float32Array, k: number): Int32Array {
  const n = positions.length / 2;
  const slots = makeSlots(n, k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const dx = positions[j * 2] - positions[i * 2];
      const dy = positions[j * 2 + 1] - positions[i * 2 + 1];
      if (j !== i) insertSlot(slots, i, j, Math.fround(dx * dx + dy * dy));
    }
  }
  return slots.indices;
}

describe('the nearest on a map', () => {
  it('are those of brute force, ties and all', () => {
    const coordinate = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ min: -1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 300 }),
        fc.nat(9),
        (points, k) => {
          // Each at a place of its own: of several at one place any is a neighbour.
          const places = [...new Map(points.map((point) => [point.map(Math.fround).join(), point])).values()];
          const positions = Float32Array.from(places.flat());
          const most = Math.min(k, places.length - 1);
          expect(nearestOnMap(positions, most)).toEqual(bruteForce(positions, most));
        },
      ),
    );
  });

  it('are found where thousands stand at one place', () => {
    const positions = new Float32Array(40_000).fill(0.5, 0, 39_000);
    const near = nearestOnMap(positions, 15);
    for (let i = 0; i < 20_000; i += 997) {
      const own = near.subarray(i * 15, i * 15 + 15);
      expect(new Set(own).size).toBe(15);
      for (const j of own) expect(positions[j * 2]).toBe(positions[i * 2]);
    }
  });

  it('give each paper its share, whose mean is the neighbourhood preservation', () => {
    const vectors = randomMatrix(700, 3);
    const positions = randomMatrix(700, 2).data.map((value, at) => value + vectors.data[(at >> 1) * 3 + (at % 2)]);
    const search = makeExactNeighbors(vectors, 18);
    while (search.step());
    const shares = keptNeighbors(search.result(), positions, 15);
    const meter = makeQualityMeter({ vectors, positions, seed: 1 });
    while (meter.step(100));
    const mean = shares.reduce((sum, share) => sum + share, 0) / 700;
    expect(mean).toBeCloseTo(meter.result()?.neighborPreservation ?? 0, 6);
    expect(new Set(shares).size).toBeGreaterThan(3);
    expect(
      keptNeighbors({ k: 0, indices: new Int32Array(0), distances: new Float32Array(0) }, positions, 0).length,
    ).toBe(0);
  });
});
