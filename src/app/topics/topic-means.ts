import type { ColumnValue } from '../../model/paper.ts';
import { pathOf, type TopicView } from '../../model/topic-view.ts';

/** The numbers of a topic's papers. */
export interface TopicMean {
  readonly mean: number;
  /** Standard deviation (of n − 1); 0 for one number. */
  readonly spread: number;
  /** Papers with a number. */
  readonly count: number;
}

/**
 * The mean of a column's numbers in each topic, by id; topics without any are left out. Null where a value is no number,
 * or fewer than two differ. By running sums (Welford 1962), which do not overflow. O(n × levels).
 */
export function topicMeans(view: TopicView, values: readonly ColumnValue[]): ReadonlyMap<number, TopicMean> | null {
  if (!areNumbers(values)) return null;
  const sums = new Map<number, { count: number; mean: number; squares: number }>();
  values.forEach((value, paper) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return;
    for (const id of pathOf(view, paper)) {
      const sum = sums.get(id) ?? { count: 0, mean: 0, squares: 0 };
      sums.set(id, sum);
      sum.count++;
      const off = value - sum.mean;
      sum.mean += off / sum.count;
      sum.squares += off * (value - sum.mean);
    }
  });
  return new Map(
    Array.from(sums, ([id, { count, mean, squares }]) => [
      id,
      { mean, spread: count > 1 ? Math.sqrt(squares / (count - 1)) : 0, count },
    ]),
  );
}

/** The ids, those of the highest mean first; ids without a mean come last, in their order. */
export function byMean(means: ReadonlyMap<number, TopicMean>, ids: readonly number[]): number[] {
  const meanOf = (id: number): number => means.get(id)?.mean ?? Number.NEGATIVE_INFINITY;
  return ids.toSorted((a, b) => (meanOf(a) === meanOf(b) ? 0 : meanOf(b) - meanOf(a)));
}

function areNumbers(values: readonly ColumnValue[]): boolean {
  let first: number | null = null;
  let isVaried = false;
  for (const value of values) {
    if (value === null || value === '') continue;
    if (typeof value !== 'number') return false;
    if (first === null) first = value;
    else if (value !== first) isVaried = true;
  }
  return isVaried;
}
