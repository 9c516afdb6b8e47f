import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { CategoryTree } from '../../facet/facet.ts';
import { type Filter, isolateKey, toggleBranch } from '../../facet/filter.ts';
import type { DayOrder } from '../../text/dates.ts';
import type { Selectors } from '../selectors.ts';
import { type Filters, NO_FILTERS, type State } from '../state.ts';
import type { Store } from '../store.ts';
import type { FacetSet } from './facet-set.ts';

/** What a person does with filters. */
export type Filtering = ReturnType<typeof makeFiltering>;

/** The filters of one store. */
export function makeFiltering(store: Store, selectors: Selectors) {
  /** Filters by a facet; null ends that. It is a step that can be undone. */
  function setFilter(id: string, filter: Filter | null): void {
    store.set(({ filters }) => ({ filters: withFilter(filters, id, filter) }));
  }
  /** Changes a facet's filter by what `change` makes of it. */
  const changeFilter = (id: string, change: (filter: Filter | null) => Filter | null): void =>
    setFilter(id, change(store.get().filters[id] ?? null));
  function changeTopics(change: (tree: CategoryTree, filter: Filter | null) => Filter | null): void {
    const id = topicFacetId(store.get());
    const tree = topicTree(selectors.filtered(store.get()).facets, id);
    if (tree) changeFilter(id, (filter) => change(tree, filter));
  }
  return {
    setFilter,
    changeFilter,
    /** The same while a hand or a clock is moving it: no step of its own, see {@link keepFilters}. */
    moveFilter: (id: string, filter: Filter | null): void =>
      store.setQuietly({ filters: withFilter(store.get().filters, id, filter) }),
    /** The move is over: makes one step of all that has changed since the filters were `before`. */
    keepFilters(before: Filters): void {
      const { filters } = store.get();
      if (filters === before) return;
      store.setQuietly({ filters: before });
      store.set({ filters });
    },
    clearFilters: (): void => store.set({ filters: NO_FILTERS }),
    /** Takes a topic's papers off the map, or puts them back; −1 for those between topics. */
    toggleTopic: (id: number): void => changeTopics((tree, filter) => toggleBranch(tree, filter, topicKey(id))),
    /** Keeps to a topic's papers; asked for again, to all. */
    isolateTopic: (id: number): void => changeTopics((_, filter) => isolateKey(filter, topicKey(id))),
    /** Shows time at the foot of the map, along the first facet of dates; or puts it away. */
    toggleTimeline(): void {
      const state = store.get();
      const [first = null] = state.timeline === null ? selectors.filtered(state).facets.timelines() : [];
      store.set({ timeline: first });
    },
    /** Reads a facet's dates such as 03/04/2023 in another order. Its filter ends: it would now mean other days. */
    readDays(id: string, order: DayOrder): void {
      store.set(({ dayOrders, filters }) => ({
        dayOrders: { ...dayOrders, [id]: order },
        filters: withFilter(filters, id, null),
      }));
    },
  };
}

/** Filters that still mean something when the topics are others. */
export function withoutTopics(filters: Filters): Filters {
  return withFilter(withFilter(filters, 'topic', null), 'nearest-topic', null);
}

/** The tree of topics is the legend of both colourings by topic: it filters by the one that is on. */
export function topicFacetId({ colorBy }: Pick<State, 'colorBy'>): string {
  return colorBy === 'nearest-topic' ? colorBy : 'topic';
}

/** The tree of facet `id`; null where it has none. */
export function topicTree(facets: FacetSet, id: string): CategoryTree | null {
  const facet = facets.get(id)?.facet;
  return facet?.kind === 'category' ? (facet.tree ?? null) : null;
}

/** What a topic is called in its tree; −1 is for papers between topics. */
export function topicKey(id: number): string {
  return id < 0 ? NO_VALUE_KEY : String(id);
}

function withFilter(filters: Filters, id: string, filter: Filter | null): Filters {
  if (filter === null && !(id in filters)) return filters;
  const { [id]: _, ...others } = filters;
  return filter ? { ...others, [id]: filter } : others;
}
