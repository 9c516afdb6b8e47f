/** The index in a free slot. */
export const EMPTY_SLOT = 2147483647;

/** `rows` × `k` sorted slots: nearest first, equal distances by lower index. Free slots hold `EMPTY_SLOT` at infinity. */
export interface Slots {
  readonly k: number;
  readonly indices: Int32Array;
  readonly distances: Float32Array;
}

/** Free slots for the k nearest of each row. */
export function makeSlots(rows: number, k: number): Slots {
  return {
    k,
    indices: new Int32Array(rows * k).fill(EMPTY_SLOT),
    distances: new Float32Array(rows * k).fill(Number.POSITIVE_INFINITY),
  };
}

/**
 * Keeps `index` among the k nearest of `row` if it belongs there. The outcome does not depend on the order of calls.
 * `distance` must be a float32 value. O(1) when it is too far, which is the common case, else O(k).
 */
export function insertSlot(slots: Slots, row: number, index: number, distance: number): void {
  const { k, indices, distances } = slots;
  const first = row * k;
  let at = first + k - 1;
  // The negation also rejects NaN.
  if (k === 0 || !(distance <= distances[at])) return;
  if (distance === distances[at] && index > indices[at]) return;
  while (at > first && (distance < distances[at - 1] || (distance === distances[at - 1] && index < indices[at - 1]))) {
    distances[at] = distances[at - 1];
    indices[at] = indices[at - 1];
    at--;
  }
  distances[at] = distance;
  indices[at] = index;
}
