/** Numbers with more distinct values are coloured by range, others by value. */
export const MAX_DISTINCT_NUMBERS = 12;

/** Colours of `count` steps along the ramp. */
export function rampColors(count: number, ramp: readonly string[]): string[] {
  return Array.from({ length: count }, (_, step) => between(ramp, count > 1 ? step / (count - 1) : 0));
}

/** Colours of steps below, in and above the middle; the outermost of the longer side has the end's colour. */
export function poleColors(
  [below, neutral, above]: readonly [number, number, number],
  poles: readonly string[],
): string[] {
  const side = Math.max(below, above);
  const at = (step: number): string => between(poles, 0.5 + (0.5 * step) / side);
  return [
    ...Array.from({ length: below }, (_, i) => at(i - below)),
    ...Array.from({ length: neutral }, () => at(0)),
    ...Array.from({ length: above }, (_, i) => at(i + 1)),
  ];
}

/** The colour at a share 0…1 of the way through `steps`, mixed linearly in sRGB. */
function between(steps: readonly string[], share: number): string {
  const place = share * (steps.length - 1);
  const low = Math.min(Math.floor(place), steps.length - 2);
  const channel = (color: string, at: number): number => Number.parseInt(color.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => {
    const [a, b] = [channel(steps[low], at), channel(steps[low + 1], at)];
    return Math.round(a + (b - a) * (place - low))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${mixed.join('')}`;
}

/** Where each step begins: one for each value while there are few. */
export function startsOf(sorted: Float64Array): number[] {
  const firsts = firstsOf(sorted);
  if (firsts.length <= MAX_DISTINCT_NUMBERS) return firsts;
  return rangeStarts(sorted, sorted.length < 60 ? 5 : sorted.length < 300 ? 6 : 7);
}

/** The same on both sides of 0, which none of the ranges spans; `below`: how many numbers are negative. */
export function startsAround(sorted: Float64Array, below: number): number[] {
  const firsts = firstsOf(sorted);
  if (firsts.length <= MAX_DISTINCT_NUMBERS) return firsts;
  return [
    ...rangeStarts(sorted.subarray(0, below), 3),
    ...rangeStarts(sorted.subarray(below), 3).map((start) => below + start),
  ];
}

/** The first index of each distinct value, at most one more than there may be steps. */
function firstsOf(sorted: Float64Array): number[] {
  const firsts: number[] = [];
  for (let i = 0; i < sorted.length && firsts.length <= MAX_DISTINCT_NUMBERS; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) firsts.push(i);
  }
  return firsts;
}

/** Where each range begins in the sorted values; equal values share a range. */
function rangeStarts(sorted: Float64Array, wanted: number): number[] {
  const starts = [0];
  for (let range = 1; range < wanted; range++) {
    const even = Math.round((range * sorted.length) / wanted);
    let before = even;
    let after = even;
    while (before > 0 && sorted[before] === sorted[before - 1]) before--;
    while (after < sorted.length && sorted[after] === sorted[after - 1]) after++;
    const start = even - before <= after - even ? before : after;
    if (start > starts[starts.length - 1] && start < sorted.length) starts.push(start);
  }
  return starts;
}
