import { useState } from 'react';
import type { Restore } from '../../app/kept-maps.ts';
import { countOf, formatBytes, formatDate } from '../../app/messages.ts';
import type { KeptMap } from '../../library/database.web.ts';
import { nounOf } from '../../model/noun.ts';
import { useApp, useAppState } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';

/** The maps kept in this browser. Each can be opened, renamed, saved as a file and deleted. */
export function LibraryDialog() {
  const { store } = useApp();
  const maps = useAppState((state) => state.keptMaps);
  const [deleted, setDeleted] = useState<readonly Deleted[]>([]);
  const close = (): void => {
    setDeleted([]);
    store.set({ keptMaps: null });
  };
  const take = (gone: Deleted): void => setDeleted((others) => others.filter((other) => other !== gone));
  return (
    <ModalDialog title="Kept maps" isOpen={maps !== null} onClose={close}>
      <div role="status">
        {deleted.map((gone) => (
          <p key={gone.id} className="library-gone">
            <span dir="auto">“{gone.name}” was deleted.</span>
            <Button
              onClick={() => {
                take(gone);
                void gone.restore();
              }}
            >
              Undo
            </Button>
          </p>
        ))}
      </div>
      {maps?.length === 0 && <p className="quiet">None yet. “Keep in this browser” adds the map that is open.</p>}
      <ul className="library">
        {maps?.map((map) => (
          <KeptRow key={map.id} map={map} onDeleted={(gone) => setDeleted((others) => [...others, gone])} />
        ))}
      </ul>
      <div className="dialog-foot">
        <Button onClick={close}>Close</Button>
      </div>
    </ModalDialog>
  );
}

/** A map that was deleted while the list is open, and what keeps it again. */
interface Deleted {
  readonly id: string;
  readonly name: string;
  readonly restore: Restore;
}

interface RowProps {
  readonly map: KeptMap;
  readonly onDeleted: (gone: Deleted) => void;
}

function KeptRow({ map, onDeleted }: RowProps) {
  const { keptMaps } = useApp();
  const remove = async (): Promise<void> => {
    const restore = await keptMaps.removeKeptMap(map);
    if (restore) onDeleted({ id: map.id, name: map.name, restore });
  };
  return (
    <li>
      <input
        className="library-name"
        aria-label="Name"
        defaultValue={map.name}
        title="Rename this map"
        maxLength={200}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
        onBlur={({ target }) => {
          const name = target.value.trim();
          if (name !== '' && name !== map.name) void keptMaps.renameKeptMap(map, name);
        }}
      />
      <p className="quiet">
        {countOf(map.papers, nounOf(map))} · {formatBytes(map.bytes)} · {formatDate(map.saved)}
      </p>
      <div className="library-actions">
        <Button kind="main" onClick={() => void keptMaps.openKeptMap(map)}>
          Open
        </Button>
        <Button onClick={() => void keptMaps.exportKeptMap(map)}>Save as a file</Button>
        <Button onClick={remove}>Delete</Button>
      </div>
    </li>
  );
}
