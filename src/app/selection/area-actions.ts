import { papersInRing } from '../../render/area.ts';
import { type AreaTool, areaAtCenter, areaByKey } from '../../render/area-line.ts';
import type { GestureEvents } from '../../render/gestures.ts';
import { keptPlaces } from '../filter/filter-state.ts';
import { getState, setState } from '../store.ts';
import { currentView } from '../view/map-actions.ts';
import { type ModeKeys, modeOfKeys, pick } from './selection-actions.ts';

/** What the map does with areas that are drawn on it. With Shift or Alt a mouse draws a rectangle without any tool. */
export const areaOnMap: Pick<GestureEvents, 'toolFor' | 'onDraw' | 'onArea' | 'onKey'> = {
  toolFor(event) {
    const { areaTool, shown } = getState();
    if (!shown) return null;
    return areaTool ?? (modeOfKeys(event) ? 'rectangle' : null);
  },
  onDraw: (draft) => setState({ draft }),
  onArea: selectWithin,
  onKey: drawByKey,
};

/** Draws with a tool from now on; asked for again, or null, the pointer moves the map again. */
export function chooseTool(tool: AreaTool | null): void {
  const { areaTool } = getState();
  setState({ areaTool: areaTool === tool ? null : tool, draft: null });
}

/** Gives up what is being drawn, else the tool. Says whether there was either. */
export function leaveTool(): boolean {
  const { areaTool, draft } = getState();
  if (!areaTool && !draft) return false;
  setState(draft ? { draft: null } : { areaTool: null });
  return true;
}

/** What filters leave out is not what a hand draws around. */
function selectWithin(ring: Float32Array, keys: ModeKeys): void {
  const positions = keptPlaces(getState());
  if (positions) pick(papersInRing(positions, ring), keys);
}

/** Keys while the map has the focus and a tool is chosen: Enter, arrows, + and −. The tools have theirs in SHORTCUTS. */
function drawByKey(event: KeyboardEvent): boolean {
  const { areaTool, draft } = getState();
  const view = currentView();
  if (!areaTool || !view) return false;
  if (event.key === 'Enter' || event.key === ' ') {
    // Where arrows and + − have led it; Shift is theirs, so that the mode is the one that is shown.
    if (draft) selectWithin(draft, { shiftKey: false, altKey: false });
    else setState({ draft: areaAtCenter(areaTool, { viewport: view, insets: view.insets }) });
    return true;
  }
  const next = draft && areaByKey(areaTool, draft, event, view.scale);
  if (next) setState({ draft: next });
  return next !== null;
}
