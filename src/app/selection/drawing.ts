import { papersInRing } from '../../render/area.ts';
import { type AreaTool, areaAtCenter, areaByKey } from '../../render/area-line.ts';
import type { GestureEvents } from '../../render/gestures.ts';
import type { Selectors } from '../selectors.ts';
import type { Store } from '../store.ts';
import type { View } from '../view/view.ts';
import { type ModeKeys, modeOfKeys, type Picking } from './selecting.ts';

/** Areas that are drawn on the map to select what is in them. */
export interface Drawing {
  /** What the map does on pointers and keys. With Shift or Alt a mouse draws a rectangle without any tool. */
  readonly gestures: Pick<GestureEvents, 'toolFor' | 'onDraw' | 'onArea' | 'onKey'>;
  /** Draws with a tool from now on; asked for again, or null, the pointer moves the map again. */
  chooseTool(tool: AreaTool | null): void;
  /** Gives up what is being drawn, else the tool. Says whether there was either. */
  leaveTool(): boolean;
}

interface Parts {
  readonly store: Store;
  readonly selectors: Selectors;
  readonly view: Pick<View, 'currentView'>;
  readonly picking: Pick<Picking, 'pick'>;
}

/** The areas of one map. */
export function makeDrawing({ store, selectors, view, picking }: Parts): Drawing {
  /** Papers that filters leave out are not selected, though the area is drawn around them. */
  function selectWithin(ring: Float32Array, keys: ModeKeys): void {
    const positions = selectors.places(store.get());
    if (positions) picking.pick(papersInRing(positions, ring), keys);
  }
  /** Keys while the map has the focus and a tool is chosen: Enter, arrows, + and −. The tools have theirs in SHORTCUTS. */
  function drawByKey(event: KeyboardEvent): boolean {
    const { areaTool, draft } = store.get();
    const seen = view.currentView();
    if (!areaTool || !seen) return false;
    if (event.key === 'Enter' || event.key === ' ') {
      // The arrows and + − need Shift for themselves: what is selected goes by the mode that is shown.
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
