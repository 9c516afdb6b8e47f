import { ChevronDown, RotateCw } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { colorChoices, shownColoring } from '../../app/coloring.ts';
import { keptText } from '../../app/filter/filter-text.ts';
import { SAMPLE_MAP } from '../../app/maps/sample.ts';
import { isBusy, type ShownPapers } from '../../app/state.ts';
import { useApp, useAppState, useFiltered, useMeasuring, useNoun, useShownPapers, useTopics } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import type { ChoiceProps } from '../controls/Choice.tsx';
import { Segments } from '../controls/Segments.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { LegendList } from '../filter/LegendList.tsx';
import { lazyPart, useReloadOffer } from '../lazy-part.tsx';
import { OwnTextsButton } from '../menu/Door.tsx';
import { TopicTree } from '../topics/TopicTree.tsx';
import { useMedia } from '../use-media.ts';
import { useTheme } from '../use-theme.ts';

// In its own file, so that only users who filter load it.
const FilterPanel = lazy(async () => ({ default: (await import('../filter/FilterPanel.tsx')).FilterPanel }));
// Loaded after the first paint, because its figures are measured later anyway.
const Faithfulness = lazy(async () => ({ default: (await import('../neighbors/Faithfulness.tsx')).Faithfulness }));

/** About the map: its papers, colours, faithfulness and origin. */
export function MapCard() {
  const shown = useShownPapers();
  const { store } = useApp();
  const isSearching = useAppState((state) => state.hits !== null);
  const isOpen = useAppState((state) => state.cardOpen);
  const mapAt = useAppState((state) => state.mapAt);
  const [page, setPage] = useState<CardPage>('map');
  const hasRoom = useMedia(ROOM_FOR_CARD);
  // Folded during a search, when the hits need the room, and in a small window, where the map does.
  useEffect(() => store.set({ cardOpen: hasRoom && !isSearching }), [store, hasRoom, isSearching]);
  const isByTrust = useAppState((state) => state.colorBy === 'trust');
  useMeasuring(isByTrust);
  if (!shown) return null;
  const name = shown.map?.info.name ?? 'New map';
  const isSample = mapAt === SAMPLE_MAP;
  return (
    <section className="card" aria-label="About this map" data-page={isOpen ? page : 'closed'}>
      <h2>
        <button
          type="button"
          className="card-head"
          aria-expanded={isOpen}
          onClick={() => store.set({ cardOpen: !isOpen })}
        >
          <span className="card-name" title={name}>
            {isSample ? 'Sample map' : name}
          </span>
          <CardCount />
          <ChevronDown size={15} aria-hidden className={isOpen ? '' : 'turned'} />
        </button>
      </h2>
      {isOpen && (
        <>
          <Segments
            className="card-pages"
            label="What the card shows"
            value={page}
            options={CARD_PAGES}
            onChange={setPage}
          />
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

/** Beside the map, or below the search box with some height left: not upright and narrow, not as low as a phone. */
const ROOM_FOR_CARD =
  '(min-width: 1000px) and (min-height: 560px), (min-width: 641px) and (min-height: 560px) and (orientation: landscape)';

type CardPage = 'map' | 'filters';

const CARD_PAGES: readonly { readonly value: CardPage; readonly label: string }[] = [
  { value: 'map', label: 'Map' },
  { value: 'filters', label: 'Filters' },
];

function AboutMap({ shown }: { readonly shown: ShownPapers }) {
  const noun = useNoun();
  const { making } = useApp();
  const isWorking = useAppState(isBusy);
  return (
    <>
      <Legend shown={shown} />
      <TopicTree />
      <ContourSwitch />
      {shown.map && (
        <Suspense fallback={null}>
          <Faithfulness map={shown.map} />
        </Suspense>
      )}
      {shown.map && (
        <Button icon={RotateCw} className="again" disabled={isWorking} onClick={() => void making.makeShownMapAgain()}>
          Embed these {noun.many} again, here
        </Button>
      )}
      <OwnTexts />
      <p className="promise">Runs on this device. Nothing is uploaded.</p>
    </>
  );
}

/** The way in for own texts on maps other than the sample, which has it below the search box. */
function OwnTexts() {
  const isSample = useAppState((state) => state.mapAt === SAMPLE_MAP);
  return isSample ? null : <OwnTextsButton />;
}

function CardCount() {
  const noun = useNoun();
  const { kept, total } = useFiltered();
  return <span className="card-count">{keptText(kept, total, noun)}</span>;
}

function Legend({ shown }: { readonly shown: ShownPapers }) {
  const { store } = useApp();
  const choice = useAppState((state) => state.colorBy);
  const topics = useTopics();
  const kept = useAppState((state) => state.kept);
  const theme = useTheme();
  const { corpus, map } = shown;
  const measured = useAppState((state) => state.measured);
  const drift = useAppState((state) => state.comparison?.drift ?? null);
  const choices = useMemo(
    () => colorChoices({ corpus, map }, { topics: topics !== null, kept: kept.length > 0, drift: drift !== null }),
    [corpus, map, topics, kept, drift],
  );
  const isByTopic = choice === 'topic' || choice === 'nearest-topic';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colouring depends on these parts of the state.
  const legend = useMemo(
    () => shownColoring(store.get(), topics, theme)?.legend ?? [],
    [corpus, choice, theme, topics, kept, measured, drift],
  );
  return (
    <div className="legend">
      <ColorChoice value={choices.some(({ value }) => value === choice) ? choice : 'none'} options={choices} />
      {/* For topics, the tree of topics is the legend. */}
      {!isByTopic && legend.length > 0 && <LegendList id={choice} legend={legend} />}
    </div>
  );
}

/** Switches the shading of dense areas, in the colours of their topics. */
function ContourSwitch() {
  const { store } = useApp();
  const isOn = useAppState((state) => state.contours);
  const hasTopics = useTopics() !== null;
  if (!hasTopics) return null;
  return (
    <Toggle isOn={isOn} onChange={(contours) => store.set({ contours })}>
      Density contours
    </Toggle>
  );
}

type ColorProps = Pick<ChoiceProps, 'value' | 'options'>;

const COLOR_LABEL = 'Colour by';

// Loaded later, so that drawing the map does not wait for the list. Until then a button stands in for it.
const Choice = lazyPart(
  async () => (await import('../controls/Choice.tsx')).Choice,
  (props: ChoiceProps) => <ClosedChoice {...props} onPress={useReloadOffer()} />,
);

function ColorChoice(props: ColorProps) {
  const { store } = useApp();
  const [isAsked, setAsked] = useState(false);
  return (
    <Suspense fallback={<ClosedChoice {...props} onPress={() => setAsked(true)} />}>
      <Choice {...props} label={COLOR_LABEL} isOpen={isAsked} onChange={(value) => store.set({ colorBy: value })} />
    </Suspense>
  );
}

/** A placeholder that looks like the closed list. */
function ClosedChoice({ value, options, onPress }: ColorProps & { readonly onPress: () => void }) {
  return (
    <div className="choice">
      <span>{COLOR_LABEL}</span>
      {/* On pointerdown, because the click is lost when the list replaces the button before it. */}
      <button type="button" className="choice-button" aria-haspopup="listbox" onPointerDown={onPress} onClick={onPress}>
        <span>{options.find((option) => option.value === value)?.label}</span>
        <ChevronDown size={14} aria-hidden />
      </button>
    </div>
  );
}
