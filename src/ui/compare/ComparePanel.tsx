import { X } from 'lucide-react';
import { useMemo } from 'react';
import { type Comparison, farthestMoved } from '../../app/compare/comparison.ts';
import { countOf, formatCount } from '../../app/messages.ts';
import { capital } from '../../model/noun.ts';
import type { Corpus } from '../../model/paper.ts';
import { displayTitle } from '../../text/readable.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { IconButton } from '../controls/Button.tsx';
import { Fact } from '../controls/Fact.tsx';
import { type Point, PointList } from '../paper/PaperList.tsx';

const MOVED_SHOWN = 20;
const ALONE_SHOWN = 50;

/** How two maps differ: figures, papers that moved most, papers in one map only. Hidden behind a paper or topic. */
export function ComparePanel() {
  const { comparing } = useApp();
  const comparison = useAppState((state) => state.comparison);
  const corpus = useAppState((state) => state.shown?.corpus ?? null);
  const isCovered = useAppState((state) => state.selected >= 0 || state.topic >= 0);
  if (isCovered || !comparison?.isOpen || !corpus) return null;
  return (
    <aside className="panel" aria-label="Comparison">
      <div className="panel-head">
        <p className="meta">Compared with</p>
        <IconButton icon={X} label="Close" onClick={() => comparing.togglePanel(false)} />
      </div>
      <h2 dir="auto">{comparison.names[1]}</h2>
      <Figures comparison={comparison} />
      <Moved comparison={comparison} corpus={corpus} />
      <Alone comparison={comparison} corpus={corpus} />
    </aside>
  );
}

function Figures({ comparison }: { readonly comparison: Comparison }) {
  const noun = useNoun();
  const { shared, medianDrift, kept, k, drift, strangers } = comparison;
  return (
    <dl className="facts">
      <Fact
        name={`Shared ${noun.many}`}
        value={formatCount(shared)}
        says={`${capital(noun.many)} of one identifier, or else of one title, with a place on both maps. The other map is turned, mirrored, scaled and shifted to where these lie nearest to their places here (Procrustes).`}
      />
      <Fact
        name="In this map alone"
        value={formatCount(drift.length - shared)}
        says="They go in the middle of the way. Grey when coloured by drift."
      />
      <Fact
        name="In the other alone"
        value={formatCount(strangers.length)}
        says="They come in the middle of the way, in the colour of those that have none."
      />
      <Fact
        name="Median drift"
        value={percent(medianDrift)}
        says={`Half of the shared ${noun.many} are at most this far from their place here, as a share of the mean distance from the map’s middle.`}
      />
      <Fact
        name="Neighbours on both"
        value={percent(kept)}
        says={`Share of the ${k} nearest shared ${noun.many} of each on one map that are among its ${k} nearest on the other.`}
      />
    </dl>
  );
}

interface Props {
  readonly comparison: Comparison;
  readonly corpus: Corpus;
}

function Moved({ comparison: { drift }, corpus }: Props) {
  const noun = useNoun();
  const { view } = useApp();
  const points = useMemo(
    () =>
      farthestMoved(drift, MOVED_SHOWN).map((index): Point => {
        const title = displayTitle(corpus.papers[index]);
        return { index, title, value: percent(drift[index]), onChoose: () => view.goToPaper(index) };
      }),
    [drift, corpus, view.goToPaper],
  );
  return (
    <section aria-label={`${capital(noun.many)} that moved most`}>
      <h3>{capital(noun.many)} that moved most</h3>
      <PointList points={points} />
    </section>
  );
}

/** The papers that only one of the maps has. A click shows them on it. */
function Alone({ comparison, corpus: { papers } }: Props) {
  const { view, comparing } = useApp();
  const { drift, strangerTitles, names } = comparison;
  const here = useMemo(() => {
    const alone = Array.from(drift.keys()).filter((i) => Number.isNaN(drift[i]));
    return alone.map(
      (index): Point => ({ index, title: displayTitle(papers[index]), onChoose: () => view.goToPaper(index) }),
    );
  }, [drift, papers, view]);
  const there = useMemo(
    () =>
      strangerTitles.map((title, place): Point => {
        const index = papers.length + place;
        const onChoose = (): void => {
          comparing.goToShare(1);
          comparing.hoverPoint(index);
        };
        return { index, title, onChoose };
      }),
    [strangerTitles, papers, comparing.hoverPoint, comparing.goToShare],
  );
  return (
    <>
      <Folded of={`Only in ${names[0]}`} points={here} />
      <Folded of={`Only in ${names[1]}`} points={there} />
    </>
  );
}

function Folded({ of, points }: { readonly of: string; readonly points: readonly Point[] }) {
  const noun = useNoun();
  if (points.length === 0) return null;
  const left = points.length - ALONE_SHOWN;
  return (
    <details className="compare-alone">
      <summary>
        <span dir="auto">{of}</span>: {countOf(points.length, noun)}
      </summary>
      <PointList points={points.slice(0, ALONE_SHOWN)} />
      {left > 0 && <p className="quiet">and {formatCount(left)} more</p>}
    </details>
  );
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
