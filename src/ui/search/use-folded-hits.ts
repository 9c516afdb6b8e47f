import { hasOpenHits } from '../../app/state.ts';
import { useApp, useAppState } from '../app-context.ts';

/** Folding of the list of hits in a window that has room for the list or the map. */
interface FoldedHits {
  readonly isFolded: boolean;
  /** Leaves the search as it is and shows its hits on the map; false where there is no list to fold. */
  fold(): boolean;
  unfold(): void;
}

/** Whether the list of hits is folded, and what changes that. */
export function useFoldedHits(): FoldedHits {
  const { store, view } = useApp();
  return {
    isFolded: useAppState((state) => state.hitsFolded),
    fold() {
      const state = store.get();
      if (!hasOpenHits(state)) return false;
      store.set({ hitsFolded: true });
      view.applyInsets();
      if (state.hits) view.fitPapers(state.hits.indices);
      return true;
    },
    unfold: () => store.set({ hitsFolded: false }),
  };
}
