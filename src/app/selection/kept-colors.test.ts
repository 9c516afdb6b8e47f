import { describe, expect, it } from 'vitest';
import { PALETTES } from '../../render/palette.ts';
import { colorByKept, keptNames } from './kept-colors.ts';

const KEPT = [
  { id: 0, name: 'first', hue: 3, papers: Int32Array.of(0, 1, 2) },
  { id: 1, name: 'second', hue: 5, papers: Int32Array.of(2, 4) },
];

describe('colours of kept selections', () => {
  it('are the hues of the theme; a paper in two has that of the last', () => {
    for (const theme of ['light', 'dark'] as const) {
      const { categories, missing } = PALETTES[theme];
      const { rgb, legend } = colorByKept(KEPT, 5, theme);
      const hex = Array.from({ length: 5 }, (_, i) => `#${Buffer.from(rgb.slice(3 * i, 3 * i + 3)).toString('hex')}`);
      expect(hex).toEqual([categories[3], categories[3], categories[5], missing, categories[5]]);
      expect(legend.map(({ label, count }) => [label, count])).toEqual([
        ['first', 2],
        ['second', 2],
        ['in none', 1],
      ]);
    }
  });

  it('come with the names that papers are counted by', () => {
    expect(keptNames(KEPT, 5)).toEqual(['first', 'first', 'second', null, 'second']);
  });
});
