/**
 * The share of its k true neighbours that a paper would have among its k nearest on a map of n papers drawn by chance,
 * 0…1: each of the n − 1 others is as likely a neighbour.
 */
export function neighborsKeptByChance(n: number, k: number): number {
  return n > 1 ? Math.min(1, k / (n - 1)) : 1;
}

/**
 * The trustworthiness (Venna & Kaski 2001) to expect of a map of n papers drawn by chance, 0…1; the same holds for
 * continuity. A neighbour on the map then has each true rank 1…n − 1 equally often, and a rank r > k costs r − k, which
 * the measure multiplies by 2 / (n k (2n − 3k − 1)). About a half where k is small beside n.
 */
export function trustworthinessByChance(n: number, k: number): number {
  if (n < 2 || k >= n - 1) return 1;
  return 1 - ((n - 1 - k) * (n - k)) / ((n - 1) * (2 * n - 3 * k - 1));
}
