/**
 * A copy of `positions` (n×2, interleaved) in map units: the centre of the bounds at 0, the longer side −1…1, the
 * shape kept. When all places are equal they become 0. A paper without a finite place keeps NaN and counts for nothing,
 * so that a preview may hold papers that are still to come. It stands here, and not in `math/`, since the map file
 * places foreign points with it and the model imports nothing.
 */
export function normalizeLayout(positions: Float32Array): Float32Array {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < positions.length; i += 2) {
    if (!isPlaced(positions, i)) continue;
    for (let axis = 0; axis < 2; axis++) {
      low[axis] = Math.min(low[axis], positions[i + axis]);
      high[axis] = Math.max(high[axis], positions[i + axis]);
    }
  }
  const half = Math.max(high[0] - low[0], high[1] - low[1]) / 2;
  const out = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 2) {
    const placed = isPlaced(positions, i);
    for (let axis = 0; axis < 2; axis++) {
      const middle = low[axis] + (high[axis] - low[axis]) / 2;
      const value = half > 0 ? (positions[i + axis] - middle) / half : 0;
      // float32 rounding may step over the edge by one unit in the last place.
      out[i + axis] = placed ? Math.max(-1, Math.min(1, value)) : Number.NaN;
    }
  }
  return out;
}

/** How many of the n papers in `positions` (n×2) have no finite place. */
export function countUnplaced(positions: Float32Array): number {
  let unplaced = 0;
  for (let i = 0; i < positions.length; i += 2) if (!isPlaced(positions, i)) unplaced++;
  return unplaced;
}

function isPlaced(positions: Float32Array, at: number): boolean {
  return Number.isFinite(positions[at]) && Number.isFinite(positions[at + 1]);
}
