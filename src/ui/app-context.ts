import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { App } from '../app/app.ts';
import type { Filtered } from '../app/selectors.ts';
import type { ShownPapers, State } from '../app/state.ts';
import type { Members } from '../facet/facet.ts';
import { type Noun, nounOf } from '../model/noun.ts';
import type { TopicView } from '../model/topic-view.ts';

/** The app of the page; its value never changes. */
export const AppContext = createContext<App | null>(null);

/** The app that the page provides. Throws outside of its context. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('no app around this component');
  return app;
}

/** What `select` picks from the state. The component renders again only when that value changes (by `Object.is`). */
export function useAppState<Picked>(select: (state: State) => Picked): Picked {
  const { store } = useApp();
  const pick = (): Picked => select(store.get());
  return useSyncExternalStore(store.subscribe, pick, pick);
}

/** The shown papers and their map. Papers that only move do not render the component again. */
export function useShownPapers(): ShownPapers | null {
  return useAppState(useApp().selectors.shownPapers);
}

/** What the texts of the shown map are called. */
export function useNoun(): Noun {
  return useAppState(({ shown }) => nounOf(shown?.corpus));
}

/** What the texts that wait in the dialog are called. */
export function usePlanNoun(): Noun {
  return useAppState(({ plan }) => nounOf(plan?.corpus));
}

/** The shown map's topics as they are edited; null where it has none. */
export function useTopics(): TopicView | null {
  return useAppState(useApp().selectors.topics);
}

/** Whether the dialog is open, and a function that closes it. */
export function useDialog(name: NonNullable<State['dialog']>): {
  readonly isOpen: boolean;
  readonly close: () => void;
} {
  const { store } = useApp();
  return { isOpen: useAppState((state) => state.dialog === name), close: () => store.set({ dialog: null }) };
}

/** Measures the shown map once `isWanted` is true, because measuring takes time. */
export function useMeasuring(isWanted: boolean): void {
  const { measureShownMap } = useApp();
  const map = useAppState((state) => state.shown?.map ?? null);
  useEffect(() => {
    if (isWanted && map) void measureShownMap();
  }, [isWanted, map, measureShownMap]);
}

/** The shown papers under the present filters. */
export function useFiltered(): Filtered {
  return useAppState(useApp().selectors.filtered);
}

interface Bars {
  readonly bins: Uint16Array;
  readonly size: number;
  readonly members?: Members;
}

/**
 * Live counts of a histogram under all filters but that of facet `id`: `size` + 1 numbers, the last for papers in no
 * bar. Null while there is no histogram.
 */
export function useCounts(id: string, bars: Bars): Uint32Array;
export function useCounts(id: string, bars: Bars | null): Uint32Array | null;
export function useCounts(id: string, bars: Bars | null): Uint32Array | null {
  const { watch } = useFiltered();
  const { bins = null, size = 0, members } = bars ?? {};
  const watched = useMemo(() => bins && watch(id, bins, size, members), [watch, id, bins, size, members]);
  useEffect(() => () => watched?.end(), [watched]);
  return watched?.counts ?? null;
}
