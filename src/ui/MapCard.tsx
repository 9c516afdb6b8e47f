import { ChevronDown, RotateCw } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Switch, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { MapData } from '../model/map-data.ts';
import { Choice } from './Choice.tsx';
import { colorChoices, shownColoring } from './coloring.ts';
import { useFiltered } from './filter/filter-state.ts';
import { keptText } from './filter/kept-text.ts';
import { LegendList } from './filter/LegendList.tsx';
import { makeShownMapAgain } from './make-map.ts';
import { getState, type Shown, setState } from './store.ts';
import { useTheme } from './theme.ts';
import { TopicTree } from './topics/TopicTree.tsx';
import { useTopics } from './topics/topic-state.ts';
import { useApp } from './use-store.ts';

// Of its own file: nobody waits for it who does not filter.
const FilterPanel = lazy(async () => ({ default: (await import('./filter/FilterPanel.tsx')).FilterPanel }));

/** What the map is: its papers, its colours, how faithful it is, and where it comes from. */
export function MapCard() {
  const shown = useApp((state) => state.shown);
  const isSearching = useApp((state) => state.hits !== null);
  const [isOpen, setOpen] = useState(true);
  const [page, setPage] = useState<CardPage>('map');
  // The hits need the room; and on a phone the map does.
  useEffect(() => setOpen(!isSearching && window.matchMedia('(min-width: 641px)').matches), [isSearching]);
  if (!shown) return null;
  const name = shown.map?.info.name ?? 'New map';
  return (
    <section className="card" aria-label="About this map" data-page={isOpen ? page : 'closed'}>
      <button type="button" className="card-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className="card-name">{name}</span>
        <CardCount />
        <ChevronDown size={15} aria-hidden className={isOpen ? '' : 'turned'} />
      </button>
      {isOpen && (
        <>
          <CardPages page={page} onChange={setPage} />
          <div className="card-body">
            {page === 'map' ? (
              <AboutMap shown={shown} />
            ) : (
              <Suspense fallback={null}>
                <FilterPanel />
              </Suspense>
            )}
          </div>
        </>
      )}
    </section>
  );
}

type CardPage = 'map' | 'filters';

function CardPages({ page, onChange }: { readonly page: CardPage; readonly onChange: (page: CardPage) => void }) {
  return (
    <ToggleButtonGroup
      className="modes card-pages"
      aria-label="What the card shows"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[page]}
      onSelectionChange={(keys) => onChange(keys.has('filters') ? 'filters' : 'map')}
    >
      <ToggleButton id="map" className="mode">
        Map
      </ToggleButton>
      <ToggleButton id="filters" className="mode">
        Filters
      </ToggleButton>
    </ToggleButtonGroup>
  );
}

function AboutMap({ shown }: { readonly shown: Shown }) {
  const isBusy = useApp((state) => state.job !== null);
  return (
    <>
      <Legend shown={shown} />
      <TopicTree />
      <ContourSwitch />
      {shown.map && <Faithfulness map={shown.map} />}
      {shown.map && (
        <button type="button" className="button again" disabled={isBusy} onClick={() => void makeShownMapAgain()}>
          <RotateCw size={14} aria-hidden />
          Embed these papers again, here
        </button>
      )}
      <p className="promise">Runs on this device. Nothing is uploaded.</p>
    </>
  );
}

function CardCount() {
  const { kept, total } = useFiltered();
  return <span className="card-count">{keptText(kept, total)}</span>;
}

function Legend({ shown }: { readonly shown: Shown }) {
  const choice = useApp((state) => state.colorBy);
  const topics = useTopics();
  const kept = useApp((state) => state.kept);
  const theme = useTheme();
  const { corpus } = shown;
  const choices = useMemo(() => colorChoices(corpus, topics !== null, kept.length > 0), [corpus, topics, kept]);
  const isByTopic = choice === 'topic' || choice === 'nearest-topic';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colouring is made of these parts of the state.
  const legend = useMemo(() => shownColoring(getState(), theme)?.legend ?? [], [corpus, choice, theme, topics, kept]);
  return (
    <div className="legend">
      <Choice
        label="Colour by"
        value={choices.some(({ value }) => value === choice) ? choice : 'none'}
        options={choices}
        onChange={(value) => setState({ colorBy: value })}
      />
      {/* The tree of topics is their legend. */}
      {!isByTopic && legend.length > 0 && <LegendList id={choice} legend={legend} />}
    </div>
  );
}

/** Shades where papers lie close, in the colour of their topic. */
function ContourSwitch() {
  const isOn = useApp((state) => state.contours);
  const hasTopics = useTopics() !== null;
  if (!hasTopics) return null;
  return (
    <Switch className="switch" isSelected={isOn} onChange={(contours) => setState({ contours })}>
      <span className="switch-track" aria-hidden />
      Density contours
    </Switch>
  );
}

function Faithfulness({ map }: { readonly map: MapData }) {
  const { quality, encode, project, origin } = map.info;
  return (
    <dl className="facts">
      {quality && (
        <>
          <dt
            title={`Share of a paper’s ${quality.k} true neighbours that are also its ${quality.k} nearest on the map`}
          >
            Neighbours kept
          </dt>
          <dd>{percent(quality.neighborPreservation)}</dd>
          <dt title="1 minus a penalty for neighbours on the map that are none in truth (Venna & Kaski 2001)">
            Trustworthiness
          </dt>
          <dd>{percent(quality.trustworthiness)}</dd>
          {quality.continuity !== undefined && (
            <>
              <dt title="1 minus a penalty for true neighbours that the map has torn apart (Venna & Kaski 2001)">
                Continuity
              </dt>
              <dd>{percent(quality.continuity)}</dd>
            </>
          )}
        </>
      )}
      {encode && (
        <>
          <dt>Model</dt>
          <dd title={`${encode.dtype}, ${encode.dimensions} dimensions, ${encode.maxPieces} word pieces a window`}>
            {encode.model}
          </dd>
        </>
      )}
      {project && (
        <>
          <dt>Layout</dt>
          <dd>
            {project.engine === 'portolan' ? 'UMAP' : project.engine}, seed {project.seed}
          </dd>
        </>
      )}
      {origin && <dd className="origin">{origin}</dd>}
    </dl>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
