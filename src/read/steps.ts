/**
 * Long work that stops after each piece, so that a worker can give a sign of life between two: one that is silent for a
 * minute is ended.
 */
export type Steps<Result> = Generator<void, Result>;

/** Does all the work at once. */
export function complete<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
