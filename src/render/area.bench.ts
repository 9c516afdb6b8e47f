import { bench, describe } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { combineSelections } from '../model/selection.ts';
import { papersInBounds, papersInRing } from './area.ts';

const random = makeRandom(5);
const positions = Float32Array.from({ length: 2_000_000 }, () => random() * 2 - 1);
const ring = Float32Array.from({ length: 1200 }, (_, at) => {
  const turn = (Math.PI * (at >> 1)) / 300;
  const far = 0.75 * (1 + 0.2 * Math.sin(3 * turn) + 0.02 * Math.sin(41 * turn));
  return far * (at % 2 === 0 ? Math.cos(turn) : Math.sin(turn));
});

const half = Int32Array.from({ length: 500_000 }, (_, i) => 2 * i);

describe('a million papers', () => {
  bench('within a line of 600 corners', () => void papersInRing(positions, ring));
  bench('within it, and added to half a million', () => {
    combineSelections(half, papersInRing(positions, ring), 'union');
  });
  bench('within a rectangle', () => void papersInBounds(positions, { minX: -0.7, minY: -0.7, maxX: 0.7, maxY: 0.7 }));
});
