import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { Facet } from '../../facet/facet.ts';
import type { Filter } from '../../facet/filter.ts';
import type { Corpus } from '../../model/paper.ts';
import { COLUMN, defaultColor } from '../coloring.ts';
import type { FacetSet } from '../filter/facet-set.ts';
import type { Filters, State } from '../state.ts';
import { LINK_FACETS, type LinkFacet, type LinkFilter, spansOf } from './link-parts.ts';
import { LINK_COLORS, type ViewLink } from './view-link.ts';

/** The link to a view. `facets`: those of the state, as selected. */
export function linkOfState(state: State, facets: FacetSet, camera: ViewLink['camera']): ViewLink {
  const { shown, query, searchMode, like, unlike, selected, topic, theme, timeline } = state;
  // A comparison of two maps ends with the page, so a link cannot refer to it.
  const colorBy = state.colorBy === 'drift' && state.comparison ? state.comparison.colorBefore : state.colorBy;
  return {
    camera,
    query: query.trim() === '' ? '' : query,
    mode: searchMode,
    like,
    unlike,
    selected,
    topic,
    selection: spansOf(state.selection),
    filters: shown ? linkOfFilters(state.filters, facets, shown.corpus) : [],
    timeline: shown && timeline !== null ? linkFacetOf(timeline, shown.corpus) : null,
    color: shown?.map && colorBy !== defaultColor(shown.map) ? colorNumber(shown.corpus, colorBy) : null,
    theme: theme === 'auto' ? null : theme,
  };
}

/** The filters in a link's terms, without values and columns that have no number because they are gone. */
function linkOfFilters(filters: Filters, facets: FacetSet, corpus: Corpus): LinkFilter[] {
  return Object.entries(filters).flatMap(([id, filter]): LinkFilter[] => {
    const facet = linkFacetOf(id, corpus);
    const named = facets.get(id)?.facet;
    if (facet === null || !named) return [];
    if (filter.kind === 'ranges') return [{ facet, ...filter }];
    const bars = filter.keys.flatMap((key) => barOf(named, facet, key) ?? []);
    return bars.length > 0 ? [{ facet, kind: filter.kind, bars }] : [];
  });
}

/** The filters that a link means on a map, without those that the map does not have. */
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

/** The id of the facet that a link names; null for a missing column. */
export function facetOfLink(facet: LinkFacet, { columns }: Corpus): string | null {
  if (typeof facet === 'string') return facet;
  return facet < columns.length ? COLUMN + columns[facet].name : null;
}

/** The colouring that a link names; null for none and for a missing column. */
export function colorOfLink({ columns }: Corpus, color: ViewLink['color']): string | null {
  if (typeof color !== 'number') return color;
  return color < columns.length ? COLUMN + columns[color].name : null;
}

/** A link's name for the facet or colouring `id`; null when it has none. */
function linkFacetOf(id: string, { columns }: Corpus): LinkFacet | null {
  const named = LINK_FACETS.find((facet) => facet === id);
  if (named) return named;
  const number = columns.findIndex(({ name }) => COLUMN + name === id);
  return number < 0 ? null : number;
}

function colorNumber({ columns }: Corpus, colorBy: string): ViewLink['color'] {
  const named = LINK_COLORS.find((color) => color === colorBy);
  if (named) return named;
  const number = columns.findIndex(({ name }) => COLUMN + name === colorBy);
  return number < 0 ? null : number;
}

function barOf(named: Facet, facet: LinkFacet, key: string): number | null {
  if (key === NO_VALUE_KEY) return -1;
  const bar = named.kind === 'category' ? named.keys.indexOf(key) : -1;
  if (bar < 0) return null;
  // Topics change places when they are merged, but keep their ids.
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
