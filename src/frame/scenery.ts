import type { MapData } from '../model/map-data.ts';
import { papersOf, pathOf, type TopicView } from '../model/topic-view.ts';
import { MAX_MARKED_NEIGHBORS, paperStates } from '../render/paper-marks.ts';
import { LIGHT_THEME } from '../render/theme.ts';
import { NO_INSETS } from '../render/viewport.ts';
import type { Scenery } from './stage.ts';

/** What is shown in a frame. */
export interface Shown {
  map: MapData | null;
  /** The map's topics; null when it has none. */
  topics: TopicView | null;
  run: number;
  query: string;
  /** The first thousand hits, and how many there are; null while nothing is searched for. */
  hits: readonly number[] | null;
  total: number;
  marked: readonly number[];
  selected: number;
  /** The topic that stands out, −1 for none. */
  topic: number;
  /** Only papers of these topics; null: all. */
  kept: readonly number[] | null;
  /** One of `frameColors`. */
  color: string;
  theme: 'light' | 'dark' | 'auto';
}

/** Before there is a map. */
export const NO_SCENERY: Scenery = {
  positions: new Float32Array(),
  rgb: new Uint8Array(),
  states: new Uint8Array(),
  theme: LIGHT_THEME,
  hovered: -1,
  linkFrom: -1,
  linkTo: [],
  insets: NO_INSETS,
};

/** 1 for papers that the filter lets through; null when there is none. O(n × levels). */
export function passingOf({ map, topics, kept }: Shown): Uint8Array | null {
  if (!map || !topics || !kept) return null;
  const wanted = new Set(kept);
  return Uint8Array.from(map.corpus.papers, (_, i) => (pathOf(topics, i).some((id) => wanted.has(id)) ? 1 : 0));
}

/** The state bits of all papers. O(n × levels). */
export function statesOf(shown: Shown): Uint8Array {
  const { map, topics, hits, marked, selected, topic } = shown;
  if (!map) return new Uint8Array();
  const found = hits ?? (marked.length > 0 ? marked : null);
  return paperStates(map.corpus.papers.length, {
    hits: found,
    emphasized: topics && topic >= 0 && !found ? papersOf(topics, topic) : null,
    passing: passingOf(shown),
    neighbors: neighborsOf(map, selected),
    selected,
  });
}

/** The nearest papers of `index` by their vectors, those that lines lead to; none for −1. */
export function neighborsOf({ neighbors }: MapData, index: number): number[] {
  if (!neighbors || index < 0) return [];
  const from = index * neighbors.k;
  return Array.from(neighbors.indices.subarray(from, from + Math.min(MAX_MARKED_NEIGHBORS, neighbors.k)));
}
