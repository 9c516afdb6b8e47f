/** Cells along the longer side of the map: at 1,000 px each is about 20 px wide, the room between two dots side by side. */
const CELLS = 48;
/** Groups touch where this share of the smaller one's points lie beside the other: a few strays do not count. */
const LEAST_SHARE = 0.03;

/**
 * Which groups of points touch: for each pair the share of the smaller group's points that lie in a cell with a point
 * of the other, or next to one; 0 under 3 %. `groups`: the group of each point, −1 for none; points without a place are
 * NaN. O(n + cells).
 * @returns count × count, symmetric
 */
export function touching(positions: Float32Array, groups: Int32Array, count: number): readonly Float64Array[] {
  const cells = cellsOf(positions);
  const inCell = new Map<number, Map<number, number>>();
  const sizes = new Float64Array(count);
  groups.forEach((group, i) => {
    if (group < 0 || cells[i] < 0) return;
    sizes[group]++;
    const here = inCell.get(cells[i]) ?? new Map<number, number>();
    here.set(group, (here.get(group) ?? 0) + 1);
    inCell.set(cells[i], here);
  });
  const beside = Array.from({ length: count }, () => new Float64Array(count));
  for (const [cell, here] of inCell) {
    const around = new Set<number>();
    for (const step of AROUND) for (const group of inCell.get(cell + step)?.keys() ?? []) around.add(group);
    for (const [group, points] of here) for (const other of around) beside[group][other] += points;
  }
  const shares = beside.map((row) => row.slice());
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const share = Math.max(beside[a][b] / Math.max(sizes[a], 1), beside[b][a] / Math.max(sizes[b], 1));
      shares[a][b] = a === b || share < LEAST_SHARE ? 0 : share;
    }
  }
  return shares;
}

/** Cells are numbered by row; rows are wide enough that none touches the next one's. */
const ROW = CELLS + 3;
const AROUND = [-ROW - 1, -ROW, -ROW + 1, -1, 0, 1, ROW - 1, ROW, ROW + 1];

function cellsOf(positions: Float32Array): Int32Array {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < positions.length; i += 2) {
    const [x, y] = [positions[i], positions[i + 1]];
    if (!Number.isFinite(x + y)) continue;
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  const side = Math.max(maxX - minX, maxY - minY, Number.MIN_VALUE) / CELLS;
  return Int32Array.from({ length: positions.length / 2 }, (_, i) => {
    const column = Math.floor((positions[2 * i] - minX) / side);
    const row = Math.floor((positions[2 * i + 1] - minY) / side);
    return Number.isFinite(column + row) ? row * ROW + column : -1;
  });
}
