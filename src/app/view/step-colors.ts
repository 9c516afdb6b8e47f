import { type Coloring, type LegendEntry, PALETTES, type PaletteTheme } from '../../render/palette.ts';

/** A scale in few steps, low to high. */
export interface StepScale {
  /** What each step is called in a legend. */
  readonly steps: readonly string[];
  /** What papers without a step are called. */
  readonly missing: string;
  /** The step of a paper, `steps.length` for none. */
  readonly stepOf: (paper: number) => number;
}

/** For each of n papers the step that it is in, as a legend calls it; null for none. */
export function stepLabels({ steps, stepOf }: StepScale, n: number): (string | null)[] {
  return Array.from({ length: n }, (_, i) => steps[stepOf(i)] ?? null);
}

/** Colours n papers by their steps, evenly along the ramp; all steps are in the legend, and `missing` where there is any. */
export function colorBySteps({ steps, missing, stepOf }: StepScale, n: number, theme: PaletteTheme): Coloring {
  const { ramp, missing: none } = PALETTES[theme];
  const colors = [...steps.map((_, step) => ramp[Math.round((step * (ramp.length - 1)) / (steps.length - 1))]), none];
  const numbers = colors.map((color) => Number.parseInt(color.slice(1), 16));
  const counts = new Array<number>(colors.length).fill(0);
  const rgb = new Uint8Array(3 * n);
  for (let i = 0; i < n; i++) {
    const step = stepOf(i);
    counts[step]++;
    rgb[3 * i] = numbers[step] >> 16;
    rgb[3 * i + 1] = (numbers[step] >> 8) & 255;
    rgb[3 * i + 2] = numbers[step] & 255;
  }
  const legend = colors.map(
    (color, step): LegendEntry => ({
      label: steps[step] ?? missing,
      color,
      count: counts[step],
      kind: step < steps.length ? 'range' : 'missing',
    }),
  );
  return { rgb, legend: legend.filter(({ kind, count }) => kind === 'range' || count > 0) };
}
