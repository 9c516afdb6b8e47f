import type { ColumnValue } from '../model/paper.ts';

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
    other: '#8b95a5',
    missing: '#66707f',
  },
};

/** Numbers with more distinct values are coloured by range, others by value. */
const MAX_DISTINCT_NUMBERS = 12;

/**
 * Colours papers by a column (one value for each paper). Up to ten categories by count (ties by name), the rest is
 * `other`. Numbers with more than 12 distinct values are split into 5–7 ranges of about equal size, fewer where many
 * values are equal. null, '' and NaN are `missing`. O(n log n).
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
    if (distinct.size <= MAX_DISTINCT_NUMBERS) distinct.add(value);
  }
  return distinct.size > MAX_DISTINCT_NUMBERS;
}

function byCategory(values: readonly ColumnValue[], palette: Palette): Groups {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (!isMissing(value)) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  const names = [...counts.keys()].sort(
    (a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : a > b ? 1 : 0),
  );
  const shown = names.slice(0, palette.categories.length);
  const groups = new Map(shown.map((name, group) => [name, group]));
  const entries = [
    ...shown.map((label, i) => ({ label, color: palette.categories[i], kind: 'category' as const })),
    { label: 'other', color: palette.other, kind: 'other' as const },
    missingEntry(palette),
  ];
  const groupOf = (value: ColumnValue) =>
    isMissing(value) ? shown.length + 1 : (groups.get(String(value)) ?? shown.length);
  return { entries, groupOf };
}

function byRange(values: readonly ColumnValue[], palette: Palette): Groups {
  const sorted = Float64Array.from(
    values.filter((value) => typeof value === 'number' && Number.isFinite(value)),
  ).sort();
  const starts = rangeStarts(sorted, sorted.length < 60 ? 5 : sorted.length < 300 ? 6 : 7);
  const rangeOf = (value: number) => {
    let range = starts.length - 1;
    while (range > 0 && value < sorted[starts[range]]) range--;
    return range;
  };
  const entries = starts.map((start, range) => {
    const end = (starts[range + 1] ?? sorted.length) - 1;
    const color = palette.ramp[Math.round((range * (palette.ramp.length - 1)) / Math.max(starts.length - 1, 1))];
    return { label: rangeLabel(sorted[start], sorted[end]), color, kind: 'range' as const, from: sorted[start] };
  });
  const groupOf = (value: ColumnValue) =>
    typeof value === 'number' && Number.isFinite(value) ? rangeOf(value) : starts.length;
  return { entries: [...entries, missingEntry(palette)], groupOf };
}

/** Where each range begins in the sorted values; equal values share a range. */
function rangeStarts(sorted: Float64Array, wanted: number): number[] {
  const starts = [0];
  for (let range = 1; range < wanted; range++) {
    const even = Math.round((range * sorted.length) / wanted);
    let before = even;
    let after = even;
    while (before > 0 && sorted[before] === sorted[before - 1]) before--;
    while (after < sorted.length && sorted[after] === sorted[after - 1]) after++;
    const start = even - before <= after - even ? before : after;
    if (start > starts[starts.length - 1] && start < sorted.length) starts.push(start);
  }
  return starts;
}

/** Names the smallest and largest value in the range, not its borders: ranges of years read `2015–2017`. */
function rangeLabel(low: number, high: number): string {
  return low === high ? numberLabel(low) : `${numberLabel(low)}–${numberLabel(high)}`;
}

function numberLabel(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  return String(Number(value.toPrecision(4)));
}

function missingEntry(palette: Palette): LegendGroup {
  return { label: 'missing', color: palette.missing, kind: 'missing' };
}
