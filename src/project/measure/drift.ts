import { commonRows, distanceBetween, fitSimilarity, meanRadius, moveBy } from './procrustes.ts';

/** How far the papers of a map have moved in a new run, in shares of the old map's mean radius. */
export interface Drift {
  readonly median: number;
  /** 95 of 100 papers have moved less. */
  readonly p95: number;
  /** Papers that have a place in both. */
  readonly papers: number;
}

/**
 * The new positions turned, mirrored, scaled and shifted to where they lie nearest to the old ones (`fitSimilarity`), and
 * what is left of the difference. Both n×2; papers without a finite old place count for nothing. Null when fewer than two
 * are left, or all lie at one point. O(n·log n).
 */
export function alignTo(
  positions: Float32Array,
  old: Float32Array,
): { readonly positions: Float32Array; readonly drift: Drift } | null {
  const similarity = fitSimilarity(positions, old);
  if (!similarity) return null;
  const rows = commonRows(positions, old);
  const radius = meanRadius(old, rows);
  const aligned = moveBy(similarity, positions);
  const moved = Float64Array.from(rows, (i) => distanceBetween(aligned, old, i) / radius).sort();
  return {
    positions: aligned,
    drift: { median: moved[moved.length >> 1], p95: moved[Math.floor(moved.length * 0.95)], papers: rows.length },
  };
}
