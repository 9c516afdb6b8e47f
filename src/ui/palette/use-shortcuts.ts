import { useEffect } from 'react';
import { isSingleKey, shortcutOf } from '../../app/commands/shortcuts.ts';
import { getState } from '../../app/store.ts';

/** Listens to all shortcuts of the page. What something nearer has taken a key for is left alone. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const shortcut = event.defaultPrevented ? undefined : shortcutOf(event);
      if (!shortcut || !isMeant(event.target, shortcut.where, shortcut.isGlobal ?? false)) return;
      const { dialog, singleKeys } = getState();
      if (dialog !== null || (isSingleKey(shortcut) && !singleKeys)) return;
      // Enter on a name on the map is a press of that name.
      if (event.key === 'Enter' && event.target instanceof Element && event.target.closest('button, a')) return;
      if (shortcut.run(event) !== false) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function isMeant(target: EventTarget | null, where: 'page' | 'map', isGlobal: boolean): boolean {
  if (!(target instanceof Element)) return true;
  if (target.closest('[role="dialog"]')) return false;
  if (where === 'map') return target === document.body || target.closest('.map') !== null;
  return isGlobal || !target.closest('input, textarea');
}
