import { useState } from 'react';
import { Switch } from 'react-aria-components';
import { MAX_SEED, urlOptions, withLayout } from '../../app/address/url.ts';
import { DEFAULT_LAYOUT, type LayoutOptions, NEIGHBOR_RANGE } from '../../pipeline/layout-options.ts';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';

const STARTS = [
  { value: 'words', label: 'the map by shared words' },
  { value: 'pca', label: 'principal components' },
  { value: 'spectral', label: 'eigenvectors of the graph' },
];

const ENGINES = [
  { value: 'portolan', label: 'Portolan’s own, fast' },
  { value: 'umap-js', label: 'umap-js, for comparison' },
];

const TOPIC_SPACES = [
  { value: 'map', label: 'on the map' },
  { value: 'umap5', label: 'in five dimensions' },
];

/** How the next map is laid out. Kept in the address, so a reload or a link makes the same map. */
export function LayoutChoices() {
  const [layout, setLayout] = useState<LayoutOptions>(urlOptions);
  const change = (changed: Partial<LayoutOptions>): void => {
    history.replaceState(history.state, '', withLayout(location.hash, changed));
    setLayout(urlOptions());
  };
  const isOwn = layout.engine === 'portolan';
  return (
    <details className="notes layout-choices">
      <summary>Layout</summary>
      <Choice
        label="Begins on"
        value={layout.start}
        options={STARTS}
        onChange={(start) => change({ start: start === 'pca' || start === 'spectral' ? start : 'words' })}
      />
      <NumberChoice
        label="Neighbours"
        says="How many papers each is held near to, itself included. Few show fine groups, many the whole."
        value={layout.neighbors}
        least={NEIGHBOR_RANGE.least}
        most={NEIGHBOR_RANGE.most}
        step={1}
        onChange={(neighbors) => change({ neighbors })}
      />
      <NumberChoice
        label="Least distance"
        says="How close two papers may come. 0 packs groups tightly, 1 spreads them out."
        value={layout.minDist}
        least={0}
        most={1}
        step={0.05}
        onChange={(minDist) => change({ minDist })}
      />
      <NumberChoice
        label="Seed"
        says="Another seed is another throw of the same map."
        value={layout.seed}
        least={0}
        most={MAX_SEED}
        step={1}
        onChange={(seed) => change({ seed })}
      />
      <Switch
        className="switch"
        isSelected={layout.densMap}
        isDisabled={!isOwn}
        onChange={(densMap) => change({ densMap })}
      >
        <span className="switch-track" aria-hidden />
        Keep dense groups dense (densMAP)
      </Switch>
      <Switch className="switch" isSelected={layout.centre} onChange={(centre) => change({ centre })}>
        <span className="switch-track" aria-hidden />
        Take away what all papers share (centring)
      </Switch>
      <Choice
        label="Topics are found"
        value={layout.topics}
        options={TOPIC_SPACES}
        onChange={(topics) => change({ topics: topics === 'umap5' ? topics : 'map' })}
      />
      <Choice
        label="Engine"
        value={layout.engine}
        options={ENGINES}
        onChange={(engine) => change({ engine: engine === 'umap-js' ? engine : 'portolan' })}
      />
      <Button onClick={() => change(DEFAULT_LAYOUT)}>As it is by default</Button>
    </details>
  );
}

interface NumberProps {
  readonly label: string;
  readonly says: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** Called with numbers in range alone. */
  readonly onChange: (value: number) => void;
}

function NumberChoice({ label, says, value, least, most, step, onChange }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label className="number-choice" title={says}>
      <span>{label}</span>
      <input
        type="number"
        min={least}
        max={most}
        step={step}
        value={typed ?? value}
        onChange={({ target }) => {
          setTyped(target.value);
          const number = target.valueAsNumber;
          const isWhole = step < 1 || Number.isInteger(number);
          if (number >= least && number <= most && isWhole) onChange(number);
        }}
        // What is out of range falls back to the last number that was not.
        onBlur={() => setTyped(null)}
      />
      <span className="quiet">{says}</span>
    </label>
  );
}
