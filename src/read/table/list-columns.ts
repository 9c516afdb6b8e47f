import { itemsOf, joinItems } from '../../model/list-values.ts';
import type { Column, ColumnValue } from '../../model/paper.ts';
import { parseDate } from '../../text/dates.ts';
import { parseListCell } from './list-cell.ts';

/** Splits a value into items; null when it is none of the kind. */
type Split = (value: string) => readonly string[] | null;

interface Kind {
  readonly split: Split;
  /** Share of the values with several items, and of the items that come in several rows, that make a list. */
  readonly several: number;
  readonly repeated: number;
  /** Longest mean length of an item. */
  readonly length: number;
}

/** Values that are looked at before all are. */
const SAMPLE = 2000;
/** Share of the values that must be written as lists. */
const WRITTEN = 0.9;

/** Ways to write lists as one text, and how sure one must be: prose and names have commas too. */
const KINDS: readonly Kind[] = [
  { split: (value) => value.split(';'), several: 0.1, repeated: 0.3, length: 40 },
  { split: (value) => value.split('|'), several: 0.1, repeated: 0.3, length: 40 },
  { split: splitTags, several: 0.1, repeated: 0.3, length: 40 },
  { split: (value) => value.split(','), several: 0.3, repeated: 0.7, length: 25 },
];

/**
 * Marks the columns of lists, and joins their items in one way. A column is one if it came as lists (`given`), if nearly
 * all its values are written as lists by a program, or if it has several items between semicolons, bars, commas or in
 * `<tags>`, and these come again in other rows: a sentence with semicolons is no list. O(characters).
 */
export function settleLists(columns: readonly Column[], given: ReadonlySet<string>): Column[] {
  return columns.map((column) => {
    const split = splitOf(column, given.has(column.name));
    if (!split) return column;
    const values = column.values.map(
      (value): ColumnValue => (typeof value === 'string' ? joinItems(split(value) ?? [value]) : value),
    );
    return { name: column.name, values, isList: true };
  });
}

function splitOf({ values }: Column, isGiven: boolean): Split | null {
  const sample: string[] = [];
  for (const value of values) {
    if (value === null || value === '') continue;
    if (typeof value !== 'string') return null;
    sample.push(value);
    if (sample.length === SAMPLE) break;
  }
  if (sample.length === 0) return null;
  if (isGiven) return (value) => itemsOf(value);
  const written = sample.map(parseListCell);
  if (written.filter((items) => items !== null).length >= WRITTEN * sample.length) {
    const items = written.flatMap((each) => each ?? []);
    // Coordinates and the like.
    return items.filter((item) => /\p{L}/u.test(item)).length * 2 > items.length ? parseListCell : null;
  }
  if (sample.filter((value) => parseDate(value) !== null).length * 2 > sample.length) return null;
  return KINDS.find((kind) => isList(sample, kind))?.split ?? null;
}

function isList(sample: readonly string[], { split, several, repeated, length }: Kind): boolean {
  const counts = new Map<string, number>();
  let [all, characters, lists] = [0, 0, 0];
  for (const value of sample) {
    const items = itemsOf(joinItems(split(value) ?? [value]));
    if (items.length > 1) lists++;
    for (const item of items) {
      counts.set(item, (counts.get(item) ?? 0) + 1);
      characters += item.length;
      all++;
    }
  }
  if (lists < several * sample.length || lists < 2 || characters > length * all) return false;
  let again = 0;
  let wordy = 0;
  for (const [item, count] of counts) {
    if (count > 1) again += count;
    if (/\p{L}/u.test(item)) wordy++;
  }
  return again >= repeated * all && wordy * 2 > counts.size;
}

/** `<java><xml>`, as Stack Overflow writes tags. */
function splitTags(value: string): readonly string[] | null {
  return /^(?:<[^<>\s]+>)+$/u.test(value) ? value.slice(1, -1).split('><') : null;
}
