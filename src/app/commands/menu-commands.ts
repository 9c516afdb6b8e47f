import { nounOf } from '../../model/noun.ts';
import type { KeptMaps } from '../kept-maps.ts';
import type { Opening } from '../maps/opening.ts';
import { SAMPLE_MAP } from '../maps/sample.ts';
import type { Saving } from '../maps/saving.ts';
import { formatBytes } from '../messages.ts';
import type { OfflineApp } from '../offline.ts';
import type { Page } from '../page.ts';
import type { Settings } from '../settings.ts';
import type { Offline, State, ThemeChoice } from '../state.ts';
import type { Store } from '../store.ts';
import type { Findable } from './rank-commands.ts';

/** An action in the menu or the palette. */
export interface Command extends Findable {
  readonly isDisabled?: boolean;
  /** The command is a choice in force, such as the theme. */
  readonly isChosen?: boolean;
  run(): void;
}

/** The parts of the app that the menu's entries act on. */
export interface MenuParts {
  readonly store: Store;
  readonly page: Pick<Page, 'click'>;
  readonly opening: Opening;
  readonly saving: Saving;
  readonly keptMaps: KeptMaps;
  readonly offline: Pick<OfflineApp, 'keepOffline' | 'stopKeeping'>;
  readonly settings: Settings;
}

/** Ids of the menu's file inputs: only an element of the page can open the system's dialog. */
export const PICKERS = { files: 'open-files', folder: 'open-folder', map: 'open-map' } as const;

const THEMES: readonly { readonly theme: ThemeChoice; readonly label: string }[] = [
  { theme: 'auto', label: 'Colours of the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

/** The menu's entries by section: files, navigation, theme. */
export function menuCommands(
  parts: MenuParts,
  { shown, theme, offline }: Pick<State, 'shown' | 'theme' | 'offline'>,
): Command[][] {
  const { store, page, opening, saving, keptMaps, settings } = parts;
  const ofMap = (command: Command): Command => ({ ...command, isDisabled: shown?.map == null });
  const opens = (change: Partial<State>) => () => onceClosed(() => store.set(change));
  return [
    [
      action('own-texts', 'Make a map of your texts…', opens({ dialog: 'own-texts' })),
      action('open-files', 'Open files…', () => page.click(PICKERS.files)),
      action('open-folder', 'Open a folder…', () => page.click(PICKERS.folder)),
      action('paste', 'Paste texts…', opens({ pasting: true })),
      action('open-map', 'Open map…', () => page.click(PICKERS.map)),
      action('open-sample', 'Open the sample map', () => void opening.openMapAt(SAMPLE_MAP)),
    ],
    [
      ofMap(action('keep-map', 'Keep in this browser', () => void keptMaps.keepShownMap())),
      action('kept-maps', 'Kept maps…', () => onceClosed(() => void keptMaps.showKeptMaps())),
      ofMap(action('save-map', 'Save map', () => void saving.saveMap())),
      ofMap({ ...action('export', 'Share…', opens({ exporting: true })), words: SHARE_WORDS }),
      ofMap(action('export-papers', `Export ${nounOf(shown?.corpus).many} (JSONL)`, saving.exportPapers)),
      ofMap(action('compare', 'Compare with another map…', opens({ dialog: 'compare' }))),
      ofMap(action('dimensions', 'Keep fewer dimensions…', opens({ dialog: 'dimensions' }))),
      ...offlineCommand(parts.offline, offline),
    ],
    [
      action('palette', 'Find a command…', opens({ dialog: 'palette' })),
      action('shortcuts', 'Keyboard shortcuts', opens({ dialog: 'shortcuts' })),
    ],
    THEMES.map((choice) => ({
      id: `theme:${choice.theme}`,
      label: choice.label,
      group: 'Theme',
      isChosen: choice.theme === theme,
      run: () => settings.chooseTheme(choice.theme),
    })),
  ];
}

/** Downloads all that embedding needs, or stops doing so; empty where nothing can be stored. */
function offlineCommand({ keepOffline, stopKeeping }: MenuParts['offline'], offline: Offline): Command[] {
  if (offline.state === 'none') return [];
  const run = (): void => (offline.state === 'fetching' ? stopKeeping() : void keepOffline());
  return [{ ...action('offline', offlineLabel(offline), run), isDisabled: offline.state === 'ready' }];
}

function offlineLabel({ state, done, total }: Offline): string {
  if (state === 'ready') return 'Works without a network';
  if (state === 'stopped') return `Keep for use offline (${formatBytes(total)})`;
  return `Keeping for use offline: ${formatBytes(done)} of ${formatBytes(total)}. Stop`;
}

/** What people call sharing, besides its name. */
const SHARE_WORDS =
  'send link embed publish download export save picture image page table png svg csv html website iframe';

function action(id: string, label: string, run: () => void): Command {
  return { id, label, group: 'Action', run };
}

/** The closing menu returns the focus in the next frame; a dialog that opens earlier would lose it. */
function onceClosed(open: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(open));
}
