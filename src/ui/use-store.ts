import { useStore } from 'zustand';
import { type State, store } from './store.ts';

/** What `select` picks from the store; the component renders again only when that changes. */
export function useApp<Picked>(select: (state: State) => Picked): Picked {
  return useStore(store, select);
}
