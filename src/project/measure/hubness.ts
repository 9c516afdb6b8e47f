import type { Neighbors } from '../../model/map-data.ts';

/** How unevenly papers are the neighbours of others. */
export interface Hubness {
  /** Skewness of how often papers are among the k nearest of others: 0 even, above 1 some are near to very many. */
  readonly skewness: number;
  /** The paper that is most often a neighbour (the first of several), and of how many; −1 and 0 without papers. */
  readonly hub: number;
  readonly most: number;
  /** Papers that are a neighbour of none. */
  readonly never: number;
}

/**
 * Hubness of a neighbour graph (Radovanović, Nanopoulos & Ivanović 2010, equation 1): the third standardised moment of
 * the k-occurrences, with n in the denominators. Papers with a 1 in `apart` have no true neighbours and are left out. O(n·k).
 */
export function measureHubness({ k, indices }: Neighbors, apart: Uint8Array | null = null): Hubness {
  const n = k === 0 ? 0 : indices.length / k;
  const counts = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (apart?.[i] === 1) continue;
    for (let at = i * k; at < (i + 1) * k; at++) counts[indices[at]]++;
  }
  let [papers, sum, hub, never] = [0, 0, -1, 0];
  for (let i = 0; i < n; i++) {
    if (apart?.[i] === 1) continue;
    papers++;
    sum += counts[i];
    if (hub < 0 || counts[i] > counts[hub]) hub = i;
    if (counts[i] === 0) never++;
  }
  const mean = sum / Math.max(1, papers);
  let [second, third] = [0, 0];
  for (let i = 0; i < n; i++) {
    if (apart?.[i] === 1) continue;
    const away = counts[i] - mean;
    second += away * away;
    third += away * away * away;
  }
  const spread = second / Math.max(1, papers);
  const skewness = spread === 0 ? 0 : third / papers / spread ** 1.5;
  return { skewness, hub, most: hub < 0 ? 0 : counts[hub], never };
}
