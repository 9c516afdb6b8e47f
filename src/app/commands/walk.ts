import { nearestPaper } from '../../render/area.ts';
import { keptPlaces } from '../filter/filter-state.ts';
import { getState, setState } from '../store.ts';
import { currentView, walkToPaper } from '../view/map-actions.ts';

/** A walk from paper to paper: where it has been, and at which of these it is. */
interface Walk {
  readonly positions: Float32Array;
  readonly trail: number[];
  at: number;
}

let walk: Walk | null = null;

/** Goes on to the nearest paper that filters leave and the walk has not been at; begins at the middle of the view. */
export function walkOn(): boolean {
  const positions = getState().shown?.positions;
  if (!positions) return false;
  const current = currentWalk(positions);
  if (current.at === current.trail.length - 1) {
    const next = nextPaper(current);
    if (next < 0) return false;
    current.trail.push(next);
  }
  current.at++;
  walkToPaper(current.trail[current.at]);
  return true;
}

/** Goes back to the paper before. False at the beginning of the walk. */
export function walkBack(): boolean {
  const positions = getState().shown?.positions;
  if (!positions || walk?.positions !== positions || walk.at <= 0) return false;
  walk.at--;
  walkToPaper(walk.trail[walk.at]);
  return true;
}

/** Opens the paper that is under the pointer or that the walk is at. */
export function pinPaper(): boolean {
  const { hovered, selected } = getState();
  if (hovered < 0 || hovered === selected) return false;
  setState({ selected: hovered });
  return true;
}

/** The walk goes on from the paper that is looked at; another one than it is at begins a new walk. */
function currentWalk(positions: Float32Array): Walk {
  const { hovered, selected } = getState();
  const from = hovered >= 0 ? hovered : selected;
  const isSame = walk?.positions === positions && (from < 0 || walk.trail[walk.at] === from);
  if (!walk || !isSame) walk = { positions, trail: from < 0 ? [] : [from], at: from < 0 ? -1 : 0 };
  return walk;
}

function nextPaper({ positions, trail, at }: Walk): number {
  const from = trail[at];
  const center = currentView()?.center ?? { x: 0, y: 0 };
  const point = from === undefined ? center : { x: positions[2 * from], y: positions[2 * from + 1] };
  return nearestPaper(keptPlaces(getState()) ?? positions, point, new Set(trail));
}
