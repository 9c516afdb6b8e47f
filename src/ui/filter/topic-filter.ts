import { useMemo } from 'react';
import { topicFacetId, topicKey, topicTree } from '../../app/filter/filters.ts';
import { type BranchState, branchState, countBranch } from '../../facet/filter.ts';
import type { TopicView } from '../../model/topic-view.ts';
import { useApp, useAppState, useCounts, useFiltered } from '../app-context.ts';

/** Whether all, some or none of the papers of topic `id` (−1: those in no topic) pass the topic filter. */
export function useKeepsTopic(id: number): BranchState {
  const { selectors } = useApp();
  return useAppState((state) => {
    const filter = state.filters[topicFacetId(state)] ?? null;
    // Without a filter there is no need to make the tree.
    const tree = filter && topicTree(selectors.filtered(state).facets, topicFacetId(state));
    return tree ? branchState(tree, filter, topicKey(id)) : 'all';
  });
}

/** Whether only topic `id` passes the topic filter. */
export function useIsOnlyTopic(id: number): boolean {
  return useAppState((state) => {
    const filter = state.filters[topicFacetId(state)];
    return filter?.kind === 'only' && filter.keys.length === 1 && filter.keys[0] === topicKey(id);
  });
}

/** Papers of each topic under all filters but that of the tree itself, by id; null while nothing is filtered. */
export function useTopicCounts(view: TopicView): ReadonlyMap<number, number> | null {
  const isFiltered = useAppState((state) => Object.keys(state.filters).length > 0);
  const facetId = useAppState(topicFacetId);
  const filtered = useFiltered();
  const tree = isFiltered ? topicTree(filtered.facets, facetId) : null;
  const counts = useCounts(facetId, tree);
  // The counts change in place, so `filtered` is the dependency that signals a change.
  return useMemo(() => {
    if (!tree || !counts || filtered.total === 0) return null;
    return new Map(Array.from(view.nodes.keys(), (id) => [id, countBranch(tree, counts, String(id))]));
  }, [tree, counts, filtered, view]);
}
