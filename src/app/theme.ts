import { setState, type ThemeChoice } from './store.ts';

export type Theme = 'light' | 'dark';

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
