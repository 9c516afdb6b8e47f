import { exportPapers } from '../export-papers.ts';
import { openMapAt, SAMPLE_MAP, saveMap } from '../open-map.ts';
import { type State, setState, type ThemeChoice } from '../store.ts';
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
export function menuCommands({ shown, theme }: Pick<State, 'shown' | 'theme'>): Command[][] {
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
      { ...action('save-map', 'Save map', () => void saveMap()), isDisabled },
      { ...action('export-papers', 'Export papers (JSONL)', exportPapers), isDisabled },
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
