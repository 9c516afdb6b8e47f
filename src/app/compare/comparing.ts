import type { Store } from '../store.ts';
import { placesAt } from './comparison.ts';

/** Actions while two maps are compared, and the hovered point of the map at any time. */
export type Comparing = ReturnType<typeof makeComparing>;

/** The comparison of one store. */
export function makeComparing(store: Store) {
  const count = (): number => store.get().shown?.corpus.papers.length ?? 0;
  /** The paper of the shown map at a picked point; −1 if only the other map has it. */
  const ownPaper = (index: number): number => (index < count() ? index : -1);
  return {
    /** Shows the papers at `share` (0…1) of the way from the shown map to the other one. O(papers). */
    goToShare(share: number): void {
      const { comparison, shown } = store.get();
      if (!comparison || !shown) return;
      const drawn = placesAt(comparison, share);
      const positions = share === 0 ? comparison.home : drawn.subarray(0, comparison.home.length);
      store.set({ comparison: { ...comparison, share, drawn }, shown: { ...shown, positions } });
    },
    /** Opens the panel with the figures in place of any other panel, or closes it. */
    togglePanel(isOpen: boolean): void {
      store.set(({ comparison }) => ({
        comparison: comparison && { ...comparison, isOpen },
        ...(isOpen ? { selected: -1, topic: -1, selectionOpen: false } : {}),
      }));
    },
    /** Ends the comparison and restores the state before it. Returns whether there was one. */
    leaveComparison(): boolean {
      const { comparison, shown, colorBy } = store.get();
      if (!comparison) return false;
      store.set({
        comparison: null,
        shown: shown && { ...shown, positions: comparison.home },
        colorBy: colorBy === 'drift' ? comparison.colorBefore : colorBy,
      });
      return true;
    },
    ownPaper,
    /** Sets the hovered point, −1 for none: a paper of the shown map, or one that only the other map has. */
    hoverPoint(index: number): void {
      const { comparison } = store.get();
      const hovered = ownPaper(index);
      const pointed = index < 0 || hovered >= 0 ? -1 : index - count();
      const isSame = !comparison || comparison.pointed === pointed;
      store.set(isSame ? { hovered } : { hovered, comparison: { ...comparison, pointed } });
    },
  };
}
