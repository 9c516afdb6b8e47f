import { type CrossFilter, makeCrossFilter, type Watch } from '../../facet/cross-filter.ts';
import { type Filter, writeMask } from '../../facet/filter.ts';
import type { Corpus } from '../../model/paper.ts';
import type { TopicView } from '../../model/topic-view.ts';
import type { Filters, State } from '../store.ts';
import { topicsOf } from '../topics/topic-state.ts';
import { type FacetSet, makeFacetSet } from './facet-set.ts';

/** The shown papers under the present filters; another object whenever these change. */
export interface Filtered {
  readonly facets: FacetSet;
  /** Papers, and those that pass. */
  readonly total: number;
  readonly kept: number;
  /** n, 1 for papers that pass; null when nothing is left out by any filter. Changes in place: copy what is to stay. */
  readonly passing: Uint8Array | null;
  /** Counts of a histogram without the filter of facet `id`, kept up to date in place until its end. */
  watch(id: string, bins: Uint16Array, size: number): Watch;
}

/** {@link Filtered} for a state. The cross-filter follows it: a change costs O(n + papers let in or out × histograms watched). */
export function filteredOf(state: Pick<State, 'shown' | 'topicEdits' | 'filters' | 'dayOrders'>): Filtered {
  const corpus = state.shown?.corpus ?? NO_PAPERS;
  const view = topicsOf(state);
  const { dayOrders } = state;
  if (kit.corpus !== corpus || kit.view !== view || kit.dayOrders !== dayOrders) kit = makeKit(corpus, view, dayOrders);
  if (kit.filters !== state.filters || !kit.filtered) kit.filtered = apply(kit, state.filters);
  return kit.filtered;
}

/**
 * n×2: where the papers that pass stand; NaN, for no place, where a filter leaves one out. Null while nothing is shown.
 * O(n) while papers are left out.
 */
export function keptPlaces(state: Parameters<typeof filteredOf>[0]): Float32Array | null {
  const positions = state.shown?.positions ?? null;
  const { passing } = filteredOf(state);
  if (!positions || !passing) return positions;
  const kept = positions.slice();
  for (let i = 0; i < passing.length; i++) if (passing[i] === 0) kept[2 * i] = kept[2 * i + 1] = Number.NaN;
  return kept;
}

const NO_PAPERS: Corpus = { papers: [], columns: [] };

/** What stays as long as the papers and their topics do. */
interface Kit {
  readonly corpus: Corpus;
  readonly view: TopicView | null;
  readonly dayOrders: State['dayOrders'];
  readonly facets: FacetSet;
  readonly crossFilter: CrossFilter;
  readonly mask: Uint8Array;
  readonly watch: Filtered['watch'];
  filters: Filters;
  filtered: Filtered | null;
}

let kit = makeKit(NO_PAPERS, null, {});

function makeKit(corpus: Corpus, view: TopicView | null, dayOrders: State['dayOrders']): Kit {
  const n = corpus.papers.length;
  const facets = makeFacetSet(corpus, view, dayOrders);
  const crossFilter = makeCrossFilter(n);
  return {
    corpus,
    view,
    dayOrders,
    facets,
    crossFilter,
    mask: new Uint8Array(n),
    watch: (id, bins, size) => crossFilter.watch(facets.slotOf(id), bins, size),
    filters: {},
    filtered: null,
  };
}

function apply(into: Kit, filters: Filters): Filtered {
  const { facets, crossFilter, watch } = into;
  for (const id of new Set([...Object.keys(into.filters), ...Object.keys(filters)])) {
    const filter = filters[id] ?? null;
    if (filter !== into.filters[id]) setMask(into, id, filter);
  }
  into.filters = filters;
  const total = into.corpus.papers.length;
  const passing = crossFilter.kept < total ? crossFilter.passing : null;
  return { facets, total, kept: crossFilter.kept, passing, watch };
}

function setMask({ facets, crossFilter, mask }: Kit, id: string, filter: Filter | null): void {
  const named = filter && facets.get(id);
  const says = named ? writeMask(named.facet, filter, mask) : false;
  crossFilter.setMask(facets.slotOf(id), says ? mask : null);
}
