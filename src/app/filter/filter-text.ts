import { NO_VALUE_KEY, OTHER_KEY } from '../../facet/category-facet.ts';
import type { CategoryFacet, DateFacet, DateUnit, NumberFacet, RangeFacet } from '../../facet/facet.ts';
import { type Filter, type Range, restOf, wholeRange } from '../../facet/filter.ts';
import type { Noun } from '../../model/noun.ts';
import { BETWEEN } from '../../render/topic-colors.ts';
import { countOf, formatCount, formatDate } from '../messages.ts';
import type { NamedFacet } from './facet-set.ts';

/** Number of names in a chip; further values are only counted. */
const NAMED = 2;

/** A short description of a filter, without the facet's name: `2019–2021`, `not notes.csv`. */
export function filterText({ id, facet }: NamedFacet, filter: Filter): string {
  if (filter.kind === 'ranges') return facet.kind === 'category' ? '' : rangesText(id, facet, filter);
  if (facet.kind !== 'category') return '';
  const names = filter.keys.slice(0, NAMED).map((key) => keyLabel(id, facet, key));
  const more = filter.keys.length - names.length;
  const list = [...names, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', ');
  return filter.kind === 'only' ? list : `not ${list}`;
}

/** `120 of 468 papers`, or just the total when nothing is left out. */
export function keptText(kept: number, total: number, noun: Noun): string {
  return kept === total ? countOf(total, noun) : `${formatCount(kept)} of ${countOf(total, noun)}`;
}

/** The display name of a facet's value. */
export function keyLabel(id: string, facet: CategoryFacet, key: string): string {
  if (key === NO_VALUE_KEY) return id.endsWith('topic') ? BETWEEN : 'without';
  if (key === OTHER_KEY) return 'other';
  const rest = restOf(key);
  if (rest !== null) return `${facet.tree?.branches.get(rest)?.label ?? rest}, the rest`;
  return facet.labels[facet.keys.indexOf(key)] ?? facet.tree?.branches.get(key)?.label ?? key;
}

/** The display text of a range: `10–24` for whole numbers, `0.5–1.5`, `Mar 2019 – Jul 2020`. */
export function rangeLabel(facet: RangeFacet, { from, to }: Range): string {
  if (facet.kind === 'date') {
    const [first, last] = [dayLabel(from, facet.unit), dayLabel(to - 1, facet.unit)];
    return first === last ? first : `${first} – ${last}`;
  }
  const last = facet.isWhole ? Math.ceil(to) - 1 : to;
  const [low, high] = [numberLabel(from, facet), numberLabel(last, facet)];
  return low === high ? low : `${low}–${high}`;
}

/** Labels for the two ends of a histogram. */
export function endLabels(facet: RangeFacet): [string, string] {
  const { from, to } = wholeRange(facet);
  if (facet.kind === 'date') return [dayLabel(from, facet.unit), dayLabel(to - 1, facet.unit)];
  return [numberLabel(from, facet), numberLabel(facet.isWhole ? Math.ceil(to) - 1 : to, facet)];
}

/** How many papers a histogram leaves out, and why: `12 without a date, 2 without a year`; '' for none. */
export function missingText(
  { id, facet }: Pick<NamedFacet, 'id'> & { readonly facet: RangeFacet },
  noun: Noun,
): string {
  if (facet.kind === 'number') {
    const missing = facet.bins.reduce((sum, bar) => sum + (bar === facet.size ? 1 : 0), 0);
    return missing === 0 ? '' : `${countOf(missing, noun)} ${withoutValue(id, facet)}`;
  }
  const reasons: [number, string][] = [
    [facet.undated, 'without a date'],
    [facet.yearless, 'without a year'],
    [facet.vague, `without a ${facet.unit === 'quarter' ? 'month' : facet.unit}`],
  ];
  return reasons
    .filter(([count]) => count > 0)
    .map(([count, reason]) => `${formatCount(count)} ${reason}`)
    .join(', ');
}

function withoutValue(id: string, facet: RangeFacet): string {
  if (facet.kind === 'date') return 'without a date';
  return id === 'year' ? 'without a year' : 'without a number';
}

type RangesFilter = Filter & { readonly kind: 'ranges' };

function rangesText(id: string, facet: RangeFacet, { ranges, keepsMissing }: RangesFilter): string {
  const without = withoutValue(id, facet);
  const whole = wholeRange(facet);
  if (ranges.some(({ from, to }) => from <= whole.from && to >= whole.to)) return `not ${without}`;
  const parts = joined(ranges).map((range) => rangeLabel(facet, range));
  return [...parts, ...(keepsMissing ? [without] : [])].join(', ');
}

/** Merges adjacent ranges. */
function joined(ranges: readonly Range[]): Range[] {
  const parts: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = parts.at(-1);
    if (last && last.to >= range.from) parts[parts.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else parts.push(range);
  }
  return parts;
}

function dayLabel(day: number, unit: DateFacet['unit']): string {
  const iso = new Date(day * 86_400_000).toISOString();
  return formatDate(iso.slice(0, DATE_LENGTH[unit]));
}

/** Length of the ISO date prefix that matches a bar's precision. */
const DATE_LENGTH: Readonly<Record<DateUnit, number>> = { day: 10, month: 7, quarter: 7, year: 4, years: 4 };

/** From here on a number is written with a power of ten: its last digits are not exact, and no axis has room for them. */
const MOST_DIGITS = 1e15;

/** Four-digit integers may be years, which take no thousands separator. */
function numberLabel(value: number, { edges }: NumberFacet): string {
  const span = edges[edges.length - 1] - edges[0];
  if (Math.abs(value) >= MOST_DIGITS) return String(Number(value.toPrecision(4)));
  if (Number.isInteger(value)) return Math.abs(value) < 10_000 ? String(value) : formatCount(value);
  return String(Number(value.toPrecision(Math.abs(value) > 1000 * span ? 12 : 4)));
}
