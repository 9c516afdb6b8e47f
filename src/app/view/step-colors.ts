import { type Coloring, colorGroups, type LegendGroup, PALETTES, type PaletteTheme } from '../../render/palette.ts';

/** Lower borders of all drift steps but the first, in shares of the map's mean radius. */
const DRIFT_BORDERS = [0.1, 0.2, 0.4, 0.8] as const;
const DRIFT_STEPS = ['moved < 10 % of the radius', '10–20 %', '20–40 %', '40–80 %', '80 % or more'] as const;

/** Equal steps of the share of neighbours kept, in ascending order. */
const TRUST_STEPS = ['0–20 % kept', '20–40 %', '40–60 %', '60–80 %', '80–100 %'] as const;

/** For each paper, the legend label of its drift step; null for papers that only this map has. */
export function driftLabels(drift: Float32Array): (string | null)[] {
  return stepLabels(driftScale(drift), drift.length);
}

/** Colours papers by drift in steps closed at their lower end. NaN, for papers that only this map has, is `missing`. */
export function colorByDrift(drift: Float32Array, theme: PaletteTheme): Coloring {
  return colorBySteps(driftScale(drift), drift.length, theme);
}

/** For each paper, the legend label of its trust step; null where it was not measured. */
export function trustLabels(shares: Float32Array | null, n: number): (string | null)[] {
  return stepLabels(trustScale(shares), n);
}

/**
 * Colours n papers by how far their position can be trusted: the share (0…1) of true neighbours that are also
 * neighbours on the map, in five equal steps that include their lower end (the last one both). NaN is `missing`, and so
 * are all papers while `shares` is null.
 */
export function colorByTrust(shares: Float32Array | null, n: number, theme: PaletteTheme): Coloring {
  return colorBySteps(trustScale(shares), n, theme);
}

function driftScale(drift: Float32Array): StepScale {
  return { steps: DRIFT_STEPS, missing: 'in this map alone', stepOf: (paper) => driftStep(drift[paper]) };
}

/** The step 0…4, or 5 for NaN. */
function driftStep(drift: number): number {
  if (Number.isNaN(drift)) return DRIFT_STEPS.length;
  const step = DRIFT_BORDERS.findIndex((border) => drift < border);
  return step < 0 ? DRIFT_BORDERS.length : step;
}

function trustScale(shares: Float32Array | null): StepScale {
  return { steps: TRUST_STEPS, missing: 'not measured', stepOf: (paper) => trustStep(shares?.[paper] ?? Number.NaN) };
}

/** The step 0…4, or 5 when not measured. */
function trustStep(share: number): number {
  if (Number.isNaN(share)) return TRUST_STEPS.length;
  // Shares are float32: one on a border, such as 9 of 15, must not fall below the step that it begins.
  return Math.min(TRUST_STEPS.length - 1, Math.floor(share * TRUST_STEPS.length + 1e-6));
}

/** A scale with few steps, in ascending order. */
interface StepScale {
  /** Legend labels of the steps. */
  readonly steps: readonly string[];
  /** Legend label of papers without a step. */
  readonly missing: string;
  /** A paper's step, or `steps.length` for none. */
  readonly stepOf: (paper: number) => number;
}

/** For each of n papers, the legend label of its step; null for none. */
function stepLabels({ steps, stepOf }: StepScale, n: number): (string | null)[] {
  return Array.from({ length: n }, (_, i) => steps[stepOf(i)] ?? null);
}

/** Colours n papers evenly along the ramp. The legend has every step, and `missing` if any paper has none. */
function colorBySteps({ steps, missing, stepOf }: StepScale, n: number, theme: PaletteTheme): Coloring {
  const { ramp, missing: none } = PALETTES[theme];
  const colors = [...steps.map((_, step) => ramp[Math.round((step * (ramp.length - 1)) / (steps.length - 1))]), none];
  const groups = colors.map(
    (color, step): LegendGroup => ({
      label: steps[step] ?? missing,
      color,
      kind: step < steps.length ? 'range' : 'missing',
    }),
  );
  const { rgb, legend } = colorGroups(n, groups, stepOf);
  return { rgb, legend: legend.filter(({ kind, count }) => kind === 'range' || count > 0) };
}
