import type { Range } from '../../facet/filter.ts';
import { NO_SELECTION, type Selection } from '../../model/selection.ts';

/** Facets that are not columns. */
export const LINK_FACETS = ['topic', 'nearest-topic', 'source', 'date', 'year'] as const;

/** One of {@link LINK_FACETS}, or a column by its number from 0. */
export type LinkFacet = (typeof LINK_FACETS)[number] | number;

/**
 * A filter that contains no words of the data: values are given by number (topics by id, others by their place among
 * the facet's bars), −1 for papers without a value.
 */
export type LinkFilter = { readonly facet: LinkFacet } & (
  | { readonly kind: 'only' | 'without'; readonly bars: readonly number[] }
  | { readonly kind: 'ranges'; readonly ranges: readonly Range[]; readonly keepsMissing: boolean }
);

/** For example `topic*only*3_5,year*in*2001/2004_2010/2012_x`; `x` means papers without a value. */
export function formatFilters(filters: readonly LinkFilter[]): string {
  return filters.map((filter) => `${formatFacet(filter.facet)}*${formatBody(filter)}`).join(',');
}

/** Reads what {@link formatFilters} wrote. Malformed parts, and further parts for the same facet, are ignored. */
export function parseFilters(text: string): LinkFilter[] {
  const filters = new Map<LinkFacet, LinkFilter>();
  if (text === '') return [];
  for (const part of text.split(',')) {
    const [name, kind, list, ...more] = part.split('*');
    const facet = parseFacet(name);
    const body = facet === null || list === undefined || more.length > 0 ? null : parseBody(kind, list.split('_'));
    if (facet !== null && body && !filters.has(facet)) filters.set(facet, { facet, ...body });
  }
  return [...filters.values()];
}

/** A facet as in a filter: a word, or `c` and a column's number. */
export function formatFacet(facet: LinkFacet): string {
  return typeof facet === 'number' ? `c${facet}` : facet;
}

/** Reads what {@link formatFacet} wrote; null for anything else. */
export function parseFacet(text: string | null): LinkFacet | null {
  const named = LINK_FACETS.find((facet) => facet === text);
  if (named) return named;
  return text !== null && /^c\d{1,7}$/u.test(text) ? Number(text.slice(1)) : null;
}

type Body =
  | { readonly kind: 'only' | 'without'; readonly bars: readonly number[] }
  | { readonly kind: 'ranges'; readonly ranges: readonly Range[]; readonly keepsMissing: boolean };

const MISSING = 'x';

function formatBody(filter: LinkFilter): string {
  if (filter.kind !== 'ranges') {
    return `${filter.kind}*${filter.bars.map((bar) => (bar < 0 ? MISSING : String(bar))).join('_')}`;
  }
  const ranges = filter.ranges.map(({ from, to }) => `${from}/${to}`);
  return `in*${[...ranges, ...(filter.keepsMissing ? [MISSING] : [])].join('_')}`;
}

function parseBody(kind: string, parts: readonly string[]): Body | null {
  if (kind === 'in') return parseRanges(parts);
  if (kind !== 'only' && kind !== 'without') return null;
  const bars = parts.map((part) => (part === MISSING ? -1 : /^\d{1,7}$/u.test(part) ? Number(part) : Number.NaN));
  return bars.some(Number.isNaN) ? null : { kind, bars };
}

function parseRanges(parts: readonly string[]): Body | null {
  const keepsMissing = parts.includes(MISSING);
  const ranges: Range[] = [];
  for (const part of parts) {
    if (part === MISSING || (part === '' && parts.length === 1)) continue;
    const [from, to, ...more] = part.split('/').map(parseNumber);
    if (from === null || to === undefined || to === null || more.length > 0 || from >= to) return null;
    ranges.push({ from, to });
  }
  return { kind: 'ranges', ranges, keepsMissing };
}

/** Reads a finite number as `String` writes it. */
function parseNumber(text: string): number | null {
  if (!/^-?\d{1,22}(?:\.\d{1,30})?(?:e[+-]\d{1,3})?$/u.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Paper indices, both inclusive. In a list, spans ascend and at least one paper lies between any two. */
export type Span = readonly [first: number, last: number];

/** Largest paper index that a link may name. */
export const MAX_PAPER = 9_999_999;

/** Splits a selection into spans. O(n). */
export function spansOf(selection: Selection): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < selection.length; ) {
    let end = i + 1;
    while (end < selection.length && selection[end] === selection[end - 1] + 1) end++;
    spans.push([selection[i], selection[end - 1]]);
    i = end;
  }
  return spans;
}

/** The papers of `spans` that exist in a map of n papers. O(result). */
export function selectionOfSpans(spans: readonly Span[], n: number): Selection {
  const inside = spans.filter(([first]) => first < n).map(([first, last]): Span => [first, Math.min(last, n - 1)]);
  const size = inside.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (size === 0) return NO_SELECTION;
  const papers = new Int32Array(size);
  let at = 0;
  for (const [first, last] of inside) for (let paper = first; paper <= last; paper++) papers[at++] = paper;
  return papers;
}

/** Spans joined by points, in base 36: papers skipped since the last span (less one), then `-` and how many follow. */
export function formatSpans(spans: readonly Span[]): string {
  let next = 0;
  return spans
    .map(([first, last]) => {
      const gap = (first - next).toString(36);
      next = last + 2;
      return last > first ? `${gap}-${(last - first).toString(36)}` : gap;
    })
    .join('.');
}

/** Reads what {@link formatSpans} wrote; empty when that is malformed or out of range. */
export function parseSpans(text: string): Span[] {
  const spans: Span[] = [];
  let next = 0;
  if (text === '') return spans;
  for (const part of text.split('.')) {
    const match = /^([0-9a-z]{1,5})(?:-([0-9a-z]{1,5}))?$/u.exec(part);
    if (!match) return [];
    const first = next + Number.parseInt(match[1], 36);
    const last = first + (match[2] === undefined ? 0 : Number.parseInt(match[2], 36));
    if (last > MAX_PAPER) return [];
    spans.push([first, last]);
    next = last + 2;
  }
  return spans;
}
