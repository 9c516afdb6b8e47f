/** A rotation, perhaps mirrored, with one scale, about two centres: p ↦ to + [[c, −m·s], [s, m·c]] · (p − from). */
interface Similarity {
  readonly from: MapPlace;
  readonly to: MapPlace;
  /** Cosine and sine of the rotation, both times the scale. */
  readonly c: number;
  readonly s: number;
  /** m: 1, or −1 where it mirrors. */
  readonly side: 1 | -1;
}

/** A place on a map. */
interface MapPlace {
  readonly x: number;
  readonly y: number;
}

/**
 * The similarity that brings `from` nearest to `to` by the sum of squared distances: generalised orthogonal Procrustes
 * (Schönemann 1966; Gower 1975), in closed form for two axes. Both n×2; rows count if finite in both.
 * Null when fewer than two are left, or all of one side are at one point. O(n).
 */
export function fitSimilarity(from: Float32Array, to: Float32Array): Similarity | null {
  const rows = commonRows(from, to);
  const [middle, aim] = [middleOf(from, rows), middleOf(to, rows)];
  let [xx, xy, yx, yy, own, others] = [0, 0, 0, 0, 0, 0];
  for (const i of rows) {
    const [px, py] = [from[2 * i] - middle.x, from[2 * i + 1] - middle.y];
    const [qx, qy] = [to[2 * i] - aim.x, to[2 * i + 1] - aim.y];
    xx += px * qx;
    xy += px * qy;
    yx += py * qx;
    yy += py * qy;
    own += px * px + py * py;
    others += qx * qx + qy * qy;
  }
  if (rows.length < 2 || own === 0 || others === 0) return null;
  const turned = Math.sqrt((xx + yy) ** 2 + (xy - yx) ** 2);
  const mirrored = Math.sqrt((xx - yy) ** 2 + (xy + yx) ** 2);
  const side = turned >= mirrored ? 1 : -1;
  return { from: middle, to: aim, c: (xx + side * yy) / own, s: (xy - side * yx) / own, side };
}

/** The n×2 `positions` moved by `similarity`. O(n). */
export function moveBy({ from, to, c, s, side }: Similarity, positions: Float32Array): Float32Array {
  const out = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 2) {
    const [px, py] = [positions[i] - from.x, positions[i + 1] - from.y];
    out[i] = to.x + c * px - side * s * py;
    out[i + 1] = to.y + s * px + side * c * py;
  }
  return out;
}

/** The rows that are finite in both of two n×2 layouts, ascending. O(n). */
export function commonRows(a: Float32Array, b: Float32Array): Int32Array {
  const rows = new Int32Array(a.length / 2);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    if (Number.isFinite(a[2 * i] + a[2 * i + 1]) && Number.isFinite(b[2 * i] + b[2 * i + 1])) rows[count++] = i;
  }
  return rows.subarray(0, count);
}

/** The mean distance of some rows (at least one) from their centre. O(rows). */
export function meanRadius(positions: Float32Array, rows: Int32Array): number {
  const middle = middleOf(positions, rows);
  let radius = 0;
  for (const i of rows) {
    const [x, y] = [positions[2 * i] - middle.x, positions[2 * i + 1] - middle.y];
    radius += Math.sqrt(x * x + y * y) / rows.length;
  }
  return radius;
}

/** The distance of row i in one n×2 layout from row i in the other. */
export function distanceBetween(a: Float32Array, b: Float32Array, i: number): number {
  const [x, y] = [a[2 * i] - b[2 * i], a[2 * i + 1] - b[2 * i + 1]];
  return Math.sqrt(x * x + y * y);
}

function middleOf(positions: Float32Array, rows: Int32Array): MapPlace {
  let [x, y] = [0, 0];
  for (const i of rows) {
    x += positions[2 * i] / rows.length;
    y += positions[2 * i + 1] / rows.length;
  }
  return { x, y };
}
