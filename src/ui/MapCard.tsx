import { ChevronDown, RotateCw } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Switch } from 'react-aria-components';
import { Choice } from './Choice.tsx';
import { colorChoices, shownColoring } from './coloring.ts';
import { makeShownMapAgain } from './make-map.ts';
import { formatCount, plural } from './messages.ts';
import { Faithfulness } from './neighbors/Faithfulness.tsx';
import { useMeasuring } from './neighbors/map-measures.ts';
import { getState, type Shown, setState } from './store.ts';
import { useTheme } from './theme.ts';
import { TopicTree } from './topics/TopicTree.tsx';
import { useTopics } from './topics/topic-state.ts';
import { useApp } from './use-store.ts';

/** What the map is: its papers, its colours, how faithful it is, and where it comes from. */
export function MapCard() {
  const shown = useApp((state) => state.shown);
  const isBusy = useApp((state) => state.job !== null);
  const isSearching = useApp((state) => state.hits !== null);
  const [isOpen, setOpen] = useState(true);
  // The hits need the room; and on a phone the map does.
  useEffect(() => setOpen(!isSearching && window.matchMedia('(min-width: 641px)').matches), [isSearching]);
  const isByTrust = useApp((state) => state.colorBy === 'trust');
  useMeasuring(isOpen || isByTrust);
  if (!shown) return null;
  const name = shown.map?.info.name ?? 'New map';
  return (
    <section className="card" aria-label="About this map">
      <button type="button" className="card-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className="card-name">{name}</span>
        <span className="card-count">{plural(shown.corpus.papers.length, 'paper')}</span>
        <ChevronDown size={15} aria-hidden className={isOpen ? '' : 'turned'} />
      </button>
      {isOpen && (
        <div className="card-body">
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
        </div>
      )}
    </section>
  );
}

function Legend({ shown }: { readonly shown: Shown }) {
  const choice = useApp((state) => state.colorBy);
  const topics = useTopics();
  const theme = useTheme();
  const { corpus } = shown;
  const measured = useApp((state) => state.measured);
  const choices = useMemo(() => colorChoices(shown, topics !== null), [shown, topics]);
  const isByTopic = choice === 'topic' || choice === 'nearest-topic';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colouring is made of these parts of the state.
  const legend = useMemo(
    () => shownColoring(getState(), theme)?.legend ?? [],
    [corpus, choice, theme, topics, measured],
  );
  return (
    <div className="legend">
      <Choice
        label="Colour by"
        value={choices.some(({ value }) => value === choice) ? choice : 'none'}
        options={choices}
        onChange={(value) => setState({ colorBy: value })}
      />
      {/* The tree of topics is their legend. */}
      {!isByTopic && legend.length > 0 && (
        <ul>
          {legend.map((entry) => (
            <li key={`${entry.kind}:${entry.label}`}>
              <svg className="swatch" viewBox="0 0 10 10" aria-hidden>
                <circle cx="5" cy="5" r="5" fill={entry.color} />
              </svg>
              <span className="legend-label" title={entry.label}>
                {entry.label}
              </span>
              <span className="legend-count">{formatCount(entry.count)}</span>
            </li>
          ))}
        </ul>
      )}
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
