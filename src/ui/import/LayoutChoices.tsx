import { useState } from 'react';
import { MAX_SEED, urlOptions, withLayout } from '../../app/address/url.ts';
import { DEFAULT_LAYOUT, type LayoutOptions, NEIGHBOR_RANGE } from '../../pipeline/layout.ts';
import { useApp } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { NumberChoice } from '../controls/NumberChoice.tsx';
import { Toggle } from '../controls/Toggle.tsx';

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

const NUMBERS = [
  {
    key: 'neighbors',
    label: 'Neighbours',
    says: 'How many others each is held near to, counting itself. Few show fine groups, many the whole.',
    min: NEIGHBOR_RANGE.min,
    max: NEIGHBOR_RANGE.max,
    step: 1,
  },
  {
    key: 'minDist',
    label: 'Minimum distance',
    says: 'How close two dots may come. 0 packs groups tightly, 1 spreads them out.',
    min: 0,
    max: 1,
    step: 0.05,
  },
  {
    key: 'seed',
    label: 'Seed',
    says: 'Another seed gives another layout of the same texts.',
    min: 0,
    max: MAX_SEED,
    step: 1,
  },
] as const;

/** Layout options of the next map. The address holds them, so that a reload or a link makes the same map. */
export function LayoutChoices() {
  const { page } = useApp();
  const [layout, setLayout] = useState<LayoutOptions>(() => urlOptions(page.hash()));
  const change = (changed: Partial<LayoutOptions>): void => {
    page.setHash(withLayout(page.hash(), changed), false);
    setLayout(urlOptions(page.hash()));
  };
  return (
    <details className="notes layout-choices">
      <summary>Layout</summary>
      <Choice
        label="Begins on"
        value={layout.start}
        options={STARTS}
        onChange={(start) => change({ start: start === 'pca' || start === 'spectral' ? start : 'words' })}
      />
      {NUMBERS.map(({ key, ...field }) => (
        <NumberChoice key={key} {...field} value={layout[key]} onChange={(value) => change({ [key]: value })} />
      ))}
      <Toggle
        isOn={layout.densMap}
        isDisabled={layout.engine !== 'portolan'}
        onChange={(densMap) => change({ densMap })}
      >
        Keep dense groups dense (densMAP)
      </Toggle>
      <Toggle isOn={layout.centre} onChange={(centre) => change({ centre })}>
        Take away what all texts share (centring)
      </Toggle>
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
