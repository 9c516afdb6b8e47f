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
  const close = (): void => store.set({ keptMaps: null });
  return (
    <ModalDialog title="Kept maps" isOpen={maps !== null} onClose={close}>
      {maps?.length === 0 && <p className="quiet">None yet. “Keep in this browser” adds the map that is open.</p>}
      <ul className="library">
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
  const { keptMaps } = useApp();
  return (
    <li>
      <input
        className="library-name"
        aria-label="Name"
        defaultValue={map.name}
        maxLength={200}
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
        <Button onClick={() => void keptMaps.removeKeptMap(map)}>Delete</Button>
      </div>
    </li>
  );
}
