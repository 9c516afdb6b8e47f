import { nearestPaper } from '../../render/area.ts';
import type { Selectors } from '../selectors.ts';
import type { Store } from '../store.ts';
import type { Stacks } from '../view/stacks.ts';
import type { View } from '../view/view.ts';

/** Walking from paper to paper by keys. Each method returns whether there was a paper to go to. */
export type Walking = ReturnType<typeof makeWalking>;

/** The papers visited on a walk, and the position among them. */
interface Walk {
  readonly positions: Float32Array;
  readonly trail: number[];
  at: number;
}

/** Walks over the map of one store. */
export function makeWalking(
  store: Store,
  selectors: Selectors,
  view: Pick<View, 'currentView' | 'walkToPaper'>,
  stacks: Pick<Stacks, 'openDot'>,
) {
  let walk: Walk | null = null;

  /** Continues from the hovered or selected paper; begins a new walk if that is not the walk's current paper. */
  function currentWalk(positions: Float32Array): Walk {
    const { hovered, selected } = store.get();
    const from = hovered >= 0 ? hovered : selected;
    const isSame = walk?.positions === positions && (from < 0 || walk.trail[walk.at] === from);
    if (!walk || !isSame) walk = { positions, trail: from < 0 ? [] : [from], at: from < 0 ? -1 : 0 };
    return walk;
  }
  function nextPaper({ positions, trail, at }: Walk): number {
    const from = trail[at];
    const center = view.currentView()?.center ?? { x: 0, y: 0 };
    const point = from === undefined ? center : { x: positions[2 * from], y: positions[2 * from + 1] };
    return nearestPaper(selectors.places(store.get()) ?? positions, point, new Set(trail));
  }

  return {
    /** Goes to the nearest unvisited paper that passes the filters; begins at the middle of the view. */
    walkOn(): boolean {
      const positions = store.get().shown?.positions;
      if (!positions) return false;
      const current = currentWalk(positions);
      if (current.at === current.trail.length - 1) {
        const next = nextPaper(current);
        if (next < 0) return false;
        current.trail.push(next);
      }
      current.at++;
      view.walkToPaper(current.trail[current.at]);
      return true;
    },
    /** Goes back to the previous paper. False at the beginning of the walk. */
    walkBack(): boolean {
      const positions = store.get().shown?.positions;
      if (!positions || walk?.positions !== positions || walk.at <= 0) return false;
      walk.at--;
      view.walkToPaper(walk.trail[walk.at]);
      return true;
    },
    /** Opens the hovered paper, which is also the current paper of a walk, or the list of those at its place. */
    pinPaper(): boolean {
      const { hovered, selected } = store.get();
      if (hovered < 0 || hovered === selected) return false;
      stacks.openDot(hovered);
      return true;
    },
  };
}
