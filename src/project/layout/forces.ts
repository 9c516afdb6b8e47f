import { expOf, logOf, powerOf } from '../../math/elementary.ts';

/** The curve 1/(1 + a·d^(2b)) that turns a distance d on the map into a membership. */
export interface Curve {
  readonly a: number;
  readonly b: number;
}

/** Points that the curve is fitted to, and the maximum of rounds. */
const SAMPLES = 300;
const ROUNDS = 200;

/** Squared distances are held within 2^−24…2^24: beyond, forces are clipped or negligible. */
const MIN_EXPONENT = -24;
const OCTAVES = 48;
/** Knots in an octave of the squared distance: 2^8, so that a knot is a float's bits shifted by 15. */
const KNOTS = 256;

/** Float bits of the smallest and the largest squared distance in the table. */
const MIN_BITS = (127 + MIN_EXPONENT) << 23;
const MAX_BITS = MIN_BITS + (OCTAVES << 23) - 1;
/** Low bits of a float that say where it lies between two knots. */
const KNOT_SHIFT = 15;
const KNOT_MASK = (1 << KNOT_SHIFT) - 1;
const KNOT_STEP = 2 ** -KNOT_SHIFT;
/** Entries of the attraction, which comes first, and of the repulsion. */
export const TABLE_LENGTH = OCTAVES * KNOTS + 1;

/** Keeps the repulsion of points that meet finite, as in umap-learn. */
const SOFTENING = 0.001;

/**
 * The curve nearest (least squares on 300 points of 0…3·spread) to 1 below `minDist` and exp(−(d − minDist)/spread)
 * beyond (McInnes, Healy, Melville 2018, section 4.2): a 1.576943, b 0.895061 for the defaults. Levenberg (1944) and
 * Marquardt (1963) on two unknowns with exact derivatives; equal to scipy's `curve_fit` to 1e-4.
 */
export function fitCurve(minDist: number, spread: number): Curve {
  let best: Curve = { a: 1, b: 1 };
  let error = squaredError(best, minDist, spread);
  let damping = 1e-3;
  for (let round = 0; round < ROUNDS && damping < 1e12; round++) {
    const next = improve(best, damping, minDist, spread);
    const nextError = next.a > 0 && next.b > 0 ? squaredError(next, minDist, spread) : Number.POSITIVE_INFINITY;
    if (!(nextError < error)) {
      damping *= 10;
      continue;
    }
    best = next;
    error = nextError;
    damping = Math.max(1e-12, damping / 10);
  }
  return best;
}

/**
 * Both forces of UMAP by squared distance s, to be multiplied by the difference of two positions: attraction
 * −2ab·s^(b−1)/(1 + a·s^b), then repulsion 2·strength·b/((0.001 + s)(1 + a·s^b)) (UMAP paper, section 3.2), at 256
 * knots in an octave, keyed on the float's bits. Read by linear interpolation: relative error below 1e-5, in a fifth of
 * the time of a layout with `Math.pow`. 98 kB.
 */
export function makeForceTable({ a, b }: Curve, strength = 1): Float32Array {
  const table = new Float32Array(TABLE_LENGTH * 2);
  // The power of a product is the product of powers: 300 of them instead of 12,000, a tenth of a small layout's time.
  const within = Float64Array.from({ length: KNOTS }, (_, knot) => powerOf(1 + knot / KNOTS, b));
  const octaves = Float64Array.from({ length: OCTAVES + 1 }, (_, octave) => powerOf(2 ** (MIN_EXPONENT + octave), b));
  for (let i = 0; i < TABLE_LENGTH; i++) {
    const octave = Math.floor(i / KNOTS);
    const s = 2 ** (MIN_EXPONENT + octave) * (1 + (i % KNOTS) / KNOTS);
    const power = octaves[octave] * within[i % KNOTS];
    table[i] = (-2 * a * b * power) / (s * (1 + a * power));
    table[TABLE_LENGTH + i] = (2 * strength * b) / ((SOFTENING + s) * (1 + a * power));
  }
  return table;
}

const scratch = new DataView(new ArrayBuffer(4));

/** A force at the squared distance `s`, whose first knot is `floats[first]`: in float32, as in the compiled kernels. */
export function forceAt(floats: Float32Array, first: number, s: number): number {
  scratch.setFloat32(0, s, true);
  const place = Math.min(MAX_BITS, Math.max(MIN_BITS, scratch.getInt32(0, true))) - MIN_BITS;
  const at = first + (place >> KNOT_SHIFT);
  const share = Math.fround((place & KNOT_MASK) * KNOT_STEP);
  const slope = Math.fround(floats[at + 1] - floats[at]);
  return Math.fround(floats[at] + Math.fround(slope * share));
}

function improve({ a, b }: Curve, damping: number, minDist: number, spread: number): Curve {
  let [aa, ab, bb, ga, gb] = [0, 0, 0, 0, 0];
  for (let i = 1; i < SAMPLES; i++) {
    const x = sampleAt(i, spread);
    const power = powerOf(x, 2 * b);
    const value = 1 / (1 + a * power);
    const byA = -value * value * power;
    const byB = byA * a * 2 * logOf(x);
    const miss = target(x, minDist, spread) - value;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ga += byA * miss;
    gb += byB * miss;
  }
  aa *= 1 + damping;
  bb *= 1 + damping;
  const determinant = aa * bb - ab * ab;
  return { a: a + (bb * ga - ab * gb) / determinant, b: b + (aa * gb - ab * ga) / determinant };
}

function squaredError({ a, b }: Curve, minDist: number, spread: number): number {
  let sum = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const x = sampleAt(i, spread);
    const miss = target(x, minDist, spread) - 1 / (1 + a * powerOf(x, 2 * b));
    sum += miss * miss;
  }
  return sum;
}

function sampleAt(i: number, spread: number): number {
  return (i * 3 * spread) / (SAMPLES - 1);
}

function target(x: number, minDist: number, spread: number): number {
  return x < minDist ? 1 : expOf(-(x - minDist) / spread);
}
