import { useEffect, useSyncExternalStore } from 'react';
import { setState, type ThemeChoice } from './store.ts';
import { useApp } from './use-store.ts';

export type Theme = 'light' | 'dark';

const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(onChange: () => void): () => void {
  darkSystem.addEventListener('change', onChange);
  return () => darkSystem.removeEventListener('change', onChange);
}

const STORED = 'portolan-theme';

/** The choice of the last visit; `auto` where nothing is, or may be, stored. */
export function rememberedTheme(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORED);
    return stored === 'light' || stored === 'dark' ? stored : 'auto';
  } catch {
    return 'auto';
  }
}

/** Takes a choice for now and, where storage is allowed, for the next visits. */
export function chooseTheme(theme: ThemeChoice): void {
  setState({ theme });
  try {
    localStorage.setItem(STORED, theme);
  } catch {
    // A frame with its storage blocked: the choice holds for this visit.
  }
}

/** Light or dark: the user's choice, else the system's. */
export function useTheme(): Theme {
  const choice = useApp((state) => state.theme);
  const isDark = useSyncExternalStore(subscribe, () => darkSystem.matches);
  if (choice !== 'auto') return choice;
  return isDark ? 'dark' : 'light';
}

/** Puts the theme on the document, where the style sheets and the browser's own controls look for it. */
export function useDocumentTheme(theme: Theme): void {
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}
