import type { ColumnValue } from './paper.ts';

/** The mark between the items of a list column's value. */
const MARK = '; ';

/** The value of a list column that holds these items; null for none. Blanks around items and repeated items go. */
export function joinItems(items: readonly string[]): string | null {
  const own = new Set(items.map((item) => item.trim()).filter((item) => item !== ''));
  return own.size === 0 ? null : [...own].join(MARK);
}

/** The items of a value of a list column, in order; none for null. */
export function itemsOf(value: ColumnValue): readonly string[] {
  if (value === null || value === '') return [];
  return typeof value === 'string' ? value.split(MARK) : [String(value)];
}

/**
 * For each value of a list column, the item of it that most papers have; null for none. So a list has one colour on the
 * map. O(items).
 */
export function mainItems(values: readonly ColumnValue[]): (string | null)[] {
  const counts = new Map<string, number>();
  for (const value of values) for (const item of itemsOf(value)) counts.set(item, (counts.get(item) ?? 0) + 1);
  return values.map((value) => {
    let main: string | null = null;
    for (const item of itemsOf(value)) {
      const [own, best] = [counts.get(item) ?? 0, main === null ? 0 : (counts.get(main) ?? 0)];
      // Of two that are equally frequent, all papers choose the same.
      if (own > best || (own === best && main !== null && item < main)) main = item;
    }
    return main;
  });
}
