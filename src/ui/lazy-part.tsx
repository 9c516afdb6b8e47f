import { type ComponentType, lazy, useCallback, useEffect } from 'react';
import { useApp } from './app-context.ts';

/**
 * A part of the page in a file of its own, fetched when it is first shown. Where the server no longer has the file,
 * `Instead` stands in its place, with the same properties.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Instead: ComponentType<Props>,
) {
  return lazy(() =>
    load().then(
      (part) => ({ default: part }),
      () => ({ default: Instead }),
    ),
  );
}

/** In place of a part that is gone: each time that it is wanted a reload is offered. */
export function ReloadOffer({ isWanted }: { readonly isWanted: boolean }) {
  const offerReload = useReloadOffer();
  useEffect(() => {
    if (isWanted) offerReload();
  }, [isWanted, offerReload]);
  return null;
}

/** What a button does whose part is gone. */
export function useReloadOffer(): () => void {
  const { store } = useApp();
  return useCallback(() => store.set({ hasUpdate: true }), [store]);
}
