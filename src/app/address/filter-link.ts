import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { Facet } from '../../facet/facet.ts';
import type { Filter } from '../../facet/filter.ts';
import type { Corpus } from '../../model/paper.ts';
import { COLUMN } from '../coloring.ts';
import type { FacetSet } from '../filter/facet-set.ts';
import type { Filters } from '../store.ts';
import { LINK_FACETS, type LinkFacet, type LinkFilter } from './link-filters.ts';

/** The filters as a link tells them. What has no number (a value or a column that is gone) is left out. */
export function linkOfFilters(filters: Filters, facets: FacetSet, corpus: Corpus): LinkFilter[] {
  return Object.entries(filters).flatMap(([id, filter]): LinkFilter[] => {
    const facet = linkFacetOf(id, corpus);
    const named = facets.get(id)?.facet;
    if (facet === null || !named) return [];
    if (filter.kind === 'ranges') return [{ facet, ...filter }];
    const bars = filter.keys.flatMap((key) => barOf(named, facet, key) ?? []);
    return bars.length > 0 ? [{ facet, kind: filter.kind, bars }] : [];
  });
}

/** The filters that a link means on a map. What the map does not have is left out. */
export function filtersOfLink(links: readonly LinkFilter[], facets: FacetSet, corpus: Corpus): Filters {
  const filters: Record<string, Filter> = Object.create(null);
  for (const link of links) {
    const id = facetOfLink(link.facet, corpus);
    const named = id === null ? undefined : facets.get(id)?.facet;
    if (id === null || !named || (link.kind === 'ranges') !== (named.kind !== 'category')) continue;
    if (link.kind === 'ranges') {
      filters[id] = { kind: 'ranges', ranges: link.ranges, keepsMissing: link.keepsMissing };
      continue;
    }
    const keys = link.bars.flatMap((bar) => keyOf(named, link.facet, bar) ?? []);
    if (keys.length > 0) filters[id] = { kind: link.kind, keys };
  }
  return { ...filters };
}

/** How a link names a facet or a colouring by its id; null when it cannot. */
export function linkFacetOf(id: string, { columns }: Corpus): LinkFacet | null {
  const named = LINK_FACETS.find((facet) => facet === id);
  if (named) return named;
  const number = columns.findIndex(({ name }) => COLUMN + name === id);
  return number < 0 ? null : number;
}

/** The id of the facet that a link names; null for a column that is not there. */
export function facetOfLink(facet: LinkFacet, { columns }: Corpus): string | null {
  if (typeof facet === 'string') return facet;
  return facet < columns.length ? COLUMN + columns[facet].name : null;
}

function barOf(named: Facet, facet: LinkFacet, key: string): number | null {
  if (key === NO_VALUE_KEY) return -1;
  const bar = named.kind === 'category' ? named.keys.indexOf(key) : -1;
  if (bar < 0) return null;
  // The places of topics change when they are merged; their ids do not.
  return isByTopic(facet) ? Number(key) : bar;
}

function keyOf(named: Facet, facet: LinkFacet, bar: number): string | null {
  if (bar < 0) return NO_VALUE_KEY;
  if (named.kind !== 'category') return null;
  if (!isByTopic(facet)) return named.keys[bar] ?? null;
  return named.keys.includes(String(bar)) ? String(bar) : null;
}

function isByTopic(facet: LinkFacet): boolean {
  return facet === 'topic' || facet === 'nearest-topic';
}
