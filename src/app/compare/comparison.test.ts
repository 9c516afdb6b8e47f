import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topicView } from '../../model/topic-view.ts';
import { NO_EDITS } from '../../model/topics.ts';
import { farthestMoved, isBetween, placesAt, topicsThere } from './comparison.ts';

const NaN2 = [Number.NaN, Number.NaN];

describe('placesAt', () => {
  // Paper 1 exists only in the first map, one stranger only in the second.
  const maps = {
    home: Float32Array.of(0, 0, 4, 4),
    positions: Float32Array.of(2, -2, ...NaN2),
    strangerPositions: Float32Array.of(7, 8),
  };

  it.each<[number, number[]]>([
    [0, [0, 0, 4, 4, ...NaN2]],
    [0.25, [0.5, -0.5, 4, 4, ...NaN2]],
    [0.5, [1, -1, ...NaN2, 7, 8]],
    [1, [2, -2, ...NaN2, 7, 8]],
  ])('at %d', (share, places) => {
    expect(Array.from(placesAt(maps, share))).toEqual(places);
  });

  it('is exactly either map at its end, and between both on the way', () => {
    const floats = fc
      .float32Array({ minLength: 6, maxLength: 6, noNaN: true, min: -2, max: 2 })
      .map((all) => all.map((value) => value + 0));
    fc.assert(
      fc.property(floats, floats, fc.double({ min: 0, max: 1, noNaN: true }), (home, positions, share) => {
        const both = { home, positions, strangerPositions: new Float32Array() };
        expect(placesAt(both, 0)).toEqual(home);
        expect(placesAt(both, 1)).toEqual(positions);
        placesAt(both, share).forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(Math.min(home[i], positions[i]) - 1e-6);
          expect(value).toBeLessThanOrEqual(Math.max(home[i], positions[i]) + 1e-6);
        });
      }),
    );
  });
});

describe('a comparison', () => {
  it('lists those that moved most, without those of one map alone', () => {
    expect(farthestMoved(Float32Array.of(0.5, Number.NaN, 2, 0.5, 0.1), 3)).toEqual([2, 0, 3]);
  });

  it('is between the maps at neither end', () => {
    expect(
      [null, 0, 0.01, 0.99, 1].map((share) => isBetween({ comparison: share === null ? null : { share } })),
    ).toEqual([false, false, true, true, false]);
  });
});

describe('topicsThere', () => {
  const otherTopics = topicView({
    levels: 0,
    topics: [],
    paths: new Int32Array(),
    confidence: new Float32Array(),
    nearest: new Int32Array(),
    edits: NO_EDITS,
  });
  const otherPositions = Float32Array.of(1, 2);

  it("are the other map's, with its papers' places, at its end alone", () => {
    expect(topicsThere({ comparison: { share: 1, otherTopics, otherPositions } })).toEqual({
      view: otherTopics,
      positions: otherPositions,
    });
    expect(topicsThere({ comparison: { share: 0.99, otherTopics, otherPositions } })).toBeNull();
    expect(topicsThere({ comparison: { share: 1, otherTopics: null, otherPositions } })).toBeNull();
    expect(topicsThere({ comparison: null })).toBeNull();
  });
});
