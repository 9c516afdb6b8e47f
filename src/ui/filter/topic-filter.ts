import { useMemo } from 'react';
import type { FacetSet } from '../../app/filter/facet-set.ts';
import { changeFilter } from '../../app/filter/filter-actions.ts';
import { filteredOf } from '../../app/filter/filter-state.ts';
import { getState, type State } from '../../app/store.ts';
import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { CategoryTree } from '../../facet/facet.ts';
import {
  type BranchState,
  branchState,
  countBranch,
  type Filter,
  isolateKey,
  toggleBranch,
} from '../../facet/filter.ts';
import type { TopicView } from '../../model/topic-view.ts';
import { useApp, useCounts, useFiltered } from '../use-store.ts';

/** The tree of topics is the legend of both colourings by topic: it filters by the one that is on. */
function topicFacetId({ colorBy }: Pick<State, 'colorBy'>): string {
  return colorBy === 'nearest-topic' ? colorBy : 'topic';
}

/** Whether the papers of topic `id` (−1: those between topics) are let through: all, some or none of them. */
export function useKeepsTopic(id: number): BranchState {
  return useApp((state) => {
    const filter = state.filters[topicFacetId(state)] ?? null;
    // Without a filter no tree need be made.
    const tree = filter && treeOf(filteredOf(state).facets, topicFacetId(state));
    return tree ? branchState(tree, filter, keyOf(id)) : 'all';
  });
}

/** Takes a topic's papers off the map, or puts them back; −1 for those between topics. */
export function toggleTopic(id: number): void {
  changeTopics((tree, filter) => toggleBranch(tree, filter, keyOf(id)));
}

/** Keeps to a topic's papers; asked for again, to all. */
export function isolateTopic(id: number): void {
  changeTopics((_, filter) => isolateKey(filter, keyOf(id)));
}

/** Whether topic `id` is all that is let through. */
export function useIsOnlyTopic(id: number): boolean {
  return useApp((state) => {
    const filter = state.filters[topicFacetId(state)];
    return filter?.kind === 'only' && filter.keys.length === 1 && filter.keys[0] === keyOf(id);
  });
}

/** Papers of each topic under all filters but that of the tree itself, by id; null while nothing is filtered. */
export function useTopicCounts(view: TopicView): ReadonlyMap<number, number> | null {
  const isFiltered = useApp((state) => Object.keys(state.filters).length > 0);
  const facetId = useApp(topicFacetId);
  const filtered = useFiltered();
  const tree = isFiltered ? treeOf(filtered.facets, facetId) : null;
  const counts = useCounts(facetId, tree);
  // The counts change in place: `filtered` tells when.
  return useMemo(() => {
    if (!tree || !counts || filtered.total === 0) return null;
    return new Map(Array.from(view.nodes.keys(), (id) => [id, countBranch(tree, counts, String(id))]));
  }, [tree, counts, filtered, view]);
}

function changeTopics(change: (tree: CategoryTree, filter: Filter | null) => Filter | null): void {
  const id = topicFacetId(getState());
  const tree = treeOf(filteredOf(getState()).facets, id);
  if (tree) changeFilter(id, (filter) => change(tree, filter));
}

function treeOf(facets: FacetSet, id: string): CategoryTree | null {
  const facet = facets.get(id)?.facet;
  return facet?.kind === 'category' ? (facet.tree ?? null) : null;
}

function keyOf(id: number): string {
  return id < 0 ? NO_VALUE_KEY : String(id);
}
