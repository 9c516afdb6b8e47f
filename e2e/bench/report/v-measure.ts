import { makeRandom, shuffledIndices } from '../../../src/math/random.ts';

/** How far clusters and classes agree; each 0…1, higher is better. */
export interface VMeasure {
  /** Clusters hold papers of one class each. */
  readonly homogeneity: number;
  /** Classes lie in one cluster each. */
  readonly completeness: number;
  /** The harmonic mean of both. */
  readonly v: number;
}

/**
 * V-measure with β = 1 (Rosenberg and Hirschberg 2007, equations 1 to 3) of two labellings of the same papers; any
 * number is a label like any other. Swapping the two swaps homogeneity and completeness. All ones for no papers.
 * O(n). Throws a RangeError when the lengths differ.
 */
export function vMeasure(classes: ArrayLike<number>, clusters: ArrayLike<number>): VMeasure {
  const n = classes.length;
  if (clusters.length !== n) throw new RangeError(`expected ${n} clusters, got ${clusters.length}`);
  const byClass = new Map<number, number>();
  const byCluster = new Map<number, number>();
  const cells = new Map<string, Cell>();
  for (let i = 0; i < n; i++) {
    byClass.set(classes[i], (byClass.get(classes[i]) ?? 0) + 1);
    byCluster.set(clusters[i], (byCluster.get(clusters[i]) ?? 0) + 1);
    const key = `${classes[i]} ${clusters[i]}`;
    const cell = cells.get(key);
    if (cell) cell.count++;
    else cells.set(key, { label: classes[i], cluster: clusters[i], count: 1 });
  }
  let classGivenCluster = 0;
  let clusterGivenClass = 0;
  for (const { label, cluster, count } of cells.values()) {
    classGivenCluster -= (count / n) * Math.log(count / (byCluster.get(cluster) ?? count));
    clusterGivenClass -= (count / n) * Math.log(count / (byClass.get(label) ?? count));
  }
  const homogeneity = explained(classGivenCluster, entropy(byClass, n));
  const completeness = explained(clusterGivenClass, entropy(byCluster, n));
  const sum = homogeneity + completeness;
  return { homogeneity, completeness, v: sum === 0 ? 0 : (2 * homogeneity * completeness) / sum };
}

/**
 * By how much V is above that of clusters drawn by chance with the same sizes: (V − E) / (1 − E), where E is the mean V of
 * {@link SHUFFLES} seeded shuffles. V alone grows with the number of clusters and is high for papers on their
 * own. 0 for nothing but chance, below it for less; 1 when chance cannot but agree. O(n × shuffles).
 */
export function vOverChance(classes: ArrayLike<number>, clusters: ArrayLike<number>, seed: number): number {
  const random = makeRandom(seed);
  let sum = 0;
  for (let time = 0; time < SHUFFLES; time++) {
    const order = shuffledIndices(clusters.length, random);
    sum += vMeasure(
      classes,
      order.map((place) => clusters[place]),
    ).v;
  }
  const chance = sum / SHUFFLES;
  return chance > 1 - 1e-12 ? 1 : (vMeasure(classes, clusters).v - chance) / (1 - chance);
}

const SHUFFLES = 50;

interface Cell {
  readonly label: number;
  readonly cluster: number;
  count: number;
}

function entropy(counts: ReadonlyMap<number, number>, n: number): number {
  let sum = 0;
  for (const count of counts.values()) sum -= (count / n) * Math.log(count / n);
  return sum;
}

/** The share of `whole` that knowing the other labelling takes away. */
function explained(left: number, whole: number): number {
  return whole === 0 ? 1 : Math.max(0, 1 - left / whole);
}
