import type { Coloring, PaletteTheme } from '../../render/palette.ts';
import { colorBySteps, type StepScale, stepLabels } from '../view/step-colors.ts';

/** Where each step of drift but the first begins, in shares of the map's mean radius. */
const BORDERS = [0.1, 0.2, 0.4, 0.8] as const;
const STEPS = ['moved < 10 % of the radius', '10–20 %', '20–40 %', '40–80 %', '80 % or more'] as const;

/** For each paper the step that its drift is in, as a legend calls it; null for one of this map alone. */
export function driftLabels(drift: Float32Array): (string | null)[] {
  return stepLabels(scaleOf(drift), drift.length);
}

/** Colours papers by their drift between two maps, each step closed at its lower end; NaN, of this map alone, is `missing`. */
export function colorByDrift(drift: Float32Array, theme: PaletteTheme): Coloring {
  return colorBySteps(scaleOf(drift), drift.length, theme);
}

function scaleOf(drift: Float32Array): StepScale {
  return { steps: STEPS, missing: 'in this map alone', stepOf: (paper) => stepOf(drift[paper]) };
}

/** 0…4, and 5 for NaN. */
function stepOf(drift: number): number {
  if (Number.isNaN(drift)) return STEPS.length;
  const step = BORDERS.findIndex((border) => drift < border);
  return step < 0 ? BORDERS.length : step;
}
