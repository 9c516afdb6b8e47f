/**
 * Assigns each row a column of its own so that the sum of `cost(row, column)` is least: Kuhn's Hungarian method (1955) in
 * the form of Jonker and Volgenant's shortest augmenting paths. Needs rows ≤ columns. O(rows² × columns).
 */
export function minCostMatching(
  rows: number,
  columns: number,
  cost: (row: number, column: number) => number,
): number[] {
  if (rows > columns) throw new RangeError(`${rows} rows need as many columns, got ${columns}`);
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  /** The row of each column, from 1; 0 = free. Column 0 stands for the row that is being placed. */
  const rowOf = new Int32Array(columns + 1);
  const cameFrom = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    const least = new Float64Array(columns + 1).fill(Infinity);
    const isDone = new Uint8Array(columns + 1);
    let at = 0;
    do {
      isDone[at] = 1;
      const here = rowOf[at];
      let step = Infinity;
      let next = 0;
      for (let column = 1; column <= columns; column++) {
        if (isDone[column]) continue;
        const reduced = cost(here - 1, column - 1) - rowPotential[here] - columnPotential[column];
        if (reduced < least[column]) {
          least[column] = reduced;
          cameFrom[column] = at;
        }
        if (least[column] < step) {
          step = least[column];
          next = column;
        }
      }
      for (let column = 0; column <= columns; column++) {
        if (isDone[column]) {
          rowPotential[rowOf[column]] += step;
          columnPotential[column] -= step;
        } else least[column] -= step;
      }
      at = next;
    } while (rowOf[at] !== 0);
    for (; at !== 0; at = cameFrom[at]) rowOf[at] = rowOf[cameFrom[at]];
  }
  const columnOf = new Array<number>(rows).fill(-1);
  for (let column = 1; column <= columns; column++) if (rowOf[column] > 0) columnOf[rowOf[column] - 1] = column - 1;
  return columnOf;
}
