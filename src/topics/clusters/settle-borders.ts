import { groupMeans, type PaperRows } from './paper-rows.ts';

/** Of its nearest on the map, so many must be in a leaf that a paper may move to. */
const LEAST_TOUCHING = 2;

/**
 * Lets papers at the border of two leaves change sides where Ward's criterion asks for it: one pass of the exchange of
 * Hartigan and Wong (1979) by the papers' `rows`, all at once, between leaves that hold at least two of a paper's `k`
 * nearest on the map. Density says where a leaf is, but the layout alone which side of a valley a paper fell on. A
 * leaf that would lose half of its papers or more keeps all of them. Labels 0…leaves − 1 in and out. O(n·(k + touching·cols)).
 */
export function settleBorders(
  rows: PaperRows,
  labels: Int32Array,
  leaves: number,
  { k, indices }: { readonly k: number; readonly indices: Int32Array },
): Int32Array {
  const { means, sizes } = groupMeans(rows, labels, leaves);
  const wanted = labels.slice();
  const touching = new Int32Array(leaves);
  for (let i = 0; i < rows.n; i++) {
    const own = labels[i];
    for (let at = i * k; at < (i + 1) * k; at++) touching[labels[indices[at]]]++;
    let least = Number.NEGATIVE_INFINITY;
    for (let at = i * k; at < (i + 1) * k; at++) {
      const leaf = labels[indices[at]];
      if (leaf !== own && touching[leaf] >= LEAST_TOUCHING) {
        if (least < 0) least = (sizes[own] / (sizes[own] - 1)) * rows.square(i, means, own * rows.cols);
        const cost = (sizes[leaf] / (sizes[leaf] + 1)) * rows.square(i, means, leaf * rows.cols);
        if (cost < least) {
          least = cost;
          wanted[i] = leaf;
        }
      }
      touching[leaf] = 0;
    }
  }
  const staying = new Int32Array(leaves);
  for (let i = 0; i < rows.n; i++) if (wanted[i] === labels[i]) staying[labels[i]]++;
  return labels.map((own, i) => (staying[own] * 2 > sizes[own] ? wanted[i] : own));
}
