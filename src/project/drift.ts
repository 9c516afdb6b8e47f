/** How far the papers of a map have moved in a new run, in shares of the old map's mean radius. */
export interface Drift {
  readonly median: number;
  /** 95 of 100 papers have moved less. */
  readonly p95: number;
  /** Papers that have a place in both. */
  readonly papers: number;
}

/**
 * The new positions turned, mirrored, scaled and shifted to where they lie nearest to the old ones (orthogonal Procrustes,
 * Schönemann 1966, in closed form for two axes), and what is left of the difference. Both n×2; papers without a finite
 * old place count for nothing. Null when fewer than two are left, or all lie at one point. O(n·log n).
 */
export function alignTo(
  positions: Float32Array,
  old: Float32Array,
): { readonly positions: Float32Array; readonly drift: Drift } | null {
  const common: number[] = [];
  for (let i = 0; i < old.length; i += 2) if (Number.isFinite(old[i]) && Number.isFinite(old[i + 1])) common.push(i);
  const [from, to] = [middleOf(positions, common), middleOf(old, common)];
  let [xx, xy, yx, yy, own, radius] = [0, 0, 0, 0, 0, 0];
  for (const i of common) {
    const [px, py] = [positions[i] - from.x, positions[i + 1] - from.y];
    const [qx, qy] = [old[i] - to.x, old[i + 1] - to.y];
    xx += px * qx;
    xy += px * qy;
    yx += py * qx;
    yy += py * qy;
    own += px * px + py * py;
    radius += Math.sqrt(qx * qx + qy * qy) / common.length;
  }
  if (common.length < 2 || own === 0 || radius === 0) return null;
  const turned = Math.sqrt((xx + yy) ** 2 + (xy - yx) ** 2);
  const mirrored = Math.sqrt((xx - yy) ** 2 + (xy + yx) ** 2);
  const side = turned >= mirrored ? 1 : -1;
  const [c, s] = [(xx + side * yy) / own, (xy - side * yx) / own];
  const out = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 2) {
    const [px, py] = [positions[i] - from.x, positions[i + 1] - from.y];
    out[i] = to.x + c * px - side * s * py;
    out[i + 1] = to.y + s * px + side * c * py;
  }
  return { positions: out, drift: driftOf(out, old, common, radius) };
}

function driftOf(positions: Float32Array, old: Float32Array, common: readonly number[], radius: number): Drift {
  const moved = Float64Array.from(common, (i) => {
    const [dx, dy] = [positions[i] - old[i], positions[i + 1] - old[i + 1]];
    return Math.sqrt(dx * dx + dy * dy) / radius;
  }).sort();
  return { median: moved[moved.length >> 1], p95: moved[Math.floor(moved.length * 0.95)], papers: common.length };
}

function middleOf(positions: Float32Array, common: readonly number[]): { x: number; y: number } {
  let [x, y] = [0, 0];
  for (const i of common) {
    x += positions[i] / common.length;
    y += positions[i + 1] / common.length;
  }
  return { x, y };
}
