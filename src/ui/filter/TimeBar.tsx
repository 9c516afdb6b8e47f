import { Pause, Play as PlayIcon, SkipForward, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { NamedFacet } from '../../app/filter/facet-set.ts';
import { filterText, rangeLabel } from '../../app/filter/filter-text.ts';
import { plural } from '../../app/messages.ts';
import type { Filters } from '../../app/state.ts';
import { brushFilter, brushOf, nextWindow } from '../../facet/brush.ts';
import { pairBins } from '../../facet/cross-filter.ts';
import type { CategoryFacet, DateFacet, RangeFacet } from '../../facet/facet.ts';
import { type Filter, wholeRange } from '../../facet/filter.ts';
import { capital } from '../../model/noun.ts';
import { BETWEEN, topicColor } from '../../render/topic-colors.ts';
import { useApp, useAppState, useCounts, useFiltered, useNoun, useTopics } from '../app-context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { useTheme } from '../use-theme.ts';
import { Histogram, MissingValues } from './Histogram.tsx';

const HEIGHT_PX = 64;

/** The time line at the foot of the map: the papers by date and topic, and a filter window that can play along it. */
export function TimeBar() {
  const id = useAppState((state) => state.timeline);
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
  const { filtering } = useApp();
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
        <MissingValues named={named} facet={facet} />
        {parts && (
          <Toggle className="time-switch" isOn={isByTopic} onChange={setByTopic}>
            By topic
          </Toggle>
        )}
        <IconButton icon={X} isSmall label="Close the time line" onClick={filtering.closeTimeline} />
      </div>
      {parts && isByTopic ? (
        <TopicsOverTime named={named} facet={facet} parts={parts} />
      ) : (
        <PapersOverTime named={named} facet={facet} />
      )}
    </section>
  );
}

/** With reduced motion nothing plays: each press moves the window by its width. */
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

/** Chooses among several kinds of dates. */
function TimeChoice({ named }: { readonly named: NamedFacet }) {
  const { store } = useApp();
  const { facets } = useFiltered();
  const options = useMemo(() => {
    return facets.timelines().map((value) => ({ value, label: facets.get(value)?.name ?? value }));
  }, [facets]);
  if (options.length < 2) return null;
  return <Choice label="Time" value={named.id} options={options} onChange={(timeline) => store.set({ timeline })} />;
}

function TimeText({ named, facet }: Props) {
  const filter = useAppState((state) => state.filters[named.id] ?? null);
  const { edges, size } = facet;
  const text = filter ? filterText(named, filter) : rangeLabel(facet, { from: edges[0], to: edges[size] });
  return <p className="time-text">{text}</p>;
}

function PapersOverTime({ named, facet }: Props) {
  const counts = useCounts(named.id, facet);
  return <Histogram named={named} facet={facet} layers={[{ color: 'var(--accent)', counts }]} heightPx={HEIGHT_PX} />;
}

/** Bars divided by topic, in the colours of the map. */
function TopicsOverTime({ named, facet, parts }: Props & { readonly parts: CategoryFacet }) {
  const noun = useNoun();
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
            <th>{capital(noun.many)} with a date</th>
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

interface Play {
  readonly isPlaying: boolean;
  readonly toggle: () => void;
  /** Moves by one window width at once, for users who prefer reduced motion. */
  readonly step: () => void;
}

/** Duration of a whole run, unless the limits of a tick make it shorter or longer. */
const RUN_MS = 14_000;
const MIN_TICK_MS = 140;
const MAX_TICK_MS = 700;

/** Moves the filter of facet `id` along its bars. A whole run is one undo step; it ends when the filter is removed. */
function usePlay(id: string, facet: RangeFacet): Play {
  const { filtering, store } = useApp();
  const [isPlaying, setPlaying] = useState(false);
  const began = useRef(false);
  useEffect(() => {
    if (!isPlaying) return;
    const before: Filters = store.get().filters;
    began.current = false;
    const tickMs = Math.min(Math.max(RUN_MS / facet.size, MIN_TICK_MS), MAX_TICK_MS);
    const tick = (): void => {
      if (began.current && !(id in store.get().filters)) {
        setPlaying(false);
        return;
      }
      began.current = true;
      filtering.moveFilter(id, windowAfter(store.get().filters[id] ?? null, facet, 1));
    };
    tick();
    const timer = setInterval(tick, tickMs);
    return () => {
      clearInterval(timer);
      filtering.keepFilters(before);
    };
  }, [isPlaying, id, facet, store, filtering]);
  return {
    isPlaying,
    toggle: () => setPlaying(!isPlaying),
    step: () => filtering.setFilter(id, windowAfter(store.get().filters[id] ?? null, facet, 'width')),
  };
}

function windowAfter(filter: Filter | null, facet: RangeFacet, by: number | 'width'): ReturnType<typeof brushFilter> {
  const ranges = filter?.kind === 'ranges' ? filter.ranges : [wholeRange(facet)];
  const from = Math.min(...ranges.map((range) => range.from));
  const brush = brushOf(facet, { from, to: Math.max(...ranges.map((range) => range.to)) });
  const step = by === 'width' && brush ? brush.to - brush.from : 1;
  return brushFilter(facet, nextWindow(brush, facet.size, step), filter);
}
