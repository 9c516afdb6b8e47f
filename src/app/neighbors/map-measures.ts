import { isCancelled, toFailure } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import type { MapMeasures } from '../../project/measure/measure-map.ts';
import { analyst, reportFailure } from '../session.ts';
import { getState, type State, setState } from '../store.ts';

let asked: Pick<MapData, 'positions' | 'embedding'> | null = null;

/** What was measured of the shown map; null until then. */
export function measuresOf({ shown, measured }: Pick<State, 'shown' | 'measured'>): MapMeasures | null {
  return measured && isSame(measured, shown?.map) ? measured.measures : null;
}

/** Of each shown paper the share of its true neighbours that the map has kept; null while that is not known. */
export function keptShares(state: Pick<State, 'shown' | 'measured'>): Float32Array | null {
  return state.shown?.map?.preservation ?? measuresOf(state)?.preservation ?? null;
}

/** Measures the shown map, once; a failure is said to the user. */
export async function measureShownMap(): Promise<void> {
  const map = getState().shown?.map;
  // A map that got its topics later is the same map.
  if (!map || (asked && isSame(asked, map))) return;
  asked = map;
  try {
    const measures = await analyst.measure(map);
    const { positions, embedding } = map;
    if (isSame(map, getState().shown?.map)) setState({ measured: { positions, embedding, measures } });
  } catch (error) {
    if (asked === map) asked = null;
    if (!isCancelled(error)) reportFailure(toFailure(error, 'project'));
  }
}

function isSame(a: Pick<MapData, 'positions' | 'embedding'>, b: MapData | null | undefined): boolean {
  return a.positions === b?.positions && a.embedding === b.embedding;
}
