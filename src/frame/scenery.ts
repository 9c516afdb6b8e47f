import type { MapData } from '../model/map-data.ts';
import { DIMMED, HIT, NEIGHBOR, SELECTED } from '../render/order.ts';
import { colorBy } from '../render/palette.ts';
import { DARK_THEME, LIGHT_THEME } from '../render/theme.ts';
import type { Scenery, Stage } from './stage.ts';

/** What is shown in a frame. */
export interface Shown {
  map: MapData | null;
  run: number;
  query: string;
  hits: readonly number[] | null;
  marked: readonly number[];
  selected: number;
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
};

const LINKED = 10;

/** Theme, colours and marks as they are now. O(n). */
export function drawAll({ map, hits, marked, selected, theme }: Shown, stage: Stage, isDarkSystem: boolean): void {
  const { scenery } = stage;
  const isDark = theme === 'dark' || (theme === 'auto' && isDarkSystem);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  scenery.theme = isDark ? DARK_THEME : LIGHT_THEME;
  if (map) {
    const files = map.corpus.papers.map((paper) => paper.sources[0]?.file ?? null);
    scenery.positions = map.positions;
    scenery.rgb = new Set(files).size > 1 ? colorBy(files, isDark ? 'dark' : 'light').rgb : new Uint8Array();
    scenery.states = statesOf(map, hits ?? marked, hits !== null || marked.length > 0, selected);
    scenery.linkFrom = selected;
    scenery.linkTo = neighborsOf(map, selected);
  }
  stage.refresh();
}

function statesOf(map: MapData, marked: readonly number[], isMarking: boolean, selected: number): Uint8Array {
  const states = new Uint8Array(map.corpus.papers.length);
  if (isMarking) states.fill(DIMMED);
  for (const index of marked) if (index < states.length) states[index] = HIT;
  for (const index of neighborsOf(map, selected)) states[index] = (states[index] & ~DIMMED) | NEIGHBOR;
  if (selected >= 0) states[selected] = (states[selected] & ~DIMMED) | SELECTED;
  return states;
}

function neighborsOf({ neighbors }: MapData, index: number): number[] {
  if (!neighbors || index < 0) return [];
  const from = index * neighbors.k;
  return Array.from(neighbors.indices.subarray(from, from + Math.min(LINKED, neighbors.k)));
}
