import type { Filter } from '../../facet/filter.ts';
import type { DayOrder } from '../../text/dates.ts';
import { type Filters, getState, NO_FILTERS, setQuietly, setState } from '../store.ts';
import { filteredOf } from './filter-state.ts';

/** Filters by a facet, or for null no longer: a step that can be undone. */
export function setFilter(id: string, filter: Filter | null): void {
  setState(({ filters }) => ({ filters: withFilter(filters, id, filter) }));
}

/** Changes a facet's filter by what `change` makes of it. */
export function changeFilter(id: string, change: (filter: Filter | null) => Filter | null): void {
  setFilter(id, change(getState().filters[id] ?? null));
}

/** The same while a hand or a clock is moving it: no step of its own, see {@link keepFilters}. */
export function moveFilter(id: string, filter: Filter | null): void {
  setQuietly({ filters: withFilter(getState().filters, id, filter) });
}

/** The move is over: makes one step of all that has changed since the filters were `before`. */
export function keepFilters(before: Filters): void {
  const { filters } = getState();
  if (filters === before) return;
  setQuietly({ filters: before });
  setState({ filters });
}

export function clearFilters(): void {
  setState({ filters: NO_FILTERS });
}

/** Shows time at the foot of the map, along the first facet of dates; or puts it away. */
export function toggleTimeline(): void {
  const state = getState();
  setState({ timeline: state.timeline === null ? (filteredOf(state).facets.timelines()[0] ?? null) : null });
}

/** Reads a facet's dates such as 03/04/2023 in another order; what was filtered by of it would be other days. */
export function readDays(id: string, order: DayOrder): void {
  setState(({ dayOrders, filters }) => ({
    dayOrders: { ...dayOrders, [id]: order },
    filters: withFilter(filters, id, null),
  }));
}

/** Filters that still mean something when the topics are others. */
export function withoutTopics(filters: Filters): Filters {
  return withFilter(withFilter(filters, 'topic', null), 'nearest-topic', null);
}

function withFilter(filters: Filters, id: string, filter: Filter | null): Filters {
  if (filter === null && !(id in filters)) return filters;
  const { [id]: _, ...others } = filters;
  return filter ? { ...others, [id]: filter } : others;
}
