import { useEffect, useSyncExternalStore } from 'react';
import type { Theme } from '../app/settings.ts';
import { useAppState } from './app-context.ts';

const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(onChange: () => void): () => void {
  darkSystem.addEventListener('change', onChange);
  return () => darkSystem.removeEventListener('change', onChange);
}

/** The user's choice of light or dark, else the system's. */
export function useTheme(): Theme {
  const choice = useAppState((state) => state.theme);
  const isDark = useSyncExternalStore(subscribe, () => darkSystem.matches);
  if (choice !== 'auto') return choice;
  return isDark ? 'dark' : 'light';
}

/** Sets the theme on the document for the style sheets and the browser's own controls. */
export function useDocumentTheme(theme: Theme): void {
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}
