import type { Coloring, PaletteTheme } from '../../render/palette.ts';
import { colorBySteps, type StepScale, stepLabels } from '../view/step-colors.ts';

/** Equal steps of the share of neighbours kept, low to high. */
const STEPS = ['0–20 % kept', '20–40 %', '40–60 %', '60–80 %', '80–100 %'] as const;

/** For each paper the step that its share of neighbours kept is in, as a legend calls it; null where it is not measured. */
export function trustLabels(shares: Float32Array | null, n: number): (string | null)[] {
  return stepLabels(scaleOf(shares), n);
}

/**
 * Colours n papers by how far their place can be trusted: the share (0…1) of their true neighbours that are their
 * neighbours on the map, in five equal steps, each closed at its lower end, and the last at both. NaN, and all papers
 * while `shares` is null, are `missing`.
 */
export function colorByTrust(shares: Float32Array | null, n: number, theme: PaletteTheme): Coloring {
  return colorBySteps(scaleOf(shares), n, theme);
}

function scaleOf(shares: Float32Array | null): StepScale {
  return { steps: STEPS, missing: 'not measured', stepOf: (paper) => stepOf(shares?.[paper] ?? Number.NaN) };
}

/** 0…4, and 5 where nothing was measured. */
function stepOf(share: number): number {
  if (Number.isNaN(share)) return STEPS.length;
  // Shares are float32: one on a border, such as 9 of 15, must not come out a little below the step that it begins.
  return Math.min(STEPS.length - 1, Math.floor(share * STEPS.length + 1e-6));
}
