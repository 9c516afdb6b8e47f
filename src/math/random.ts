/** A stream of numbers in [0, 1). */
export type Random = () => number;

/**
 * A seeded stream (mulberry32 by Tommy Ettinger, public domain): the same numbers for the same seed on every machine,
 * since it uses integer arithmetic only. Period 2^32: enough for shuffles and starts, not for cryptography.
 */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The numbers 0…n−1 in a random order (Fisher and Yates, as Durstenfeld 1964 gives it). */
export function shuffledIndices(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  return order;
}
