import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { exportKeptMap, openKeptMap, removeKeptMap, renameKeptMap } from '../../app/library.ts';
import { formatBytes, formatDate, plural } from '../../app/messages.ts';
import { setState } from '../../app/store.ts';
import type { KeptMap } from '../../library/database.web.ts';
import { useApp } from '../use-store.ts';

/** The maps that are kept in this browser: to open, rename, save as a file, delete. */
export function LibraryDialog() {
  const maps = useApp((state) => state.keptMaps);
  const close = (): void => setState({ keptMaps: null });
  return (
    <ModalOverlay className="overlay" isOpen={maps !== null} onOpenChange={close} isDismissable>
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">Kept maps</Heading>
          {maps?.length === 0 && <p className="quiet">None yet. “Keep in this browser” adds the map that is open.</p>}
          <ul className="kept">
            {maps?.map((map) => (
              <KeptRow key={map.id} map={map} />
            ))}
          </ul>
          <div className="dialog-foot">
            <button type="button" className="button" onClick={close}>
              Close
            </button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
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
        <button type="button" className="button button-main" onClick={() => void openKeptMap(map)}>
          Open
        </button>
        <button type="button" className="button" onClick={() => void exportKeptMap(map)}>
          Save as a file
        </button>
        <button type="button" className="button" onClick={() => void removeKeptMap(map)}>
          Delete
        </button>
      </div>
    </li>
  );
}
