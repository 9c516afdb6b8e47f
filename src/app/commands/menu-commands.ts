import { keepShownMap, showKeptMaps } from '../library.ts';
import { exportPapers } from '../maps/export-papers.ts';
import { openMapAt, SAMPLE_MAP, saveMap } from '../maps/open-map.ts';
import { formatBytes } from '../messages.ts';
import { keepOffline, stopKeeping } from '../offline.ts';
import { type Offline, type State, setState, type ThemeChoice } from '../store.ts';
import { chooseTheme } from '../theme.ts';
import type { Findable } from './rank-commands.ts';

/** Something that can be done, from the menu or the palette. */
export interface Command extends Findable {
  readonly isDisabled?: boolean;
  /** It is what holds now, such as the theme. */
  readonly isChosen?: boolean;
  run(): void;
}

/** The ids of the menu's file choosers: only an element of the page can open the system's dialog. */
export const PICKERS = { files: 'open-files', folder: 'open-folder', map: 'open-map' } as const;

const THEMES: readonly { readonly theme: ThemeChoice; readonly label: string }[] = [
  { theme: 'auto', label: 'Colours of the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

/** The entries of the menu by section: what begins or ends with a file, finding one's way, the theme. */
export function menuCommands({ shown, theme, offline }: Pick<State, 'shown' | 'theme' | 'offline'>): Command[][] {
  const isDisabled = shown?.map == null;
  return [
    [
      action('open-files', 'Open files…', () => choose(PICKERS.files)),
      action('open-folder', 'Open a folder…', () => choose(PICKERS.folder)),
      action('paste', 'Paste texts…', () => onceClosed(() => setState({ pasting: true }))),
      action('open-map', 'Open map…', () => choose(PICKERS.map)),
      action('open-sample', 'Open the sample map', () => void openMapAt(SAMPLE_MAP)),
    ],
    [
      { ...action('keep-map', 'Keep in this browser', () => void keepShownMap()), isDisabled },
      action('kept-maps', 'Kept maps…', () => onceClosed(() => void showKeptMaps())),
      { ...action('save-map', 'Save map', () => void saveMap()), isDisabled },
      { ...action('export', 'Export…', () => onceClosed(() => setState({ exporting: true }))), isDisabled },
      { ...action('export-papers', 'Export papers (JSONL)', exportPapers), isDisabled },
      {
        ...action('compare', 'Compare with another map…', () => onceClosed(() => setState({ dialog: 'compare' }))),
        isDisabled,
      },
      {
        ...action('dimensions', 'Keep fewer dimensions…', () => onceClosed(() => setState({ dialog: 'dimensions' }))),
        isDisabled,
      },
      ...offlineCommand(offline),
    ],
    [
      action('palette', 'Find a command…', () => onceClosed(() => setState({ dialog: 'palette' }))),
      action('shortcuts', 'Keyboard shortcuts', () => onceClosed(() => setState({ dialog: 'shortcuts' }))),
    ],
    THEMES.map((choice) => ({
      id: `theme:${choice.theme}`,
      label: choice.label,
      group: 'Theme',
      isChosen: choice.theme === theme,
      run: () => chooseTheme(choice.theme),
    })),
  ];
}

/** Keeps all that embedding needs, or stops that; none where nothing can be kept. */
function offlineCommand(offline: Offline): Command[] {
  if (offline.state === 'none') return [];
  const run = (): void => (offline.state === 'fetching' ? stopKeeping() : void keepOffline());
  return [{ ...action('offline', offlineLabel(offline), run), isDisabled: offline.state === 'ready' }];
}

function offlineLabel({ state, done, total }: Offline): string {
  if (state === 'ready') return 'Works without a network';
  if (state === 'stopped') return `Keep for use offline (${formatBytes(total)})`;
  return `Keeping for use offline: ${formatBytes(done)} of ${formatBytes(total)}. Stop`;
}

function action(id: string, label: string, run: () => void): Command {
  return { id, label, group: 'Action', run };
}

/** The menu, as it closes, gives the focus back in the next frame: a dialog that opens before would lose it. */
function onceClosed(open: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(open));
}

function choose(picker: string): void {
  document.getElementById(picker)?.click();
}
