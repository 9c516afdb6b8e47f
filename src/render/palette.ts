import type { ColumnValue } from '../model/paper.ts';
import { MAX_DISTINCT_NUMBERS, poleColors, rampColors, startsAround, startsOf } from './ordered-steps.ts';
import { type OrderedWords, orderOfWords } from './ordered-words.ts';

/** The two sets of colours; each is made for its background. */
export type PaletteTheme = 'light' | 'dark';

/** One line of the legend. */
export interface LegendEntry {
  readonly label: string;
  /** `#rrggbb`. */
  readonly color: string;
  /** Papers of this colour. */
  readonly count: number;
  readonly kind: 'category' | 'range' | 'other' | 'missing';
  /** The minimum of a range. */
  readonly from?: number;
}

/** Colours of all papers and what they mean. */
export interface Coloring {
  /** n×3. */
  readonly rgb: Uint8Array;
  /** Categories by count, ranges from low to high; then other, then missing. */
  readonly legend: readonly LegendEntry[];
}

/** The colours of one theme, `#rrggbb`. */
export interface Palette {
  readonly background: string;
  /** {@link HUES} colours; the same index has a related hue in both themes. */
  readonly categories: readonly string[];
  /** Seven steps from low to high, evenly spaced in OKLab. */
  readonly ramp: readonly string[];
  /** Seven steps from one end over a middle to the other: cold, neutral, warm. */
  readonly poles: readonly string[];
  readonly other: string;
  readonly missing: string;
}

/**
 * The categories were found by annealing (`node e2e/bench/find-palette.mjs`, which says how): as most people see them,
 * all differ by a CIEDE2000 of at least 11; each is told apart from at least eleven others by 20 and more, in both
 * themes, and also without red, green or blue cones (Machado, Oliveira & Fernandes 2009). No 24 colours are all told
 * apart without one kind of cones, hence topics that touch get some that are (`src/math/topic-hues.ts`). Every colour
 * contrasts with the background by 3:1. The ramps are evenly spaced in OKLab.
 */
export const PALETTES: Readonly<Record<PaletteTheme, Palette>> = {
  light: {
    background: '#f7f4ec',
    categories: [
      '#616bfa',
      '#900e26',
      '#609874',
      '#af8020',
      '#b167f7',
      '#4996a7',
      '#5f2937',
      '#b17b5d',
      '#453d6d',
      '#611d55',
      '#6b41d3',
      '#4c0faa',
      '#c34b2e',
      '#35877d',
      '#8881b7',
      '#0e492a',
      '#e36368',
      '#4190cd',
      '#5b4c0d',
      '#593301',
      '#0f4064',
      '#d36614',
      '#8e8f2b',
      '#6e1c05',
    ],
    ramp: ['#0f1d67', '#003969', '#004e67', '#2a6161', '#537156', '#7f7c41', '#b08202'],
    poles: ['#0b3c8c', '#2f63b8', '#5f86c4', '#8f8299', '#b9773a', '#a34a10', '#6e2a02'],
    other: '#6f6c66',
    missing: '#8a877f',
  },
  dark: {
    background: '#0e1726',
    categories: [
      '#8f9eef',
      '#cc1137',
      '#abe4bd',
      '#c7b77c',
      '#c691fe',
      '#95e2f5',
      '#b63c62',
      '#faca9d',
      '#596294',
      '#8c5d81',
      '#8c69fc',
      '#8c3fce',
      '#e08d5d',
      '#67eede',
      '#c9c2fc',
      '#127946',
      '#fab8a8',
      '#26b7d3',
      '#7c7d0f',
      '#a9513c',
      '#2d6e8b',
      '#ecaa0b',
      '#dbdd4f',
      '#9d5d03',
    ],
    ramp: ['#3e66c1', '#3a87bf', '#49a2b8', '#6abbad', '#95cf9c', '#c7e082', '#feeb56'],
    poles: ['#8fd0ff', '#5ea9ee', '#4a83bd', '#8a7c9c', '#c9803f', '#f0a24e', '#ffd08a'],
    other: '#8b95a5',
    missing: '#66707f',
  },
};

/** Numbers have a middle, 0, where at least this share of them lies on either side of it. */
const LEAST_SIDE = 0.1;

/**
 * Colours papers by a column (one value for each paper). Numbers are ordered: a step for each value, or with more than
 * 12 distinct ones 5–7 ranges of about equal size, fewer where many values are equal; from cold over neutral to warm
 * where a tenth of them and more is below 0 and as many above. So are words of a known order (`orderOfWords`).
 * Otherwise up to {@link HUES} categories by count (ties by name), the rest is `other`. null, '' and NaN are `missing`.
 * O(n log n).
 */
export function colorBy(values: readonly ColumnValue[], theme: PaletteTheme): Coloring {
  const palette = PALETTES[theme];
  const groups = isNumeric(values) ? byRange(values, palette) : byCategory(values, palette);
  const { rgb, legend } = colorGroups(values.length, groups.entries, (paper) => groups.groupOf(values[paper]));
  return { rgb, legend: legend.filter(({ count }) => count > 0) };
}

/** A line of the legend before its papers are counted. */
export type LegendGroup = Omit<LegendEntry, 'count'>;

