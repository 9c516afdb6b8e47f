/** Some papers and how near they are to a query by cosine. */
interface NearPapers {
  readonly indices: Int32Array;
  readonly cosines: Float32Array;
}

/**
 * The place of a query on the map: the mean of the places of the papers nearest to it, weighted by exp(−gap / mean
 * gap). A paper's gap is the cosine of the nearest paper less its own; so the weights adapt to the scale of the query,
 * like UMAP's memberships. Papers without a place do not count; null when none has one. `positions`: n×2 map units.
 */
export function placeQuery({ indices, cosines }: NearPapers, positions: Float32Array): { x: number; y: number } | null {
  const count = indices.length;
  let meanGap = 0;
  for (let i = 0; i < count; i++) meanGap += (cosines[0] - cosines[i]) / count;
  let [x, y, sum] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const paperX = positions[2 * indices[i]];
    const paperY = positions[2 * indices[i] + 1];
    if (!Number.isFinite(paperX) || !Number.isFinite(paperY)) continue;
    const weight = meanGap > 0 ? Math.exp(-(cosines[0] - cosines[i]) / meanGap) : 1;
    x += weight * paperX;
    y += weight * paperY;
    sum += weight;
  }
  return sum > 0 ? { x: x / sum, y: y / sum } : null;
}
