import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areApart, HUES } from '../model/hues.ts';
import type { ColumnValue } from '../model/paper.ts';
import { contrast, deltaE2000, lab, leastDeltaE, okLab, SIGHTS, type Sight } from './fixtures/color-sight.ts';
import { colorBy, PALETTES, type PaletteTheme } from './palette.ts';

function leastDistance(colors: readonly string[], sight: Sight): number {
  let least = Infinity;
  for (const [i, a] of colors.entries()) {
    for (const b of colors.slice(i + 1)) {
      const [p, q] = [okLab(a, sight), okLab(b, sight)];
      least = Math.min(least, Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
    }
  }
  return least;
}

describe('palette', () => {
  for (const theme of ['light', 'dark'] as const) {
    const { background, categories, ramp, poles, other, missing } = PALETTES[theme];

    it(`stands out from the ${theme} background by 3:1`, () => {
      for (const color of [...categories, ...ramp, ...poles, other, missing]) {
        expect(contrast(color, background)).toBeGreaterThanOrEqual(3);
      }
    });

    it(`has ${HUES} ${theme} categories, no two of which look alike`, () => {
      expect(categories).toHaveLength(HUES);
      for (const [i, a] of categories.entries()) {
        for (const b of categories.slice(i + 1)) {
          expect(deltaE2000(lab(a, 'normal'), lab(b, 'normal'))).toBeGreaterThan(11);
        }
      }
    });

    it(`has a ${theme} ramp of steps that differ and brighten evenly`, () => {
      for (const sight of SIGHTS) expect(leastDistance(ramp, sight)).toBeGreaterThan(0.045);
      const lightness = ramp.map((color) => okLab(color, 'normal')[0]);
      for (let i = 1; i < ramp.length; i++) expect(lightness[i]).toBeGreaterThan(lightness[i - 1]);
    });
  }
});

it('knows which hues everybody tells apart in both themes, and each has enough of them', () => {
  for (let a = 0; a < HUES; a++) {
    let partners = 0;
    for (let b = 0; b < HUES; b++) {
      const least = (theme: PaletteTheme): number =>
        leastDeltaE(PALETTES[theme].categories[a], PALETTES[theme].categories[b]);
      const isApart = a !== b && least('light') >= 20 && least('dark') >= 20;
      expect(areApart(a, b), `${a} and ${b}`).toBe(isApart);
      if (isApart) partners++;
    }
    expect(partners).toBeGreaterThan(10);
  }
});

it('measures differences as the reference does (Sharma, Wu & Dalal 2005, table 1, pairs 1, 7, 17, 24)', () => {
  expect(deltaE2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(deltaE2000([50, 0, 0], [50, -1, 2])).toBeCloseTo(2.3669, 4);
  expect(deltaE2000([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
  expect(deltaE2000([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 4);
});

describe('colorBy', () => {
  it('takes as many categories as there are hues, by count, ties by name, then other and missing', () => {
    const values: ColumnValue[] = [null, ''];
    const nameOf = (group: number) => `group ${String(group).padStart(2, '0')}`;
    for (let group = 0; group < HUES + 3; group++) {
      for (let i = 0; i < (group < 3 ? 5 - group : 2); i++) values.push(nameOf(HUES + 2 - group));
    }
    const { legend, rgb } = colorBy(values, 'light');
    expect(legend.map((entry) => entry.label)).toEqual([
      ...[HUES + 2, HUES + 1, HUES].map(nameOf),
      ...Array.from({ length: HUES - 3 }, (_, i) => nameOf(i)),
      'other values',
      'no value',
    ]);
    expect(legend.map((entry) => entry.count)).toEqual([5, 4, 3, ...Array<number>(HUES - 3).fill(2), 6, 2]);
    expect(Array.from(rgb.subarray(0, 3))).toEqual([0x8a, 0x87, 0x7f]);
    expect(Array.from(rgb.subarray(6, 9))).toEqual([0x61, 0x6b, 0xfa]);
  });

  it('puts numbers into ranges named by what they hold', () => {
    const years = Array.from({ length: 400 }, (_, i) => 2000 + (i % 21));
    const { legend } = colorBy([...years, null, NaN], 'dark');
    expect(legend.map((entry) => entry.kind)).toEqual([...Array<string>(7).fill('range'), 'missing']);
    expect(legend[0].label).toBe('2000–2002');
    expect(legend[6].label).toBe('2018–2020');
    expect(legend[7].count).toBe(2);
    expect(legend[0].color).toBe(PALETTES.dark.ramp[0]);
    expect(legend[6].color).toBe(PALETTES.dark.ramp[6]);
  });

  it('orders few numbers by themselves, not by count, and truth values not at all', () => {
    const stars = colorBy([5, 5, 5, 1, 3, 3, 4], 'light').legend;
    expect(stars.map(({ label, count, kind }) => `${label} ${count} ${kind}`)).toEqual([
      '1 1 range',
      '3 2 range',
      '4 1 range',
      '5 3 range',
    ]);
    expect(stars[0].color).toBe(PALETTES.light.ramp[0]);
    expect(stars[3].color).toBe(PALETTES.light.ramp[6]);
    expect(colorBy([true, false, true], 'light').legend.map((entry) => entry.kind)).toEqual(['category', 'category']);
    expect(colorBy([], 'light').legend).toEqual([]);
  });

  it('gives both ends of numbers around 0 a colour of their own, and splits them there', () => {
    const { poles } = PALETTES.dark;
    const few = colorBy([-2, -1, 0, 1, 2, 2], 'dark').legend;
    expect(few.map(({ label }) => label)).toEqual(['−2', '−1', '0', '1', '2']);
    expect([few[0].color, few[2].color, few[4].color]).toEqual([poles[0], poles[3], poles[6]]);
    const many = colorBy(
      Array.from({ length: 200 }, (_, i) => i / 100 - 1),
      'dark',
    ).legend;
    expect(many).toHaveLength(6);
    expect(many[3].from).toBe(0);
    expect(many[0].label).toMatch(/^−1 to −0\.\d+$/u);
    expect([many[0].color, many[5].color]).toEqual([poles[0], poles[6]]);
    const wide = colorBy([...Array.from({ length: 99 }, (_, i) => i), 1e300], 'dark').legend;
    expect(wide[wide.length - 1].label).toMatch(/^\d+ to 1e\+300$/u);
    // One number below 0 in twenty makes no middle.
    const mostlyAbove = colorBy([-1, ...Array.from({ length: 19 }, (_, i) => i + 1)], 'dark').legend;
    expect(mostlyAbove[0].color).toBe(PALETTES.dark.ramp[0]);
  });

  it('knows the order of common words in any case, and of a scale with a neutral middle', () => {
    const labels = (values: string[]) => colorBy(values, 'light').legend.map(({ label }) => label);
    expect(labels(['High', 'low', 'Medium', 'High'])).toEqual(['low', 'Medium', 'High']);
    expect(labels(['Sunday', 'Monday', 'Friday', 'Friday'])).toEqual(['Monday', 'Friday', 'Sunday']);
    expect(labels(['Sunday', 'Monday', 'birthday', 'birthday'])).toEqual(['birthday', 'Monday', 'Sunday']);
    const moods = colorBy(['positive', 'negative', 'neutral'], 'light').legend;
    const { poles } = PALETTES.light;
    expect(moods.map(({ label, color }) => [label, color])).toEqual([
      ['negative', poles[0]],
      ['neutral', poles[3]],
      ['positive', poles[6]],
    ]);
  });

  it('keeps a value called “no value” or “missing” apart from papers without one', () => {
    const { legend } = colorBy(['missing', 'no value', null, 'missing'], 'light');
    expect(legend.map(({ label, kind, count }) => [label, kind, count])).toEqual([
      ['missing', 'category', 2],
      ['no value', 'category', 1],
      ['no value', 'missing', 1],
    ]);
  });

  it('counts every paper once, whatever the values', () => {
    const value = fc.oneof(fc.constant(null), fc.boolean(), fc.double(), fc.integer({ max: 30, min: 0 }), fc.string());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), (values) => {
        const { legend, rgb } = colorBy(values, 'dark');
        expect(legend.reduce((sum, entry) => sum + entry.count, 0)).toBe(values.length);
        expect(rgb).toHaveLength(values.length * 3);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 200 }), (values) => {
        const { legend } = colorBy(values, 'dark');
        expect(legend.reduce((sum, entry) => sum + entry.count, 0)).toBe(values.length);
      }),
    );
  });
});
