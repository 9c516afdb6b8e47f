import { keyOfValue, NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { CategoryFacet, NumberFacet } from '../../facet/facet.ts';
import { binsOf } from '../../facet/facet.ts';
import {
  type Filter,
  isolateKey,
  isolateRange,
  keepMissing,
  keepsKey,
  keepsRange,
  type Range,
  toggleKey,
  toggleRange,
  wholeRange,
} from '../../facet/filter.ts';
import type { LegendEntry } from '../../render/palette.ts';
import type { NamedFacet } from './facet-set.ts';

/** A legend's lines as filters of the facet that colours the map. */
export interface LegendLines {
  /** The line of each paper and the number of lines, for counting. */
  readonly bins: Uint16Array;
  readonly size: number;
  keeps(filter: Filter | null, line: number): boolean;
  /** Filters a line's papers out or in. */
  toggle(filter: Filter | null, line: number): Filter | null;
  /** Keeps only a line's papers; called again, keeps all. */
  isolate(filter: Filter | null, line: number): Filter | null;
}

/** Null when the legend cannot filter: dates coloured by single values do not match the facet's bars. */
export function legendLines({ facet }: NamedFacet, legend: readonly LegendEntry[]): LegendLines | null {
  if (facet.kind === 'category') return linesOfKeys(facet, legend);
  return facet.kind === 'number' ? linesOfRanges(facet, legend) : null;
}

function linesOfKeys(facet: CategoryFacet, legend: readonly LegendEntry[]): LegendLines {
  // Fall back to the label where keys and labels differ, as for topics.
  const keyOf = (label: string): string => facet.keys[facet.labels.indexOf(label)] ?? label;
  const named = new Set(legend.filter(({ kind }) => kind === 'category').map(({ label }) => keyOf(label)));
  const keys = legend.map(({ kind, label }) => {
    if (kind === 'missing') return [NO_VALUE_KEY];
    return kind === 'other' ? facet.keys.filter((key) => !named.has(key)) : [keyOf(label)];
  });
  const lineOfBar = new Uint16Array(facet.size + 1).fill(legend.length);
  keys.forEach((own, line) => {
    for (const key of own) lineOfBar[key === NO_VALUE_KEY ? facet.size : facet.keys.indexOf(key)] = line;
  });
  return {
    bins: facet.bins.map((bar) => lineOfBar[bar]),
    size: legend.length,
    keeps: (filter, line) => keys[line].some((key) => keepsKey(filter, key)),
    toggle: (filter, line) => keys[line].reduce(toggleKey, filter),
    isolate(filter, line) {
      const [only] = keys[line];
      if (keys[line].length === 1) return isolateKey(filter, only);
      const isAlone = filter?.kind === 'only' && filter.keys.join('\n') === keys[line].join('\n');
      return isAlone ? null : { kind: 'only', keys: keys[line] };
    },
  };
}

/** A legend's ranges begin at their lowest value; a number coloured by itself is the range up to the next number. */
function linesOfRanges(facet: NumberFacet, legend: readonly LegendEntry[]): LegendLines {
  const starts = startsOf(facet, legend);
  const edges = Float64Array.from([...starts, wholeRange(facet).to]);
  const all = starts.map((from, i): Range => ({ from, to: edges[i + 1] }));
  const labelled = legend.map(({ kind, label, from }) => {
    if (kind === 'missing' || kind === 'other') return -1;
    return starts.findIndex((start) => (from === undefined ? keyOfValue(start) === label : start === from));
  });
  const ranges = legend.map(({ kind }, line) => {
    if (kind === 'other') return all.filter((_, i) => !labelled.includes(i));
    return labelled[line] < 0 ? [] : [all[labelled[line]]];
  });
  const lineOfRange = Uint16Array.from({ length: all.length + 1 }, (_, i) => {
    const line = i < all.length ? ranges.findIndex((own) => own.includes(all[i])) : -1;
    return line >= 0 ? line : legend.findIndex(({ kind }) => kind === 'missing');
  });
  return {
    bins: binsOf(facet.values, edges).map((range) => lineOfRange[range]),
    size: legend.length,
    keeps: (filter, line) =>
      ranges[line].length > 0
        ? ranges[line].some((range) => keepsRange(filter, range))
        : filter?.kind !== 'ranges' || filter.keepsMissing,
    toggle(filter, line) {
      if (ranges[line].length > 0) return ranges[line].reduce((now, range) => toggleRange(now, range, all), filter);
      const isKept = filter?.kind !== 'ranges' || filter.keepsMissing;
      return keepMissing(filter, !isKept, wholeRange(facet));
    },
    isolate(filter, line) {
      const [first, ...others] = ranges[line];
      if (others.length === 0) return isolateRange(filter, first ?? null);
      return { kind: 'ranges', ranges: ranges[line], keepsMissing: false };
    },
  };
}

function startsOf({ values }: NumberFacet, legend: readonly LegendEntry[]): number[] {
  const ranged = legend.flatMap(({ from }) => from ?? []);
  if (ranged.length > 0) return ranged;
  return [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
}
