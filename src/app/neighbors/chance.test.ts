import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { neighborsKeptByChance, trustworthinessByChance } from './chance.ts';

/** Both measures by their definitions, over `rounds` papers whose neighbours on the map are drawn by chance. */
function drawn(n: number, k: number, rounds: number): { kept: number; trust: number } {
  const random = makeRandom(7);
  let kept = 0;
  let penalty = 0;
  for (let round = 0; round < rounds; round++) {
    // The true ranks of the others, of which the map shows the first k.
    const ranks = Array.from({ length: n - 1 }, (_, i) => i + 1);
    for (let i = 0; i < k; i++) {
      const j = i + Math.floor(random() * (ranks.length - i));
      [ranks[i], ranks[j]] = [ranks[j], ranks[i]];
      if (ranks[i] <= k) kept++;
      else penalty += ranks[i] - k;
    }
  }
  return { kept: kept / (rounds * k), trust: 1 - (2 * penalty) / (rounds * k * (2 * n - 3 * k - 1)) };
}

describe('what a map by chance reaches', () => {
  it.each([
    [468, 15],
    [60, 15],
    [1500, 15],
  ])('agrees with maps drawn by chance, %i papers and %i neighbours', (n, k) => {
    const { kept, trust } = drawn(n, k, 1500);
    expect(neighborsKeptByChance(n, k)).toBeCloseTo(kept, 2);
    expect(trustworthinessByChance(n, k)).toBeCloseTo(trust, 2);
  });

  it('has nothing to lose where all others are neighbours', () => {
    expect([neighborsKeptByChance(5, 15), trustworthinessByChance(5, 15), neighborsKeptByChance(1, 15)]).toEqual([
      1, 1, 1,
    ]);
  });
});
