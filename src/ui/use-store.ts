import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { type Filtered, filteredOf } from '../app/filter/filter-state.ts';
import { measureShownMap } from '../app/neighbors/map-measures.ts';
import { type ShownPapers, type State, store } from '../app/store.ts';
import { topicsOf } from '../app/topics/topic-state.ts';
import type { TopicView } from '../model/topic-view.ts';

/** What `select` picks from the store; the component renders again only when that changes. */
export function useApp<Picked>(select: (state: State) => Picked): Picked {
  return useStore(store, select);
}

/** The shown papers and their map: the component does not render again for papers that move. */
export function useShownPapers(): ShownPapers | null {
  return useApp(useShallow(({ shown }) => shown && { corpus: shown.corpus, map: shown.map }));
}

/** {@link topicsOf} for components. */
export function useTopics(): TopicView | null {
  return useApp(topicsOf);
}

/** Measures the shown map once somebody looks at what is measured. */
export function useMeasuring(isWanted: boolean): void {
  const map = useApp((state) => state.shown?.map ?? null);
  useEffect(() => {
    if (isWanted && map) void measureShownMap();
  }, [isWanted, map]);
}

/** {@link filteredOf} for components. */
export function useFiltered(): Filtered {
  return useApp(filteredOf);
}

interface Bars {
  readonly bins: Uint16Array;
  readonly size: number;
}

/**
 * Live counts of a histogram (`size` + 1, the last for papers in no bar) under all filters but that of facet `id`; null
 * while there is no histogram.
 */
export function useCounts(id: string, bars: Bars): Uint32Array;
export function useCounts(id: string, bars: Bars | null): Uint32Array | null;
export function useCounts(id: string, bars: Bars | null): Uint32Array | null {
  const { watch } = useFiltered();
  const { bins = null, size = 0 } = bars ?? {};
  const watched = useMemo(() => bins && watch(id, bins, size), [watch, id, bins, size]);
  useEffect(() => () => watched?.end(), [watched]);
  return watched?.counts ?? null;
}
