/**
 * c-TF-IDF (Grootendorst 2022, equation 2): `frequency` · log(1 + `average` / `total`), where `frequency` is how often a
 * term occurs in a class, `total` how often in all classes, and `average` the mean number of terms in a class. 0 for a
 * term that occurs nowhere.
 */
export function classTfIdf(frequency: number, total: number, average: number): number {
  return total > 0 ? frequency * Math.log1p(average / total) : 0;
}
