import { expOf, logOf, powerOf } from '../../math/elementary.ts';

/** The curve 1/(1 + a·d^(2b)) that turns a distance d on the map into a membership. */
export interface Curve {
  readonly a: number;
  readonly b: number;
}

const SAMPLES = 300;
const ROUNDS = 200;

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
