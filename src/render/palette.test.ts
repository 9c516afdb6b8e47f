import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnValue } from '../model/paper.ts';
import { colorBy, PALETTES } from './palette.ts';

type Triple = readonly [number, number, number];

/** Linear RGB of `#rrggbb`. */
function linear(hex: string): Triple {
  const channel = (at: number) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2 contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = linear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return high / low;
}

/** Machado, Oliveira & Fernandes 2009, table 1, severity 1.0, on linear RGB. */
const SIGHT: Record<string, readonly Triple[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};

function apply(rows: readonly Triple[], [a, b, c]: Triple): Triple {
  const dot = ([x, y, z]: Triple) => x * a + y * b + z * c;
  return [dot(rows[0]), dot(rows[1]), dot(rows[2])];
}

/** OKLab of a colour as it is seen (Ottosson 2020). */
function seen(hex: string, sight: string): Triple {
  const clipped = apply(SIGHT[sight], linear(hex)).map((v) => Math.min(Math.max(v, 0), 1));
  const cones = apply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    [clipped[0], clipped[1], clipped[2]],
  ).map(Math.cbrt);
  return apply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [cones[0], cones[1], cones[2]],
  );
}

function leastDistance(colors: readonly string[], sight: string): number {
  let least = Infinity;
  for (const [i, a] of colors.entries()) {
    for (const b of colors.slice(i + 1)) {
      const [p, q] = [seen(a, sight), seen(b, sight)];
      least = Math.min(least, Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
    }
  }
  return least;
}

describe('palette', () => {
  for (const theme of ['light', 'dark'] as const) {
    const { background, categories, ramp, other, missing } = PALETTES[theme];

    it(`stands out from the ${theme} background by 3:1`, () => {
      for (const color of [...categories, ...ramp, other, missing]) {
        expect(contrast(color, background)).toBeGreaterThanOrEqual(3);
      }
    });

    it(`has ${theme} categories that differ, also without red or green sight`, () => {
      expect(categories).toHaveLength(10);
      expect(leastDistance(categories, 'normal')).toBeGreaterThan(0.12);
      expect(leastDistance(categories, 'deuteranopia')).toBeGreaterThan(0.085);
      expect(leastDistance(categories, 'protanopia')).toBeGreaterThan(0.085);
    });

    it(`has a ${theme} ramp of steps that differ and brighten evenly`, () => {
      for (const sight of Object.keys(SIGHT)) expect(leastDistance(ramp, sight)).toBeGreaterThan(0.05);
      const lightness = ramp.map((color) => seen(color, 'normal')[0]);
      for (let i = 1; i < ramp.length; i++) expect(lightness[i]).toBeGreaterThan(lightness[i - 1]);
    });
  }
});

describe('colorBy', () => {
  it('takes the ten most frequent categories, ties by name, then other and missing', () => {
    const values: ColumnValue[] = [null, ''];
    for (let group = 0; group < 13; group++) {
      for (let i = 0; i < (group < 3 ? 5 - group : 2); i++) values.push(`group ${String(12 - group).padStart(2, '0')}`);
    }
    const { legend, rgb } = colorBy(values, 'light');
    expect(legend.map((entry) => entry.label)).toEqual([
      'group 12',
      'group 11',
      'group 10',
      ...['00', '01', '02', '03', '04', '05', '06'].map((name) => `group ${name}`),
      'other',
      'missing',
    ]);
    expect(legend.map((entry) => entry.count)).toEqual([5, 4, 3, 2, 2, 2, 2, 2, 2, 2, 6, 2]);
    expect(Array.from(rgb.subarray(0, 3))).toEqual([0x8a, 0x87, 0x7f]);
    expect(Array.from(rgb.subarray(6, 9))).toEqual([0x53, 0x78, 0xd4]);
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

  it('takes few numbers and truth values as categories', () => {
    expect(colorBy([1, 2, 2], 'light').legend.map((entry) => entry.label)).toEqual(['2', '1']);
    expect(colorBy([true, false, true], 'light').legend.map((entry) => entry.label)).toEqual(['true', 'false']);
    expect(colorBy([], 'light').legend).toEqual([]);
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
