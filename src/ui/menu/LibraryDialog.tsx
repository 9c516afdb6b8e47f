import { exportKeptMap, openKeptMap, removeKeptMap, renameKeptMap } from '../../app/library.ts';
import { formatBytes, formatDate, plural } from '../../app/messages.ts';
import { setState } from '../../app/store.ts';
import type { KeptMap } from '../../library/database.web.ts';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { useApp } from '../use-store.ts';

/** The maps that are kept in this browser: to open, rename, save as a file, delete. */
export function LibraryDialog() {
  const maps = useApp((state) => state.keptMaps);
  const close = (): void => setState({ keptMaps: null });
  return (
    <ModalDialog title="Kept maps" isOpen={maps !== null} onClose={close}>
      {maps?.length === 0 && <p className="quiet">None yet. “Keep in this browser” adds the map that is open.</p>}
      <ul className="kept">
        {maps?.map((map) => (
          <KeptRow key={map.id} map={map} />
        ))}
      </ul>
      <div className="dialog-foot">
        <Button onClick={close}>Close</Button>
      </div>
    </ModalDialog>
  );
}

function KeptRow({ map }: { readonly map: KeptMap }) {
  return (
    <li>
      <input
        className="kept-name"
        aria-label="Name"
        defaultValue={map.name}
        maxLength={200}
        onBlur={({ target }) => {
          const name = target.value.trim();
          if (name !== '' && name !== map.name) void renameKeptMap(map, name);
        }}
      />
      <p className="quiet">
        {plural(map.papers, 'paper')} · {formatBytes(map.bytes)} · {formatDate(map.saved)}
      </p>
      <div className="kept-actions">
        <Button kind="main" onClick={() => void openKeptMap(map)}>
          Open
        </Button>
        <Button onClick={() => void exportKeptMap(map)}>Save as a file</Button>
        <Button onClick={() => void removeKeptMap(map)}>Delete</Button>
      </div>
    </li>
  );
}
