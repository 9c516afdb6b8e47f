import { type ReactNode, useState } from 'react';
import { compareWithLayout } from '../../app/compare/compare-actions.ts';
import type { MapData } from '../../model/map-data.ts';
import { Button } from '../controls/Button.tsx';

const MAX_SEED = 2 ** 32 - 1;
/** Beyond, the layout shows the outline of the whole alone. */
const MAX_NEIGHBORS = 100;

interface Props {
  readonly map: MapData;
  readonly onDone: () => void;
}

/** What makes a second layout of the shown map's vectors another one. Begins with the next seed and the map's own options. */
export function LayoutForm({ map, onDone }: Props) {
  const { project } = map.info;
  const [seed, setSeed] = useState((project?.seed ?? 0) + 1);
  const [neighbors, setNeighbors] = useState(project?.neighbors ?? 15);
  const [minDist, setMinDist] = useState(project?.minDist ?? 0.1);
  if (!map.embedding) return <p className="quiet">This map has kept no vectors to lay out.</p>;
  const most = Math.min(MAX_NEIGHBORS, map.corpus.papers.length - 1);
  return (
    <form
      className="way-form"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        void compareWithLayout({ seed, neighbors, minDist });
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
    <label className="way-field">
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

/** The browser holds what is typed to its bounds before the form is sent. */
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
