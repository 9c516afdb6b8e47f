import type { Selectors } from '../selectors.ts';
import type { Store } from '../store.ts';
import type { View } from './view.ts';

/** Papers that lie on each other on the map, and the list of those at one place. */
export type Stacks = ReturnType<typeof makeStacks>;

/** Stacks on the map of one store. */
export function makeStacks(store: Store, selectors: Selectors, view: Pick<View, 'papersAt' | 'makeRoomFor'>) {
  /** The papers that look like one dot with this one, itself among them. Without those that filters leave out. */
  function papersHere(index: number): readonly number[] {
    const state = store.get();
    const count = state.shown?.corpus.papers.length ?? 0;
    const { passing } = selectors.filtered(state);
    return view.papersAt(index).filter((i) => i < count && (i === index || !passing || passing[i] === 1));
  }
  return {
    papersHere,
    /** Opens a paper by its dot: where other papers look like the same dot, the list of them all. */
    openDot(index: number): void {
      const here = papersHere(index);
      if (here.length > 1) {
        store.set({ stack: here, hovered: -1 });
        return;
      }
      view.makeRoomFor(index);
      store.set({ selected: index, stack: [] });
    },
    closeStack: (): void => store.set({ stack: [] }),
  };
}
