import { type ComponentType, lazy, useCallback, useEffect } from 'react';
import { useApp } from './app-context.ts';

/**
 * A component in a file of its own, fetched when it is first rendered. If that fails, as when the server no longer has
 * the file, `Instead` is rendered with the same properties.
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

/** Replaces a part whose file is gone: offers a reload each time that the part is wanted. */
export function ReloadOffer({ isWanted }: { readonly isWanted: boolean }) {
  const offerReload = useReloadOffer();
  useEffect(() => {
    if (isWanted) offerReload();
  }, [isWanted, offerReload]);
  return null;
}

/** A function that offers to reload the page, for buttons of a part whose file is gone. */
export function useReloadOffer(): () => void {
  const { store } = useApp();
  return useCallback(() => store.set({ hasUpdate: true }), [store]);
}
