import { type ReactNode, useEffect, useState } from 'react';
import { countOf, formatDate } from '../../app/messages.ts';
import type { KeptMap } from '../../library/database.web.ts';
import type { MapData } from '../../model/map-data.ts';
import { nounOf } from '../../model/noun.ts';
import { useApp, useAppState, useDialog, useNoun } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';

/** Chooses the map to compare with the shown one: a new layout, a file, or a map kept in this browser. */
export function CompareDialog() {
  const noun = useNoun();
  const { isOpen, close } = useDialog('compare');
  const map = useAppState((state) => state.shown?.map ?? null);
  return (
    <ModalDialog title="Compare with another map" isOpen={isOpen && map !== null} onClose={close}>
      <p className="quiet">
        The other map is turned to fit this one by the {noun.many} that both hold. Then you can go from one to the
        other, {noun.one} by {noun.one}.
      </p>
      {map && <Choices map={map} />}
      <div className="dialog-foot">
        <Button onClick={close}>Cancel</Button>
      </div>
    </ModalDialog>
  );
}

function Choices({ map }: { readonly map: MapData }) {
  const noun = useNoun();
  const { compareMaps } = useApp();
  const { close } = useDialog('compare');
  return (
    <>
      <h3>Another layout of these {noun.many}</h3>
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
            void compareMaps.withFile(file);
          }}
        />
      </label>
      <KeptMaps />
    </>
  );
}

function KeptMaps() {
  const { compareMaps, keptMaps } = useApp();
  const { close } = useDialog('compare');
  const [maps, setMaps] = useState<readonly KeptMap[]>([]);
  useEffect(() => {
    void keptMaps.listKeptMaps().then(setMaps);
  }, [keptMaps]);
  if (maps.length === 0) return null;
  return (
    <>
      <h3>Kept maps</h3>
      <ul className="compare-maps">
        {maps.map((kept) => (
          <li key={kept.id}>
            <button
              type="button"
              className="compare-map"
              onClick={() => {
                close();
                void compareMaps.withKept(kept);
              }}
            >
              <span dir="auto">{kept.name}</span>
              <span className="quiet">
                {countOf(kept.papers, nounOf(kept))} · {formatDate(kept.saved)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

const MAX_SEED = 2 ** 32 - 1;
/** With more neighbours, a layout shows only the outline of the whole. */
const MAX_NEIGHBORS = 100;

interface Props {
  readonly map: MapData;
  readonly onDone: () => void;
}

/** Options for a second layout of the shown map's vectors. They begin as the map's own, with the next seed. */
function LayoutForm({ map, onDone }: Props) {
  const { compareMaps } = useApp();
  const { project } = map.info;
  const [seed, setSeed] = useState((project?.seed ?? 0) + 1);
  const [neighbors, setNeighbors] = useState(project?.neighbors ?? 15);
  const [minDist, setMinDist] = useState(project?.minDist ?? 0.1);
  if (!map.embedding) return <p className="quiet">This map has kept no vectors to lay out.</p>;
  const most = Math.min(MAX_NEIGHBORS, map.corpus.papers.length - 1);
  return (
    <form
      className="compare-form"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        void compareMaps.withLayout({ seed, neighbors, minDist });
      }}
    >
      <Field label="Seed">
        <NumberInput value={seed} min={0} max={MAX_SEED} step={1} onChange={setSeed} />
      </Field>
      <Field label="Neighbours">
        <NumberInput value={neighbors} min={2} max={most} step={1} onChange={setNeighbors} />
      </Field>
      <Field label="Minimum distance">
        <NumberInput value={minDist} min={0} max={1} step={0.01} onChange={setMinDist} />
      </Field>
      <Button kind="main" type="submit">
        Lay out and compare
      </Button>
    </form>
  );
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: its control is its child.
    <label className="compare-field">
      <span>{label}</span>
      {children}
    </label>
  );
}

interface NumberProps {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}

/** The browser checks the bounds before it submits the form. */
function NumberInput({ value, onChange, ...bounds }: NumberProps) {
  return (
    <input
      type="number"
      required
      {...bounds}
      value={Number.isNaN(value) ? '' : value}
      onChange={({ target }) => onChange(target.valueAsNumber)}
    />
  );
}
