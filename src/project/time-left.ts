/** Weight of the newest pace in the moving average. */
const NEWEST = 0.2;

/** Milliseconds that are left, from what is done of how much; null while there is nothing to estimate from. */
export type TimeLeft = (done: number, total: number) => number | null;

/**
 * An estimate by a moving average of the pace between calls. `now` is a clock in milliseconds. `done` never falls; where
 * it does, a new stage has begun and the pace is forgotten.
 */
export function makeTimeLeft(now: () => number): TimeLeft {
  let lastMs = now();
  let lastDone = 0;
  let msPerUnit: number | null = null;
  return (done, total) => {
    const ms = now();
    if (done < lastDone) {
      msPerUnit = null;
    } else if (done > lastDone) {
      const pace = (ms - lastMs) / (done - lastDone);
      msPerUnit = msPerUnit === null ? pace : msPerUnit + NEWEST * (pace - msPerUnit);
    }
    if (done !== lastDone) {
      lastMs = ms;
      lastDone = done;
    }
    return msPerUnit === null ? null : Math.max(0, Math.round(msPerUnit * (total - done)));
  };
}
