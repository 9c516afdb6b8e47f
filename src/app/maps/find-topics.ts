import { isCancelled, toFailure } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import { defaultColor } from '../coloring.ts';
import { analyst, reportFailure } from '../session.ts';
import { getState, setState } from '../store.ts';

/** Finds the topics of a map that was opened without any, by its words alone; the map can be used meanwhile. */
export async function findTopicsOf(map: MapData): Promise<void> {
  try {
    const topics = await analyst.findTopics(map);
    const { shown, colorBy } = getState();
    if (shown?.map !== map) return;
    const withTopics = { ...map, topics };
    // Whoever has chosen other colours keeps them.
    const color = colorBy === defaultColor(map) ? defaultColor(withTopics) : colorBy;
    setState({ shown: { ...shown, map: withTopics }, colorBy: color });
  } catch (error) {
    if (!isCancelled(error)) reportFailure(toFailure(error, 'topics'));
  }
}
