import { Menu as MenuIcon } from 'lucide-react';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { PICKERS } from '../../app/commands/menu-commands.ts';
import { chosenFiles } from '../../app/maps/files.ts';
import { useApp } from '../app-context.ts';
import { lazyPart, useReloadOffer } from '../lazy-part.tsx';
import type { MenuListProps } from './MenuList.tsx';

// Loaded when the menu is first opened.
const MenuList = lazyPart(
  async () => (await import('./MenuList.tsx')).MenuList,
  ({ onClose }: MenuListProps) => <NoMenu onClose={onClose} />,
);

/** The main menu: texts, maps, help and theme. */
export function MainMenu() {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="menu-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => {
          // Safari does not focus a button that is clicked, and the menu returns the focus to what has it now.
          button.current?.focus();
          setOpen(true);
        }}
      >
        <MenuIcon size={17} aria-hidden />
        Menu
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <MenuList trigger={button} onClose={close} />
        </Suspense>
      )}
      <FileInput id={PICKERS.files} />
      <FileInput id={PICKERS.folder} kind="folder" />
      <FileInput id={PICKERS.map} kind="map" />
    </>
  );
}

/** In place of a menu whose file is gone. */
function NoMenu({ onClose }: Pick<MenuListProps, 'onClose'>) {
  const offerReload = useReloadOffer();
  useEffect(() => {
    offerReload();
    onClose();
  }, [offerReload, onClose]);
  return null;
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
