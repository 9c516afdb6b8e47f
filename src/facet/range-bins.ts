/**
 * The bar of each value: b where `edges[b]` ≤ value < `edges[b + 1]`; the number of bars for NaN and for what lies
 * outside all of them. `edges` ascend. O(n log bars).
 */
export function binsOf(values: Float64Array, edges: Float64Array): Uint16Array {
  const size = edges.length - 1;
  const bins = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    bins[i] = value >= edges[0] && value < edges[size] ? barAt(edges, value) : size;
  }
  return bins;
}

/** The last bar that begins at or before `value`; 0 for a value before all of them. O(log bars). */
export function barAt(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
