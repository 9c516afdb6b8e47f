import type { MapData } from '../../model/map-data.ts';
import type { Analyst } from '../../pipeline/analysis.client.ts';
import type { MapMeasures } from '../../project/measure/measure-map.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';

type Measured = Pick<MapData, 'positions' | 'embedding'>;

/** Measures the shown map once; reports failures to the user. */
export type MeasureShownMap = () => Promise<void>;

/** The measures of the shown map; null until they are known. */
export function measuresOf({ shown, measured }: Pick<State, 'shown' | 'measured'>): MapMeasures | null {
  return measured && isSame(measured, shown?.map) ? measured.measures : null;
}

/** For each shown paper, the share of its true neighbours that the map has kept; null until it is known. */
export function keptShares(state: Pick<State, 'shown' | 'measured'>): Float32Array | null {
  return state.shown?.map?.preservation ?? measuresOf(state)?.preservation ?? null;
}

/** Creates the function that measures a store's map, each map once. */
export function makeMeasuring(store: Store, analyst: Pick<Analyst, 'measure'>): MeasureShownMap {
  let asked: Measured | null = null;
  return async () => {
    const map = store.get().shown?.map;
    // Compares by content: a map that has received its topics is still the same map.
    if (!map || (asked && isSame(asked, map))) return;
    asked = map;
    try {
      const measures = await analyst.measure(map);
      const { positions, embedding } = map;
      if (isSame(map, store.get().shown?.map)) store.set({ measured: { positions, embedding, measures } });
    } catch (error) {
      if (asked === map) asked = null;
      store.report(error, 'project');
    }
  };
}

function isSame(a: Measured, b: Measured | null | undefined): boolean {
  return a.positions === b?.positions && a.embedding === b.embedding;
}
