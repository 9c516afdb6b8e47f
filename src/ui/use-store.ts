import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { type ShownPapers, type State, store } from './store.ts';

/** What `select` picks from the store; the component renders again only when that changes. */
export function useApp<Picked>(select: (state: State) => Picked): Picked {
  return useStore(store, select);
}

/** The shown papers and their map: the component does not render again for papers that move. */
export function useShownPapers(): ShownPapers | null {
  return useApp(useShallow(({ shown }) => shown && { corpus: shown.corpus, map: shown.map }));
}
