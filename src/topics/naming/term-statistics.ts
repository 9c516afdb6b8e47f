/** Counts, by term, of two sets of texts that are compared and of their background. */
interface TermCounts {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  /** The prior: counts in a larger corpus, such as all papers. Where it is 0, a and b must be 0, too. */
  readonly background: ArrayLike<number>;
}

/**
 * c-TF-IDF (Grootendorst 2022, equation 2): `frequency` · log(1 + `average` / `total`), where `frequency` is how often
 * a term occurs in a class, `total` how often in all classes, and `average` the mean number of terms in a class. 0 for
 * a term that does not occur.
 */
export function classTfIdf(frequency: number, total: number, average: number): number {
  return total > 0 ? frequency * Math.log1p(average / total) : 0;
}

/**
 * Log-odds ratios with an informative Dirichlet prior, as z-scores by term: positive for what `a` says more often than
 * `b` (Monroe, Colaresi & Quinn 2008, equations 16, 20 and 22). The prior has the background's proportions and weighs
 * as much as `priorWeight` occurrences (their α₀), which draws terms that are frequent or rare everywhere towards no
 * difference. 0 for a term that the background lacks. O(terms).
 */
export function logOddsScores({ a, b, background }: TermCounts, priorWeight: number): Float64Array {
  const terms = background.length;
  const scores = new Float64Array(terms);
  const totalA = sumOf(a) + priorWeight;
  const totalB = sumOf(b) + priorWeight;
  const perBackground = priorWeight / sumOf(background);
  for (let w = 0; w < terms; w++) {
    const prior = background[w] * perBackground;
    if (!(prior > 0)) continue;
    const inA = a[w] + prior;
    const inB = b[w] + prior;
    const difference = Math.log(inA / (totalA - inA)) - Math.log(inB / (totalB - inB));
    const z = difference / Math.sqrt(1 / inA + 1 / inB);
    // If there is only one term, its odds are infinite in both sets, and there is no difference.
    scores[w] = Number.isFinite(z) ? z : 0;
  }
  return scores;
}

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let w = 0; w < counts.length; w++) sum += counts[w];
  return sum;
}
