import { powerOf } from '../../math/elementary.ts';
import type { Curve } from './curve.ts';

/** Squared distances below 2^−24 and above 2^24 count as those: forces there are clipped or nothing. */
const LEAST_EXPONENT = -24;
const OCTAVES = 48;
/** Knots an octave of the squared distance: 2^8, so that a knot is a float's bits shifted by 15. */
const KNOTS = 256;

/** Float bits of the least and the greatest squared distance in the table. */
const LEAST_BITS = (127 + LEAST_EXPONENT) << 23;
const GREATEST_BITS = LEAST_BITS + (OCTAVES << 23) - 1;
/** Low bits of a float that tell the place between two knots. */
const KNOT_SHIFT = 15;
/** Entries of the attraction, which stands first, and of the repulsion. */
export const TABLE_LENGTH = OCTAVES * KNOTS + 1;

/** Keeps the repulsion of points that meet finite, as in umap-learn. */
const SOFTENING = 0.001;

/**
 * Both forces of UMAP by squared distance s, to be multiplied with the difference of two places: attraction
 * −2ab·s^(b−1)/(1 + a·s^b), then repulsion 2·strength·b/((0.001 + s)(1 + a·s^b)) (UMAP paper, section 3.2), at 256 knots
 * an octave keyed on the float's bits. Read with straight lines between the knots: relative error below 1e-5, and four
 * fifths of the time of a layout saved that `Math.pow` would take. 98 kB.
 */
export function makeForceTable({ a, b }: Curve, strength = 1): Float32Array {
  const table = new Float32Array(TABLE_LENGTH * 2);
  // Powers of a product from those of its factors: 300 instead of 12,000, which took a tenth of a small layout.
  const within = Float64Array.from({ length: KNOTS }, (_, knot) => powerOf(1 + knot / KNOTS, b));
  const octaves = Float64Array.from({ length: OCTAVES + 1 }, (_, octave) => powerOf(2 ** (LEAST_EXPONENT + octave), b));
  for (let i = 0; i < TABLE_LENGTH; i++) {
    const octave = Math.floor(i / KNOTS);
    const s = 2 ** (LEAST_EXPONENT + octave) * (1 + (i % KNOTS) / KNOTS);
    const power = octaves[octave] * within[i % KNOTS];
    table[i] = (-2 * a * b * power) / (s * (1 + a * power));
    table[TABLE_LENGTH + i] = (2 * strength * b) / ((SOFTENING + s) * (1 + a * power));
  }
  return table;
}

const scratchFloat = new Float32Array(1);
const scratchBits = new Int32Array(scratchFloat.buffer);
const KNOT_MASK = (1 << KNOT_SHIFT) - 1;
const KNOT_STEP = 2 ** -KNOT_SHIFT;

/** A force at the squared distance `s`, whose first knot is `floats[first]`: in float32, as the compiled kernels have it. */
export function forceAt(floats: Float32Array, first: number, s: number): number {
  scratchFloat[0] = s;
  const bits = Math.min(GREATEST_BITS, Math.max(LEAST_BITS, scratchBits[0])) - LEAST_BITS;
  const at = first + (bits >> KNOT_SHIFT);
  const share = Math.fround((bits & KNOT_MASK) * KNOT_STEP);
  const slope = Math.fround(floats[at + 1] - floats[at]);
  return Math.fround(floats[at] + Math.fround(slope * share));
}
