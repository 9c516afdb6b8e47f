import { Compass } from 'lucide-react';
import { Suspense, useState } from 'react';
import { PICKERS } from '../../app/commands/menu-commands.ts';
import { chosenFiles } from '../../app/maps/files.ts';
import { useApp } from '../app-context.ts';
import { lazyPart, useReloadOffer } from '../lazy-part.tsx';

// Loaded later, so that drawing the map does not wait for the menu. Until then a button stands in for it.
const MenuList = lazyPart(
  async () => (await import('./MenuList.tsx')).MenuList,
  () => <MenuButton onPress={useReloadOffer()} />,
);

/** The main menu: files, library, help and theme. */
export function MainMenu() {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Suspense fallback={<MenuButton onPress={() => setAsked(true)} />}>
        <MenuList asked={asked} />
      </Suspense>
      <FileInput id={PICKERS.files} />
      <FileInput id={PICKERS.folder} kind="folder" />
      <FileInput id={PICKERS.map} kind="map" />
    </>
  );
}

function MenuButton({ onPress }: { readonly onPress: () => void }) {
  return (
    <button
      type="button"
      className="brand"
      aria-label="Menu"
      aria-haspopup="true"
      // On pointerdown, because the click is lost when the menu replaces the button before it.
      onPointerDown={onPress}
      onClick={onPress}
    >
      <Compass size={19} aria-hidden />
      <span className="brand-name">Portolan</span>
    </button>
  );
}

interface FileInputProps {
  readonly id: string;
  /** Default: files of every kind. */
  readonly kind?: 'folder' | 'map';
}

function FileInput({ id, kind }: FileInputProps) {
  const { importing } = useApp();
  return (
    <input
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
        // Lets the user choose the same file again after changing it.
        event.target.value = '';
        const given = chosenFiles(chosen);
        void (kind === 'map' ? importing.openMapGiven(given) : importing.openGiven(given));
      }}
    />
  );
}
