/** Share of the values at most that count as lying outside. */
const OUTSIDE = 0.02;
/** Of a few values, one of so many may lie outside all the same. */
const ONE_OF = 8;
const MAX_OF_FEW = 3;

/**
 * The shortest interval that holds all but 2 % of the sorted values (of a few: all but one in eight, at most three);
 * null for so few that none may lie outside. It is the estimate of Rousseeuw and Leroy (1988, “A robust scale estimator
 * based on the shortest half”): few outliers cannot move it, however far they are. O(n).
 */
export function coreInterval(sorted: Float64Array): readonly [from: number, to: number] | null {
  const few = Math.min(MAX_OF_FEW, Math.floor(sorted.length / ONE_OF));
  const outside = Math.max(few, Math.floor(OUTSIDE * sorted.length));
  if (outside === 0) return null;
  const count = sorted.length - outside;
  let best = 0;
  for (let i = 1; i + count <= sorted.length; i++) {
    if (sorted[i + count - 1] - sorted[i] < sorted[best + count - 1] - sorted[best]) best = i;
  }
  return [sorted[best], sorted[best + count - 1]];
}

/** An axis on which most values would have less than this share is cut. */
const CRUSHED = 0.1;

/**
 * The range of the sorted values that an axis should show, from first to last of those within one length of their core
 * ({@link coreInterval}); null where an axis over all of them is as good, because they take a tenth of it or more. O(n).
 */
export function nearRange(sorted: Float64Array): readonly [low: number, high: number] | null {
  const core = coreInterval(sorted);
  if (!core || !(core[1] > core[0])) return null;
  const [from, to] = core;
  const length = to - from;
  const near = sorted.filter((value) => value >= from - length && value <= to + length);
  const [low, high] = [near[0], near[near.length - 1]];
  // Halves, because the difference of two large doubles may be infinite.
  const whole = sorted[sorted.length - 1] / 2 - sorted[0] / 2;
  return (high - low) / 2 < CRUSHED * whole ? [low, high] : null;
}
