import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../../src/math/random.ts';
import { tileTopics } from './tile-topics.ts';

describe('tileTopics', () => {
  it('puts papers of the same tile together, in the corners too', () => {
    const positions = Float32Array.of(-3, -1, -2.9, -0.9, 29, 31, 28.5, 30.5, 29, -1, -3, 31);
    const { groups, groupOf } = tileTopics(positions, Array<string>(6).fill('owl'));
    expect([...groupOf]).toEqual([0, 0, 1, 1, 2, 3]);
    expect(groups.map(({ size }) => size)).toEqual([2, 2, 1, 1]);
  });

  it('does not care for the unit of the map', () => {
    const random = makeRandom(5);
    const positions = Float32Array.from({ length: 400 }, () => Math.fround(random()));
    const texts = Array<string>(200).fill('owl');
    const doubled = positions.map((value) => value * 64 - 16);
    expect(tileTopics(doubled, texts).groupOf).toEqual(tileTopics(positions, texts).groupOf);
  });

  it('names a tile by TF-IDF over tiles: often here beats everywhere, stop words and single letters are none', () => {
    const positions = Float32Array.of(0, 0, 0, 0, 10, 10, 10, 0);
    const { groups } = tileTopics(positions, [
      'The nest of an owl, an owl!',
      'x owl bird',
      'bird heron heron pond nest wing feather',
      'bird crow',
    ]);
    // bird stands in three tiles of three, nest in two: 3 · (ln(4/2) + 1), 1 · (ln(4/3) + 1), 1 · 1.
    expect(groups[0].phrases).toEqual(['owl', 'nest', 'bird']);
    expect(groups[1].phrases).toEqual(['heron', 'feather', 'pond', 'wing']);
    expect(groups[2].phrases).toEqual(['crow', 'bird']);
  });

  it('takes papers that all stand in one place', () => {
    const { groups, groupOf } = tileTopics(new Float32Array(6).fill(2), ['a', 'b', 'c']);
    expect([...groupOf]).toEqual([0, 0, 0]);
    expect(groups).toEqual([{ id: 0, phrases: [], parent: -1, size: 3 }]);
  });
});
