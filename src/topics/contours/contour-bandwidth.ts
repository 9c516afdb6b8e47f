import { placeExtent } from '../../model/places.ts';

/** Most points whose radius is measured, and most points that are counted around each. */
const CENTERS = 256;
const OTHERS = 2048;

/** Bandwidth of points that are all at one place, in map units. */
const MIN_BANDWIDTH = 0.005;

/** Of the radius that holds √n points. At 50 points of a normal distribution this is Scott's rule. */
const SHARE_OF_RADIUS = 0.7;

/**
 * Bandwidth of a Gaussian density estimate over `points` (n×2, all finite), in their units: 0.7 of the radius that
 * holds √n of them, as the median over the points. Scott's rule, σ·n^(−1/6) ("Multivariate Density Estimation", 1992),
 * assumes a single peak: on a map of clumps, its σ is that of the whole map and blurs the clumps into one, while the
 * radius is that of a clump. With √n points under a kernel a larger map shows finer structure, and the noise still
 * falls, by n^(−1/4). Only distances count: shifting and turning change nothing, scaling scales the bandwidth.
 *
 * At most 256 × 2,048 pairs, evenly spaced over the points: O(1) beyond that. Where most points are at one place it is
 * Scott's rule itself, and 0.005 where all are.
 */
export function bandwidthOf(points: Float32Array): number {
  const n = points.length / 2;
  if (n < 2) return MIN_BANDWIDTH;
  const centers = Math.min(n, CENTERS);
  const others = Math.min(n, OTHERS);
  const rank = Math.min(Math.ceil(others * n ** -0.5), others - 1);
  const squares = new Float64Array(others);
  const radii = new Float64Array(centers);
  for (let c = 0; c < centers; c++) {
    const from = 2 * Math.floor((c * n) / centers);
    for (let o = 0; o < others; o++) {
      const to = 2 * Math.floor((o * n) / others);
      const dx = points[from] - points[to];
      const dy = points[from + 1] - points[to + 1];
      squares[o] = dx * dx + dy * dy;
    }
    radii[c] = Math.sqrt(squares.sort()[rank]);
  }
  const median = radii.sort()[centers >> 1];
  if (median > 0) return SHARE_OF_RADIUS * median;
  return spreadOf(points) * n ** (-1 / 6) || MIN_BANDWIDTH;
}

/** Of the longer side of a map: about 12 px where all of it is in view, half the gap that the eye bridges. */
const SHARE_OF_SIDE = 1 / 75;

/**
 * The narrowest kernel for groups of papers on a map at `positions` (n×2 in map units, NaN = not placed), which lets
 * contours be seen when the whole map is in view. Short texts and copies lie in knots of a few pixels: a kernel as
 * narrow as these draws rings that the dots themselves hide. What lies far outside does not count. 0 without papers.
 */
export function narrowestKernel(positions: Float32Array): number {
  const extent = placeExtent(positions);
  return extent ? SHARE_OF_SIDE * Math.max(extent.maxX - extent.minX, extent.maxY - extent.minY) : 0;
}

/** Standard deviation of the points, the same in all directions: the root of half the trace of their covariance. */
function spreadOf(points: Float32Array): number {
  const n = points.length / 2;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < points.length; i += 2) {
    sumX += points[i];
    sumY += points[i + 1];
  }
  let squares = 0;
  for (let i = 0; i < points.length; i += 2) {
    squares += (points[i] - sumX / n) ** 2 + (points[i + 1] - sumY / n) ** 2;
  }
  return Math.sqrt(squares / (2 * n));
}