/** Gives n papers the colours of their groups; the legend lists every group, even an empty one. O(n). */
export function colorGroups(n: number, groups: readonly LegendGroup[], groupOf: (paper: number) => number): Coloring {
  const colors = groups.map(({ color }) => Number.parseInt(color.slice(1), 16));
  const counts = new Uint32Array(groups.length);
  const rgb = new Uint8Array(3 * n);
  for (let i = 0; i < n; i++) {
    const group = groupOf(i);
    counts[group]++;
    rgb[3 * i] = colors[group] >> 16;
    rgb[3 * i + 1] = (colors[group] >> 8) & 255;
    rgb[3 * i + 2] = colors[group] & 255;
  }
  return { rgb, legend: groups.map((group, i) => ({ ...group, count: counts[i] })) };
}

interface Groups {
  readonly entries: readonly LegendGroup[];
  groupOf(value: ColumnValue): number;
}

function isMissing(value: ColumnValue): boolean {
  return value === null || value === '' || (typeof value === 'number' && !Number.isFinite(value));
}

function isNumeric(values: readonly ColumnValue[]): boolean {
  const distinct = new Set<number>();
  for (const value of values) {
    if (isMissing(value)) continue;
    if (typeof value !== 'number') return false;
    if (distinct.size < 2) distinct.add(value);
  }
  return distinct.size > 1;
}

function byCategory(values: readonly ColumnValue[], palette: Palette): Groups {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (!isMissing(value)) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  const names = [...counts.keys()].sort(
    (a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : a > b ? 1 : 0),
  );
  const order = names.length <= MAX_DISTINCT_NUMBERS ? orderOfWords(names) : null;
  if (order) return byOrder(order, palette);
  const shown = names.slice(0, palette.categories.length);
  const groups = new Map(shown.map((name, group) => [name, group]));
  const entries = [
    ...shown.map((label, i) => ({ label, color: palette.categories[i], kind: 'category' as const })),
    { label: 'other values', color: palette.other, kind: 'other' as const },
    missingEntry(palette),
  ];
  const groupOf = (value: ColumnValue) =>
    isMissing(value) ? shown.length + 1 : (groups.get(String(value)) ?? shown.length);
  return { entries, groupOf };
}

/** Words in their own order, coloured by step. */
function byOrder({ values, middle }: OrderedWords, palette: Palette): Groups {
  const colors = middle
    ? poleColors([middle.below, values.length - middle.below - middle.above, middle.above], palette.poles)
    : rampColors(values.length, palette.ramp);
  const places = new Map(values.map((value, place) => [value, place]));
  const entries = values.map((label, i) => ({ label, color: colors[i], kind: 'range' as const }));
  const groupOf = (value: ColumnValue) =>
    isMissing(value) ? values.length : (places.get(String(value)) ?? values.length);
  return { entries: [...entries, missingEntry(palette)], groupOf };
}

function byRange(values: readonly ColumnValue[], palette: Palette): Groups {
  const sorted = Float64Array.from(
    values.filter((value) => typeof value === 'number' && Number.isFinite(value)),
  ).sort();
  const below = sorted.findIndex((value) => value >= 0);
  const above = sorted.length - sorted.findLastIndex((value) => value <= 0) - 1;
  const hasMiddle = below >= LEAST_SIDE * sorted.length && above >= LEAST_SIDE * sorted.length;
  const starts = hasMiddle ? startsAround(sorted, below) : startsOf(sorted);
  const rangeOf = (value: number) => {
    let range = starts.length - 1;
    while (range > 0 && value < sorted[starts[range]]) range--;
    return range;
  };
  const negative = starts.filter((start) => sorted[start] < 0).length;
  const zeros = starts.filter(
    (start, range) => sorted[start] === 0 && sorted[endOf(sorted, starts, range)] === 0,
  ).length;
  const colors = hasMiddle
    ? poleColors([negative, zeros, starts.length - negative - zeros], palette.poles)
    : rampColors(starts.length, palette.ramp);
  const entries = starts.map((start, range) => ({
    label: rangeLabel(sorted[start], sorted[endOf(sorted, starts, range)]),
    color: colors[range],
    kind: 'range' as const,
    from: sorted[start],
  }));
  const groupOf = (value: ColumnValue) =>
    typeof value === 'number' && Number.isFinite(value) ? rangeOf(value) : starts.length;
  return { entries: [...entries, missingEntry(palette)], groupOf };
}

/** The last index of a range. */
function endOf(sorted: Float64Array, starts: readonly number[], range: number): number {
  return (starts[range + 1] ?? sorted.length) - 1;
}

/**
 * Names the smallest and largest value in the range, not its borders: ranges of years read `2015–2017`. A sign or an
 * exponent beside a dash cannot be read, hence `−50 to −37` and `774 to 1e+300`.
 */
function rangeLabel(low: number, high: number): string {
  const [from, to] = [numberLabel(low), numberLabel(high)];
  if (low === high) return from;
  return /[−e]/u.test(from + to) ? `${from} to ${to}` : `${from}–${to}`;
}

function numberLabel(value: number): string {
  const short = Number.isInteger(value) && Math.abs(value) < 1e6 ? value : Number(value.toPrecision(4));
  return String(short).replaceAll('-', '−');
}

function missingEntry(palette: Palette): LegendGroup {
  return { label: 'no value', color: palette.missing, kind: 'missing' };
}
