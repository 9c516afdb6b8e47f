import { Pause, Play as PlayIcon, SkipForward, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { NamedFacet } from '../../app/filter/facet-set.ts';
import { filterText, rangeLabel } from '../../app/filter/filter-text.ts';
import { plural } from '../../app/messages.ts';
import { setState } from '../../app/store.ts';
import { pairBins } from '../../facet/cross-filter.ts';
import type { CategoryFacet, DateFacet } from '../../facet/facet.ts';
import { BETWEEN, topicColor } from '../../render/topic-colors.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { useApp, useCounts, useFiltered, useTopics } from '../use-store.ts';
import { useTheme } from '../use-theme.ts';
import { Histogram } from './Histogram.tsx';
import { Missing } from './Missing.tsx';
import { usePlay } from './use-play.ts';

const HEIGHT_PX = 64;

/** Time along the foot of the map: when the papers were written, by topic, and a window that runs along it. */
export function TimeBar() {
  const id = useApp((state) => state.timeline);
  const { facets } = useFiltered();
  const named = id === null ? null : facets.get(id);
  if (named?.facet.kind !== 'date') return null;
  return <TimeLine key={named.id} named={named} facet={named.facet} />;
}

interface Props {
  readonly named: NamedFacet;
  readonly facet: DateFacet;
}

function TimeLine({ named, facet }: Props) {
  const { facets } = useFiltered();
  const [isByTopic, setByTopic] = useState(true);
  const topics = facets.get('topic')?.facet;
  const parts = topics?.kind === 'category' ? topics : null;
  return (
    <section className="time" aria-label="Time">
      <div className="time-head">
        <PlayButton named={named} facet={facet} />
        <TimeChoice named={named} />
        <TimeText named={named} facet={facet} />
        <Missing named={named} facet={facet} />
        {parts && (
          <Toggle className="time-switch" isOn={isByTopic} onChange={setByTopic}>
            By topic
          </Toggle>
        )}
        <IconButton icon={X} isSmall label="Close the time line" onClick={() => setState({ timeline: null })} />
      </div>
      {parts && isByTopic ? (
        <TopicsOverTime named={named} facet={facet} parts={parts} />
      ) : (
        <PapersOverTime named={named} facet={facet} />
      )}
    </section>
  );
}

/** Where motion is unwelcome nothing runs by itself: each press moves the window by its width. */
function PlayButton({ named, facet }: Props) {
  const { isPlaying, toggle, step } = usePlay(named.id, facet);
  const [isStill] = useState(() => window.matchMedia('(prefers-reduced-motion: reduce)').matches);
  if (isStill) {
    return (
      <Button icon={SkipForward} onClick={step}>
        Next
      </Button>
    );
  }
  return (
    <Button icon={isPlaying ? Pause : PlayIcon} onClick={toggle}>
      {isPlaying ? 'Pause' : 'Play'}
    </Button>
  );
}

/** Which dates, where the papers have several. */
function TimeChoice({ named }: { readonly named: NamedFacet }) {
  const { facets } = useFiltered();
  const options = useMemo(() => {
    return facets.timelines().map((value) => ({ value, label: facets.get(value)?.name ?? value }));
  }, [facets]);
  if (options.length < 2) return null;
  return <Choice label="Time" value={named.id} options={options} onChange={(timeline) => setState({ timeline })} />;
}

function TimeText({ named, facet }: Props) {
  const filter = useApp((state) => state.filters[named.id] ?? null);
  const { edges, size } = facet;
  const text = filter ? filterText(named, filter) : rangeLabel(facet, { from: edges[0], to: edges[size] });
  return <p className="time-text">{text}</p>;
}

function PapersOverTime({ named, facet }: Props) {
  const counts = useCounts(named.id, facet);
  return <Histogram named={named} facet={facet} layers={[{ color: 'var(--accent)', counts }]} heightPx={HEIGHT_PX} />;
}

/** Each bar divided by topic, in the hues of the map. */
function TopicsOverTime({ named, facet, parts }: Props & { readonly parts: CategoryFacet }) {
  const view = useTopics();
  const theme = useTheme();
  const pair = useMemo(() => pairBins(facet, parts), [facet, parts]);
  const counts = useCounts(named.id, pair);
  const width = parts.size + 1;
  const layers = Array.from({ length: width }, (_, part) => ({
    name: parts.labels[part] ?? BETWEEN,
    color: view ? topicColor(view, Number(parts.keys[part] ?? -1), theme) : 'var(--accent)',
    counts: Uint32Array.from({ length: facet.size }, (_, bar) => counts[bar * width + part]),
  }));
  return (
    <>
      <Histogram named={named} facet={facet} layers={layers} heightPx={HEIGHT_PX} />
      <table className="visually-hidden">
        <caption>Topics over time</caption>
        <thead>
          <tr>
            <th>Topic</th>
            <th>Papers with a date</th>
            <th>Most in</th>
          </tr>
        </thead>
        <tbody>
          {layers.map(({ name, counts: own }) => (
            <tr key={name}>
              <th>{name}</th>
              <td>
                {plural(
                  own.reduce((sum, count) => sum + count, 0),
                  'paper',
                )}
              </td>
              <td>{peakLabel(facet, own)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function peakLabel(facet: DateFacet, counts: ArrayLike<number>): string {
  let peak = 0;
  for (let bar = 1; bar < counts.length; bar++) if (counts[bar] > counts[peak]) peak = bar;
  return counts[peak] > 0 ? rangeLabel(facet, { from: facet.edges[peak], to: facet.edges[peak + 1] }) : 'none';
}
