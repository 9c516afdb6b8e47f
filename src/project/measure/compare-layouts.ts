import { nearestOnMap } from './map-neighbors.ts';
import { commonRows, distanceBetween, fitSimilarity, meanRadius, moveBy } from './procrustes.ts';

/** A second layout beside a first one, aligned to bring the papers of both as near as possible. */
export interface LayoutComparison {
  /** n×2: where the first layout's papers are in the second, in map units of the first; NaN for one that it lacks. */
  readonly positions: Float32Array;
  /** Papers of the second layout that the first lacks, ascending, and their positions, m×2. */
  readonly strangers: Int32Array;
  readonly strangerPositions: Float32Array;
  /** n₂×2: positions of all papers of the second layout, in its order. */
  readonly otherPositions: Float32Array;
  /** n: how far each paper is from its position in the first, in mean radii of that layout; NaN as above. */
  readonly drift: Float32Array;
  readonly medianDrift: number;
  /** Number of papers with a position in both. */
  readonly shared: number;
  /** Mean share (0…1) of a shared paper's k nearest shared papers on one map that are also k nearest on the other. */
  readonly kept: number;
  readonly k: number;
}

/** How far the papers of a map have moved in a new run, in mean radii of the old map. */
export interface Drift {
  /** Half of the papers have moved less. */
  readonly median: number;
  /** 95 of 100 papers have moved less. */
  readonly p95: number;
  /** Number of papers with a position in both. */
  readonly papers: number;
}

/** Neighbours compared, where there are as many. */
const NEIGHBORS = 15;
/** Fewer say nothing: two points can be brought onto any other two. */
const MIN_SHARED = 3;

/**
 * Aligns `other` (n₂×2) to `own` (n×2) by Procrustes on the papers of both, and measures the remaining differences.
 * `partners[i]` is the row of `other` for paper i of `own`, −1 for none; no row twice. Null when fewer than three
 * papers are shared, or all of them are at one point. O((n + n₂)·log n).
 */
export function compareLayouts(own: Float32Array, other: Float32Array, partners: Int32Array): LayoutComparison | null {
  const there = new Float32Array(own.length).fill(Number.NaN);
  const isShared = new Uint8Array(other.length / 2);
  for (let i = 0; i < partners.length; i++) {
    if (partners[i] < 0) continue;
    isShared[partners[i]] = 1;
    there[2 * i] = other[2 * partners[i]];
    there[2 * i + 1] = other[2 * partners[i] + 1];
  }
  const rows = commonRows(there, own);
  const similarity = rows.length < MIN_SHARED ? null : fitSimilarity(there, own);
  if (!similarity) return null;
  const positions = moveBy(similarity, there);
  const otherPositions = moveBy(similarity, other);
  const radius = meanRadius(own, rows);
  const drift = new Float32Array(partners.length).fill(Number.NaN);
  for (const i of rows) drift[i] = distanceBetween(positions, own, i) / radius;
  const sorted = Float32Array.from(rows, (i) => drift[i]).sort();
  const strangers = Int32Array.from(isShared.keys()).filter((row) => isShared[row] === 0);
  const k = Math.min(NEIGHBORS, rows.length - 1);
  return {
    positions,
    strangers,
    strangerPositions: placesOf(otherPositions, strangers),
    otherPositions,
    drift,
    medianDrift: sorted[sorted.length >> 1],
    shared: rows.length,
    kept: keptShare(placesOf(own, rows), placesOf(positions, rows), k),
    k,
  };
}

/**
 * The new positions rotated, mirrored, scaled and shifted as near as possible to the old ones (`fitSimilarity`), and
 * the remaining difference. Both n×2; papers without a finite old position are ignored. Null when fewer than two are
 * left, or all are at one point. O(n·log n).
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

function placesOf(positions: Float32Array, rows: Int32Array): Float32Array {
  const places = new Float32Array(2 * rows.length);
  for (let i = 0; i < rows.length; i++) {
    places[2 * i] = positions[2 * rows[i]];
    places[2 * i + 1] = positions[2 * rows[i] + 1];
  }
  return places;
}

function keptShare(a: Float32Array, b: Float32Array, k: number): number {
  const [nearA, nearB] = [nearestOnMap(a, k), nearestOnMap(b, k)];
  let kept = 0;
  for (let at = 0; at < nearA.length; at++) {
    const from = at - (at % k);
    for (let slot = from; slot < from + k; slot++) if (nearB[slot] === nearA[at]) kept++;
  }
  return kept / nearA.length;
}
