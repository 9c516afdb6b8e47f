import { type CrossFilter, makeCrossFilter, type Watch } from '../facet/cross-filter.ts';
import type { Members } from '../facet/facet.ts';
import { type Filter, writeMask } from '../facet/filter.ts';
import type { Corpus } from '../model/paper.ts';
import type { TopicView } from '../model/topic-view.ts';
import type { TopicEdits, TopicTree } from '../model/topics.ts';
import { type Neighborhood, neighborhoodOfPaper } from '../project/measure/map-neighbors.ts';
import { topicsOnMap } from '../render/part-hues.ts';
import { type FacetSet, makeFacetSet } from './filter/facet-set.ts';
import { treeOf } from './shown.ts';
import type { Filters, Shown, ShownPapers, State } from './state.ts';

/** The parts of the state that the filtered papers depend on. */
export type FilterState = Pick<State, 'shown' | 'topicEdits' | 'filters' | 'dayOrders'>;

/** The shown papers under the current filters; a new object whenever these change. */
export interface Filtered {
  readonly facets: FacetSet;
  /** Number of papers, and of those that pass. */
  readonly total: number;
  readonly kept: number;
  /** n values, 1 for papers that pass; null when all do. Changes in place, so copy it to keep it. */
  readonly passing: Uint8Array | null;
  /** Counts of a histogram without the filter of facet `id`, updated in place until the watch ends. */
  watch(id: string, bins: Uint16Array, size: number, members?: Members): Watch;
}

/** Values derived from a state, each the same object until its inputs change. */
export interface Selectors {
  /** The shown map's topics with this session's edits; null when it has none. */
  topics(state: Pick<State, 'shown' | 'topicEdits'>): TopicView | null;
  /** The filtered papers. A change costs O(n + papers that enter or leave × histograms watched). */
  filtered(state: FilterState): Filtered;
  /**
   * n×2: the positions of the papers that pass, NaN for the others. Null while nothing is shown. While papers are left
   * out, each call costs O(n) and returns a new array.
   */
  places(state: FilterState): Float32Array | null;
  /** A paper's true neighbours and its neighbours on the map; null when the map has none. */
  neighborhood(shown: Shown | null, paper: number): Neighborhood | null;
  /** The shown papers and their map; does not change when only positions do. */
  shownPapers(state: Pick<State, 'shown'>): ShownPapers | null;
}

/** Creates selectors for the states of one store. They cache their last results. */
export function makeSelectors(): Selectors {
  const topics = selectTopics();
  const filtered = selectFiltered(topics);
  return {
    topics,
    filtered,
    places(state) {
      const positions = state.shown?.positions ?? null;
      const { passing } = filtered(state);
      if (!positions || !passing) return positions;
      const kept = positions.slice();
      for (let i = 0; i < passing.length; i++) if (passing[i] === 0) kept[2 * i] = kept[2 * i + 1] = Number.NaN;
      return kept;
    },
    neighborhood: selectNeighborhood(),
    shownPapers: selectShownPapers(),
  };
}

function selectTopics(): Selectors['topics'] {
  let last: { readonly tree: TopicTree; readonly edits: TopicEdits; readonly view: TopicView } | null = null;
  return ({ shown, topicEdits }) => {
    const tree = treeOf(shown);
    if (!tree) return null;
    if (last?.tree !== tree || last.edits !== topicEdits) {
      last = {
        tree,
        edits: topicEdits,
        view: topicsOnMap({ ...tree, edits: topicEdits }, shown?.positions ?? new Float32Array()),
      };
    }
    return last.view;
  };
}

const NO_PAPERS: Corpus = { papers: [], columns: [] };

function selectFiltered(topics: Selectors['topics']): Selectors['filtered'] {
  let last = makeFiltering(NO_PAPERS, null, {});
  return (state) => {
    const corpus = state.shown?.corpus ?? NO_PAPERS;
    const view = topics(state);
    const { dayOrders } = state;
    if (last.corpus !== corpus || last.view !== view || last.dayOrders !== dayOrders) {
      last = makeFiltering(corpus, view, dayOrders);
    }
    if (last.filters !== state.filters || !last.filtered) last.filtered = applyFilters(last, state.filters);
    return last.filtered;
  };
}

/** What stays as long as the papers and their topics do, with the last filters applied. */
interface Filtering {
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

function makeFiltering(corpus: Corpus, view: TopicView | null, dayOrders: State['dayOrders']): Filtering {
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
    watch: (id, ...bars) => crossFilter.watch(facets.slotOf(id), ...bars),
    filters: {},
    filtered: null,
  };
}

function applyFilters(to: Filtering, filters: Filters): Filtered {
  const { facets, crossFilter, watch } = to;
  for (const id of new Set([...Object.keys(to.filters), ...Object.keys(filters)])) {
    const filter = filters[id] ?? null;
    if (filter !== to.filters[id]) setMask(to, id, filter);
  }
  to.filters = filters;
  const total = to.corpus.papers.length;
  const passing = crossFilter.kept < total ? crossFilter.passing : null;
  return { facets, total, kept: crossFilter.kept, passing, watch };
}

function setMask({ facets, crossFilter, mask }: Filtering, id: string, filter: Filter | null): void {
  const named = filter && facets.get(id);
  const says = named ? writeMask(named.facet, filter, mask) : false;
  crossFilter.setMask(facets.slotOf(id), says ? mask : null);
}

interface KnownNeighborhood {
  readonly shown: Shown;
  readonly paper: number;
  readonly found: Neighborhood;
}

function selectNeighborhood(): Selectors['neighborhood'] {
  // The last two, because requests alternate between the selected and the hovered paper.
  let known: readonly KnownNeighborhood[] = [];
  return (shown, paper) => {
    const map = shown?.map;
    if (!shown || !map?.neighbors || paper < 0 || paper >= map.corpus.papers.length) return null;
    const before = known.find((one) => one.shown === shown && one.paper === paper);
    if (before) return before.found;
    const { positions, neighbors, embedding } = map;
    const found = neighborhoodOfPaper({ positions, neighbors, embedding }, paper);
    known = [...known.slice(-1), { shown, paper, found }];
    return found;
  };
}

function selectShownPapers(): Selectors['shownPapers'] {
  let last: ShownPapers | null = null;
  return ({ shown }) => {
    if (!shown) return null;
    const { corpus, map } = shown;
    if (last?.corpus !== corpus || last.map !== map) last = { corpus, map };
    return last;
  };
}
