import { papersInRing } from '../../render/area.ts';
import { type AreaTool, areaAtCenter, areaByKey } from '../../render/area-line.ts';
import type { GestureEvents } from '../../render/gesture-events.ts';
import type { Selectors } from '../selectors.ts';
import type { Store } from '../store.ts';
import type { View } from '../view/view.ts';
import { type ModeKeys, modeOfKeys, type Picking } from './selecting.ts';

/** Drawing areas on the map to select the papers in them. */
export interface Drawing {
  /** The map's pointer and key handlers. With Shift or Alt, a mouse draws a rectangle without any tool. */
  readonly gestures: Pick<GestureEvents, 'toolFor' | 'onDraw' | 'onArea' | 'onKey'>;
  /** Chooses a drawing tool; null, or the same tool again, lets the pointer move the map again. */
  chooseTool(tool: AreaTool | null): void;
  /** Drops what is being drawn, else the tool. Returns whether there was either. */
  leaveTool(): boolean;
}

interface Parts {
  readonly store: Store;
  readonly selectors: Selectors;
  readonly view: Pick<View, 'currentView'>;
  readonly picking: Pick<Picking, 'pick'>;
}

/** Creates the {@link Drawing} of one map. */
export function makeDrawing({ store, selectors, view, picking }: Parts): Drawing {
  /** Selects the papers in an area, except those that filters leave out. */
  function selectWithin(ring: Float32Array, keys: ModeKeys): void {
    const positions = selectors.places(store.get());
    if (positions) picking.pick(papersInRing(positions, ring), keys);
  }
  /** Keys while the map has the focus and a tool is chosen; SHORTCUTS has the keys that choose tools. */
  function drawByKey(event: KeyboardEvent): boolean {
    const { areaTool, draft } = store.get();
    const seen = view.currentView();
    if (!areaTool || !seen) return false;
    if (event.key === 'Enter' || event.key === ' ') {
      // Arrows, + and − use Shift themselves, so Enter ignores modifiers and applies the displayed mode.
      if (draft) selectWithin(draft, { shiftKey: false, altKey: false });
      else store.set({ draft: areaAtCenter(areaTool, { viewport: seen, insets: seen.insets }) });
      return true;
    }
    const next = draft && areaByKey(areaTool, draft, event, seen.scale);
    if (next) store.set({ draft: next });
    return next !== null;
  }
  return {
    gestures: {
      toolFor(event) {
        const { areaTool, shown } = store.get();
        if (!shown) return null;
        return areaTool ?? (modeOfKeys(event) ? 'rectangle' : null);
      },
      onDraw: (draft) => store.set({ draft }),
      onArea: selectWithin,
      onKey: drawByKey,
    },
    chooseTool: (tool) => store.set(({ areaTool }) => ({ areaTool: areaTool === tool ? null : tool, draft: null })),
    leaveTool() {
      const { areaTool, draft } = store.get();
      if (!areaTool && !draft) return false;
      store.set(draft ? { draft: null } : { areaTool: null });
      return true;
    },
  };
}
