import { useEffect, useRef, useState } from 'react';
import { loadIntoFrame } from '../../app/share/preview-frame.ts';
import { embedSnippet, mapLink } from '../../app/share/share-links.ts';
import type { ThemeChoice } from '../../app/state.ts';
import { useApp, useAppState } from '../app-context.ts';
import { Choice } from '../controls/Choice.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { CopyText } from './CopyText.tsx';
import { Publishing } from './ShareLink.tsx';

const HEIGHTS = ['360', '480', '640'].map((value) => ({ value, label: `${value} px` }));
const THEMES = [
  { value: 'auto', label: 'As the page around it' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** The lines of HTML that show the map in another page, with the map as it would look there. */
export function ShareEmbed() {
  const { page } = useApp();
  const mapAt = useAppState((state) => state.mapAt);
  const name = useAppState((state) => state.shown?.map?.info.name ?? '');
  const [address, setAddress] = useState('');
  const [heightPx, setHeight] = useState('480');
  const [theme, setTheme] = useState<ThemeChoice>('auto');
  const [isGreedy, setGreedy] = useState(false);
  const link = mapLink(page.base, mapAt || address, '');
  const map = link.kind === 'none' ? '' : new URL(mapAt || address.trim(), page.base).href;
  const color = new URLSearchParams(page.hash().slice(1)).get('color') ?? '';
  const snippet = embedSnippet(page.base, { map, heightPx: Number(heightPx), theme, color, isGreedy, name });
  return (
    <>
      {mapAt === '' && <Publishing address={address} onChange={setAddress} />}
      {link.kind === 'none' && link.why !== '' && <p role="alert">{link.why}</p>}
      <div className="share-choices">
        <Choice label="Height" value={heightPx} options={HEIGHTS} onChange={setHeight} />
        <Choice
          label="Theme"
          value={theme}
          options={THEMES}
          onChange={(value) => setTheme(value === 'light' || value === 'dark' ? value : 'auto')}
        />
      </div>
      <Toggle isOn={isGreedy} onChange={setGreedy}>
        The wheel moves the map, without Ctrl
      </Toggle>
      {map !== '' && <CopyText label="Lines for your page" text={snippet} rows={4} />}
      <Preview theme={theme} color={color} isGreedy={isGreedy} heightPx={Number(heightPx)} />
    </>
  );
}

interface PreviewProps {
  readonly theme: ThemeChoice;
  readonly color: string;
  readonly isGreedy: boolean;
  readonly heightPx: number;
}

/** The real frame with the shown map in it. */
function Preview({ theme, color, isGreedy, heightPx }: PreviewProps) {
  const { saving } = useApp();
  const frame = useRef<HTMLIFrameElement>(null);
  const [failure, setFailure] = useState('');
  const options = new URLSearchParams({ host: location.origin, theme, gestures: isGreedy ? 'greedy' : 'cooperative' });
  if (color !== '') options.set('color', color);
  const src = `./frame.html#${options}`;
  const [file, setFile] = useState<Blob | null>(null);
  useEffect(() => {
    let isWanted = true;
    saving.mapFile().then(
      (made) => isWanted && setFile(made),
      () => isWanted && setFailure('The preview could not be made.'),
    );
    return () => {
      isWanted = false;
    };
  }, [saving]);
  const show = async (): Promise<void> => {
    if (!file || !frame.current) return;
    try {
      await loadIntoFrame(frame.current, await file.arrayBuffer());
    } catch (error) {
      setFailure(`The preview could not be shown: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  if (failure !== '') return <p role="alert">{failure}</p>;
  if (!file) return <p className="quiet">Preparing the preview…</p>;
  // A new document for other options: a change behind # alone would load nothing.
  return (
    <iframe
      key={src}
      ref={frame}
      className="share-frame"
      title="Preview of the embedded map"
      src={src}
      height={heightPx}
      allow="fullscreen"
      onLoad={() => void show()}
    />
  );
}
