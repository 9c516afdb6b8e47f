import { Compass } from 'lucide-react';
import { useRef } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { exportPapers } from './export-papers.ts';
import { openFiles } from './import-papers.ts';
import { keepShownMap, showKeptMaps } from './library.ts';
import { formatBytes } from './messages.ts';
import { keepOffline, stopKeeping } from './offline.ts';
import { openMapAt, SAMPLE_MAP, saveMap } from './open-map.ts';
import { type Offline, type State, setState, type ThemeChoice } from './store.ts';
import { chooseTheme } from './theme.ts';
import { useApp } from './use-store.ts';

const THEMES: readonly { readonly theme: ThemeChoice; readonly label: string }[] = [
  { theme: 'auto', label: 'Colours of the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

/** Everything that begins or ends with a file, and the theme. */
export function MainMenu() {
  const hasMap = useApp((state: State) => state.shown?.map != null);
  const theme = useApp((state) => state.theme);
  const offline = useApp((state) => state.offline);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const map = useRef<HTMLInputElement>(null);
  return (
    <>
      <MenuTrigger>
        <Button className="brand" aria-label="Menu">
          <Compass size={19} aria-hidden />
          <span className="brand-name">Portolan</span>
        </Button>
        <Popover className="popover" placement="bottom start">
          <Menu className="list-box">
            <MenuItem className="list-item" onAction={() => files.current?.click()}>
              Open files…
            </MenuItem>
            <MenuItem className="list-item" onAction={() => folder.current?.click()}>
              Open a folder…
            </MenuItem>
            <MenuItem className="list-item" onAction={() => setState({ pasting: true })}>
              Paste texts…
            </MenuItem>
            <MenuItem className="list-item" onAction={() => map.current?.click()}>
              Open map…
            </MenuItem>
            <MenuItem className="list-item" onAction={() => void openMapAt(SAMPLE_MAP)}>
              Open the sample map
            </MenuItem>
            <Separator className="separator" />
            <MenuItem className="list-item" isDisabled={!hasMap} onAction={() => void keepShownMap()}>
              Keep in this browser
            </MenuItem>
            <MenuItem className="list-item" onAction={() => void showKeptMaps()}>
              Kept maps…
            </MenuItem>
            <MenuItem className="list-item" isDisabled={!hasMap} onAction={() => void saveMap()}>
              Save map
            </MenuItem>
            <MenuItem className="list-item" isDisabled={!hasMap} onAction={() => setState({ exporting: true })}>
              Export…
            </MenuItem>
            <MenuItem className="list-item" isDisabled={!hasMap} onAction={exportPapers}>
              Export papers (JSONL)
            </MenuItem>
            {offline.state !== 'none' && (
              <MenuItem
                className="list-item"
                isDisabled={offline.state === 'ready'}
                onAction={() => (offline.state === 'fetching' ? stopKeeping() : void keepOffline())}
              >
                {offlineLabel(offline)}
              </MenuItem>
            )}
            <Separator className="separator" />
            {THEMES.map((choice) => (
              <MenuItem
                key={choice.theme}
                className={choice.theme === theme ? 'list-item list-item-chosen' : 'list-item'}
                onAction={() => chooseTheme(choice.theme)}
              >
                {choice.label}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <FileInput input={files} id="open-files" />
      <FileInput input={folder} id="open-folder" kind="folder" />
      <FileInput input={map} id="open-map" kind="map" />
    </>
  );
}

function offlineLabel({ state, done, total }: Offline): string {
  if (state === 'ready') return 'Works without a network';
  if (state === 'stopped') return `Keep for use offline (${formatBytes(total)})`;
  return `Keeping for use offline: ${formatBytes(done)} of ${formatBytes(total)}. Stop`;
}

interface FileInputProps {
  readonly input: React.RefObject<HTMLInputElement | null>;
  readonly id: string;
  /** Default: files of every kind. */
  readonly kind?: 'folder' | 'map';
}

function FileInput({ input, id, kind }: FileInputProps) {
  return (
    <input
      ref={input}
      id={id}
      type="file"
      multiple={kind !== 'map'}
      hidden
      aria-hidden
      tabIndex={-1}
      {...(kind === 'folder' ? { webkitdirectory: '' } : {})}
      {...(kind === 'map' ? { accept: '.parquet' } : {})}
      onChange={(event) => {
        const chosen = Array.from(event.target.files ?? []);
        // The same file may be chosen again after it was changed.
        event.target.value = '';
        void openFiles(chosen);
      }}
    />
  );
}
