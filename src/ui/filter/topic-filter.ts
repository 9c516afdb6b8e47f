import { useEffect, useMemo } from 'react';
import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import { isolateKey, keepsKey, toggleKey } from '../../facet/filter.ts';
import type { TopicView } from '../../model/topic-view.ts';
import { getState, type State } from '../store.ts';
import { useApp } from '../use-store.ts';
import { topicFacet } from './facet-set.ts';
import { changeFilter } from './filter-actions.ts';
import { useFiltered } from './filter-state.ts';

/** The tree of topics is the legend of both colourings by topic: it filters by the one that is on. */
function topicFacetId({ colorBy }: Pick<State, 'colorBy'>): string {
  return colorBy === 'nearest-topic' ? colorBy : 'topic';
}

/** Whether the papers of top topic `id` (−1: those between topics) are let through. */
export function useKeepsTopic(id: number): boolean {
  return useApp((state) => keepsKey(state.filters[topicFacetId(state)] ?? null, keyOf(id)));
}

/** Takes a top topic's papers off the map, or puts them back; −1 for those between topics. */
export function toggleTopic(id: number): void {
  changeFilter(topicFacetId(getState()), (filter) => toggleKey(filter, keyOf(id)));
}

/** Keeps to a top topic's papers; asked for again, to all. */
export function isolateTopic(id: number): void {
  changeFilter(topicFacetId(getState()), (filter) => isolateKey(filter, keyOf(id)));
}

/** Papers of each topic under all filters but that of the tree itself, by id; null while nothing is filtered. */
export function useTopicCounts(view: TopicView): ReadonlyMap<number, number> | null {
  const isFiltered = useApp((state) => Object.keys(state.filters).length > 0);
  const facetId = useApp(topicFacetId);
  const filtered = useFiltered();
  const { watch } = filtered;
  const levels = useMemo(() => {
    if (!isFiltered) return [];
    return Array.from({ length: view.levels }, (_, level) => {
      const facet = topicFacet(view, level);
      return facet ? [{ facet, level, watched: watch(facetId, facet.bins, facet.size) }] : [];
    }).flat();
  }, [isFiltered, view, watch, facetId]);
  useEffect(() => () => levels.forEach(({ watched }) => void watched.end()), [levels]);
  return useMemo(() => {
    if (levels.length === 0 || filtered.total === 0) return null;
    const counts = new Map<number, number>();
    for (const { facet, level, watched } of levels) {
      facet.keys.forEach((key, bar) => {
        if (view.nodes.get(Number(key))?.topic.level === level) counts.set(Number(key), watched.counts[bar]);
      });
    }
    return counts;
  }, [levels, filtered, view]);
}

function keyOf(id: number): string {
  return id < 0 ? NO_VALUE_KEY : String(id);
}
