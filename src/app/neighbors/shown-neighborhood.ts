import { type Neighborhood, neighborhoodOfPaper } from '../../project/measure/neighborhood.ts';
import type { Shown } from '../store.ts';

interface Known {
  readonly shown: Shown;
  readonly paper: number;
  readonly found: Neighborhood;
}

/** The last two: the selected paper's and the hovered one's are asked for in turn. */
let known: readonly Known[] = [];

/** A shown paper's neighbours in truth and on the map; null where the map has none. The same object until one changes. */
export function shownNeighborhood(shown: Shown | null, paper: number): Neighborhood | null {
  const map = shown?.map;
  if (!shown || !map?.neighbors || paper < 0 || paper >= map.corpus.papers.length) return null;
  const before = known.find((one) => one.shown === shown && one.paper === paper);
  if (before) return before.found;
  const { positions, neighbors, embedding } = map;
  const found = neighborhoodOfPaper({ positions, neighbors, embedding }, paper);
  known = [...known.slice(-1), { shown, paper, found }];
  return found;
}
