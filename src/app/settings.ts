import type { Page } from './page.ts';
import type { ThemeChoice } from './state.ts';
import type { Store } from './store.ts';

/** The page's colour theme. */
export type Theme = 'light' | 'dark';

/** The user's settings, kept between visits. */
export type Settings = ReturnType<typeof makeSettings>;

const THEME = 'portolan-theme';
const SINGLE_KEYS = 'portolan-single-keys';

/** Starts with the settings of the last visit. */
export function makeSettings(store: Store, page: Page) {
  const theme = page.recall(THEME);
  store.set({
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    singleKeys: page.recall(SINGLE_KEYS) !== 'off',
  });
  return {
    chooseTheme(choice: ThemeChoice): void {
      store.set({ theme: choice });
      page.remember(THEME, choice);
    },
    /** Whether single letters and signs are shortcuts. */
    chooseSingleKeys(singleKeys: boolean): void {
      store.set({ singleKeys });
      page.remember(SINGLE_KEYS, singleKeys ? 'on' : 'off');
    },
  };
}
