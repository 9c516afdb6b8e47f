import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../../src/math/random.ts';
import { topicTree } from '../../../src/model/map-file/fixtures/topic-tree.ts';
import { topicView } from '../../../src/model/topic-view.ts';
import { NO_EDITS } from '../../../src/model/topics.ts';
import { solveTopicLabels, visibleLabels } from '../../../src/render/labels/labels.ts';
import { nameFaults } from './name-faults.ts';

const N = 800;
const SIZE = { widthPx: 1440, heightPx: 900 };

/** Two topics of two parts. `place` gives a paper's place by its number within its topic. */
function mapOf(place: (top: number, i: number, random: () => number) => [number, number]) {
  const view = topicView({ ...topicTree(N, 2, 'maps'), edits: NO_EDITS });
  const random = makeRandom(9);
  const seen = [0, 0];
  const positions = Float32Array.from(
    Array.from({ length: N }, (_, paper) => {
      const top = Math.max(0, view.tops.indexOf(view.paths[paper * view.levels]));
      return place(top, seen[top]++, random);
    }).flat(),
  );
  return { view, positions };
}

const shapes: Record<string, Parameters<typeof mapOf>[0]> = {
  'in several pieces, with a knot of copies apart': (top, i, random) => {
    if (i < 150) return [1.4 * top - 0.7, 0.9 + 0.0005 * random()];
    const piece = i % 4;
    return [1.6 * top - 1 + 0.2 * piece + 0.12 * random(), -0.6 + 0.2 * piece + 0.12 * random()];
  },
  'as rings in each other': (top, _, random) => {
    const angle = 2 * Math.PI * random();
    const far = (top === 0 ? 0.4 : 0.9) + 0.05 * random();
    return [far * Math.cos(angle), far * Math.sin(angle)];
  },
  'long and thin': (top, i, random) => [-1 + (2 * i) / N, top - 0.5 + 0.01 * random()],
  'scattered as dust': (_, __, random) => [2 * random() - 1, 2 * random() - 1],
  'all at one place': (top) => [top, 0],
};

describe('names stand where their topic is', () => {
  it.each(Object.keys(shapes))('%s', (shape) => {
    for (const size of [SIZE, { widthPx: 820, heightPx: 1180 }, { widthPx: 360, heightPx: 740 }]) {
      const found = nameFaults(mapOf(shapes[shape]), size);
      expect(found.names).toBeGreaterThan(0);
      expect(found).toMatchObject({ far: 0, onSpecks: 0, lines: [] });
    }
  });

  it('and go along when the papers move a little', () => {
    const map = mapOf(shapes['in several pieces, with a knot of copies apart']);
    const setting = { fitScale: 400, isNarrow: false, widthOf: (text: string) => 7 * text.length };
    const before = solveTopicLabels(map.view, map.positions, setting);
    const random = makeRandom(3);
    const moved = map.positions.map((value) => value + 0.004 * random());
    const after = solveTopicLabels(map.view, moved, setting, before.papers);
    expect([...after.papers]).toEqual([...before.papers]);
  });

  it('at their second piece where the first is out of view, and once where both are in view', () => {
    const { view, positions } = mapOf((top, i, random) => {
      return [(i % 5 < 3 ? -0.9 : 0.9) + 0.1 * random(), 1.4 * top - 0.7 + 0.1 * random()];
    });
    const setting = { fitScale: 400, isNarrow: false, widthOf: (text: string) => 7 * text.length };
    const { intervals } = solveTopicLabels(view, positions, setting);
    const idsAt = (x: number, widthPx: number): number[] =>
      visibleLabels(intervals, { center: { x, y: 0 }, scale: 400, widthPx, heightPx: 900 }, 20)
        .map(({ index }) => intervals.candidates[index].id)
        .filter((id) => view.tops.includes(id))
        .sort();
    expect(idsAt(0, 1440)).toEqual(view.tops.toSorted());
    expect(idsAt(0.95, 500)).toEqual(view.tops.toSorted());
    expect(idsAt(-0.85, 500)).toEqual(view.tops.toSorted());
  });
});
