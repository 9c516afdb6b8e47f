import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { CategoryTree } from '../../facet/facet.ts';
import { type Filter, isolateKey, toggleBranch } from '../../facet/filter.ts';
import type { DayOrder } from '../../text/dates.ts';
import type { Selectors } from '../selectors.ts';
import { type Filters, NO_FILTERS, type State } from '../state.ts';
import type { Store } from '../store.ts';
import type { FacetSet } from './facet-set.ts';

/** The user's actions on filters. */
export type Filtering = ReturnType<typeof makeFiltering>;

/** The filters of one store. */
export function makeFiltering(store: Store, selectors: Selectors) {
  /** Sets a facet's filter, or removes it with null. Can be undone. */
  function setFilter(id: string, filter: Filter | null): void {
    store.set(({ filters }) => ({ filters: withFilter(filters, id, filter) }));
  }
  /** Replaces a facet's filter by the result of `change`. */
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
    /** Sets a filter while it is dragged or animated, without an undo step; see {@link keepFilters}. */
    moveFilter: (id: string, filter: Filter | null): void =>
      store.setQuietly({ filters: withFilter(store.get().filters, id, filter) }),
    /** Ends a move: makes one undo step of all changes since the filters were `before`. */
    keepFilters(before: Filters): void {
      const { filters } = store.get();
      if (filters === before) return;
      store.setQuietly({ filters: before });
      store.set({ filters });
    },
    clearFilters: (): void => store.set({ filters: NO_FILTERS }),
    /** Filters a topic's papers out or in; −1 for those between topics. */
    toggleTopic: (id: number): void => changeTopics((tree, filter) => toggleBranch(tree, filter, topicKey(id))),
    /** Keeps only a topic's papers; called again, keeps all. */
    isolateTopic: (id: number): void => changeTopics((_, filter) => isolateKey(filter, topicKey(id))),
    ...makeTimeline(store, selectors, setFilter),
    /** Sets how ambiguous dates (03/04/2023) are read. Removes the filter, which would now mean other days. */
    readDays(id: string, order: DayOrder): void {
      store.set(({ dayOrders, filters }) => ({
        dayOrders: { ...dayOrders, [id]: order },
        filters: withFilter(filters, id, null),
      }));
    },
  };
}

/** The timeline of one store. */
function makeTimeline(store: Store, selectors: Selectors, setFilter: (id: string, filter: Filter | null) => void) {
  /** Hides the timeline and takes its filter off, which would else go on unseen; says so and offers it back. */
  function closeTimeline(): void {
    const { timeline, filters } = store.get();
    const filter = timeline === null ? null : (filters[timeline] ?? null);
    store.set({ timeline: null });
    if (timeline === null || filter === null) return;
    setFilter(timeline, null);
    store.notify('done', {
      title: 'The time line’s filter was taken off with it',
      text: 'The map and the search have every date again.',
      action: { label: 'Keep the filter', run: () => setFilter(timeline, filter) },
    });
  }
  return {
    /** Shows the timeline of the first facet of dates, or hides it. */
    toggleTimeline(): void {
      const state = store.get();
      if (state.timeline !== null) {
        closeTimeline();
        return;
      }
      const [first = null] = selectors.filtered(state).facets.timelines();
      store.set({ timeline: first });
    },
    closeTimeline,
  };
}

/** The filters that stay valid when the topics change. */
export function withoutTopics(filters: Filters): Filters {
  return withFilter(withFilter(filters, 'topic', null), 'nearest-topic', null);
}

/** The facet of the active colouring by topic: the tree of topics is its legend and filters by it. */
export function topicFacetId({ colorBy }: Pick<State, 'colorBy'>): string {
  return colorBy === 'nearest-topic' ? colorBy : 'topic';
}

/** The tree of facet `id`; null if it has none. */
export function topicTree(facets: FacetSet, id: string): CategoryTree | null {
  const facet = facets.get(id)?.facet;
  return facet?.kind === 'category' ? (facet.tree ?? null) : null;
}

/** A topic's key in its tree; −1 is for papers between topics. */
export function topicKey(id: number): string {
  return id < 0 ? NO_VALUE_KEY : String(id);
}

function withFilter(filters: Filters, id: string, filter: Filter | null): Filters {
  if (filter === null && !(id in filters)) return filters;
  const { [id]: _, ...others } = filters;
  return filter ? { ...others, [id]: filter } : others;
}
