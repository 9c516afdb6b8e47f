import { layerOf, MARKED_LAYER } from './paper-marks.ts';

/** Layers of no more papers than this are drawn paper by paper. */
const FEW = 16;

/**
 * Where in drawing order the papers of each highlighted layer stand that has few, ascending; null for the other layers. A
 * draw call runs over all papers, an opened one and its neighbours need not. O(n), O(1) when there is no such layer.
 */
export function fewSlots(states: Uint8Array, layers: Uint32Array, { slots }: DrawOrder): (number[] | null)[] {
  const few = Array.from(layers, (papers, layer): number[] | null =>
    layer >= MARKED_LAYER && papers > 0 && papers <= FEW ? [] : null,
  );
  if (few.every((layer) => layer === null)) return few;
  const known = Math.min(states.length, slots.length);
  for (let i = 0; i < known; i++) if (states[i] !== 0) few[layerOf(states[i])]?.push(slots[i]);
  for (const layer of few) layer?.sort((a, b) => a - b);
  return few;
}

/** Papers in the order they are drawn in, and the way back: `slots[order[s]] === s`. */
export interface DrawOrder {
  readonly order: Uint32Array;
  readonly slots: Uint32Array;
}

/**
 * A shuffled order of 0…n−1, always the same one. Paper order is often sorted by file or date, and drawing in it would
 * let the last file hide the others; any prefix of a shuffle is a fair sample. Since papers are sorted by a hash of
 * their index, papers that are added later slip in without changing which of two older ones is on top. O(n).
 */
export function drawOrder(n: number): DrawOrder {
  const order = new Uint32Array(n);
  const slots = new Uint32Array(n);
  const byLow = sortedByDigit(null, n, 0);
  const byHash = sortedByDigit(byLow, n, 16);
  for (let slot = 0; slot < n; slot++) {
    order[slot] = byHash[slot];
    slots[byHash[slot]] = slot;
  }
  return { order, slots };
}

/** One pass of a least-significant-digit radix sort of indices by 16 bits of their hash. */
function sortedByDigit(before: Uint32Array | null, n: number, shift: number): Uint32Array {
  const starts = new Uint32Array(65_537);
  for (let i = 0; i < n; i++) starts[((hashIndex(i) >>> shift) & 0xffff) + 1]++;
  for (let digit = 0; digit < 65_536; digit++) starts[digit + 1] += starts[digit];
  const sorted = new Uint32Array(n);
  for (let k = 0; k < n; k++) {
    const i = before ? before[k] : k;
    sorted[starts[(hashIndex(i) >>> shift) & 0xffff]++] = i;
  }
  return sorted;
}

/** A bijection of 32-bit integers that looks random ("lowbias32" of Chris Wellons, public domain). */
function hashIndex(index: number): number {
  let h = index;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
