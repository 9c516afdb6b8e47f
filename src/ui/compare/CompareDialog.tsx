import { useEffect, useState } from 'react';
import { compareWithFile, compareWithKept } from '../../app/compare/compare-actions.ts';
import { listKeptMaps } from '../../app/library.ts';
import { formatDate, plural } from '../../app/messages.ts';
import { setState } from '../../app/store.ts';
import type { KeptMap } from '../../library/database.web.ts';
import type { MapData } from '../../model/map-data.ts';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { useApp } from '../use-store.ts';
import { LayoutForm } from './LayoutForm.tsx';

/** Which map to lay beside the shown one: another layout made here, a file, one of the maps kept in this browser. */
export function CompareDialog() {
  const isOpen = useApp((state) => state.dialog === 'compare');
  const map = useApp((state) => state.shown?.map ?? null);
  return (
    <ModalDialog title="Compare with another map" isOpen={isOpen && map !== null} onClose={close}>
      <p className="quiet">
        The other map is turned to fit this one by the papers that both hold. Then you can go from one to the other,
        paper by paper.
      </p>
      {map && <Choices map={map} />}
      <div className="dialog-foot">
        <Button onClick={close}>Cancel</Button>
      </div>
    </ModalDialog>
  );
}

function close(): void {
  setState({ dialog: null });
}

function Choices({ map }: { readonly map: MapData }) {
  return (
    <>
      <h3>Another layout of these papers</h3>
      <LayoutForm map={map} onDone={close} />
      <h3>A map file</h3>
      <label className="button file-button">
        Choose a file…
        <input
          type="file"
          accept=".parquet"
          className="visually-hidden"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (!file) return;
            close();
            void compareWithFile(file);
          }}
        />
      </label>
      <KeptMaps />
    </>
  );
}

function KeptMaps() {
  const [maps, setMaps] = useState<readonly KeptMap[]>([]);
  useEffect(() => {
    void listKeptMaps().then(setMaps);
  }, []);
  if (maps.length === 0) return null;
  return (
    <>
      <h3>Kept maps</h3>
      <ul className="way-maps">
        {maps.map((kept) => (
          <li key={kept.id}>
            <button
              type="button"
              className="way-map"
              onClick={() => {
                close();
                void compareWithKept(kept);
              }}
            >
              <span dir="auto">{kept.name}</span>
              <span className="quiet">
                {plural(kept.papers, 'paper')} · {formatDate(kept.saved)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
