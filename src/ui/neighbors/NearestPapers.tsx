import { CircleHelp } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { formatCount } from '../../app/messages.ts';
import type { Shown } from '../../app/state.ts';
import type { FalseNeighbor, TrueNeighbor } from '../../project/measure/map-neighbors.ts';
import { MAX_MARKED_NEIGHBORS } from '../../render/paper-marks.ts';
import { displayTitle } from '../../text/readable.ts';
import { useApp, useNoun } from '../app-context.ts';
import { IconButton } from '../controls/Button.tsx';

// In its own file, which is fetched on first use.
const WhyNear = lazy(async () => ({ default: (await import('./WhyNear.tsx')).WhyNear }));

const STRANGERS_SHOWN = 5;

/**
 * A paper's true nearest papers, each with an explanation, and those that only look near on the map. Marks those that
 * the map has torn apart.
 */
export function NearestPapers({ shown, selected }: { readonly shown: Shown; readonly selected: number }) {
  const noun = useNoun();
  const { selectors } = useApp();
  const [explained, explain] = useState(-1);
  const found = selectors.neighborhood(shown, selected);
  if (!found) return null;
  const { nearest, onlyNear, k } = found;
  const kept = nearest.filter(({ isTorn }) => !isTorn).length;
  return (
    <>
      <section aria-label={`Nearest ${noun.many}`}>
        <h3>Nearest {noun.many}</h3>
        <p className="quiet">
          By meaning: cosine of the vectors, not the distance on the map, which has kept {kept} of {k} together.
        </p>
        <ol className="nearest">
          {nearest.slice(0, MAX_MARKED_NEIGHBORS).map((neighbor) => (
            <Neighbor
              key={neighbor.index}
              shown={shown}
              selected={selected}
              neighbor={neighbor}
              isExplained={explained === neighbor.index}
              onExplain={() => explain(explained === neighbor.index ? -1 : neighbor.index)}
            />
          ))}
        </ol>
      </section>
      <OnlyNear shown={shown} papers={onlyNear} />
    </>
  );
}

interface NeighborProps {
  readonly shown: Shown;
  readonly selected: number;
  readonly neighbor: TrueNeighbor;
  readonly isExplained: boolean;
  readonly onExplain: () => void;
}

function Neighbor({ shown, selected, neighbor, isExplained, onExplain }: NeighborProps) {
  const { index, similarity, mapRank, isTorn } = neighbor;
  const title = displayTitle(shown.corpus.papers[index]);
  return (
    <li className={isTorn ? 'neighbor neighbor-torn' : 'neighbor'}>
      <PaperButton index={index}>
        <span className="nearest-title" dir="auto">
          {title}
          {isTorn && (
            <span className="torn" title="The map has torn the two apart">
              {`torn apart: ${ordinal(mapRank)} on the map`}
            </span>
          )}
        </span>
        <span className="nearest-value">{similarity.toFixed(2)}</span>
        <span className="nearest-bar" style={{ width: `${Math.max(0, similarity) * 100}%` }} />
      </PaperButton>
      <IconButton
        icon={CircleHelp}
        isSmall
        label={`Why is it near: ${title}`}
        title="Why are these two near?"
        aria-expanded={isExplained}
        onClick={onExplain}
      />
      {isExplained && shown.map && (
        <Suspense fallback={null}>
          <WhyNear map={shown.map} pair={[selected, index]} />
        </Suspense>
      )}
    </li>
  );
}

/** Papers that are near on the map but not by their vectors. */
function OnlyNear({ shown, papers }: { readonly shown: Shown; readonly papers: readonly FalseNeighbor[] }) {
  if (papers.length === 0) return null;
  return (
    <section aria-label="Only look near">
      <h3>Only look near</h3>
      <p className="quiet">
        {papers.length > STRANGERS_SHOWN ? `The nearest ${STRANGERS_SHOWN} of ${papers.length} on` : 'On'} the map
        beside it, but not among its nearest by meaning.
      </p>
      <ol className="only-near">
        {papers.slice(0, STRANGERS_SHOWN).map(({ index, similarity }) => (
          <li key={index}>
            <PaperButton index={index}>
              <span className="nearest-title" dir="auto">
                {displayTitle(shown.corpus.papers[index])}
              </span>
              {similarity !== null && <span className="nearest-value">{similarity.toFixed(2)}</span>}
            </PaperButton>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Opens a paper. While the button is hovered or focused, the map shows where the paper is. */
function PaperButton({ index, children }: { readonly index: number; readonly children: React.ReactNode }) {
  const { store, view } = useApp();
  const leave = (): void => store.set({ hovered: -1 });
  return (
    <button
      type="button"
      className="nearest-paper"
      onClick={() => {
        leave();
        view.goToPaper(index);
      }}
      onMouseEnter={() => store.set({ hovered: index })}
      onMouseLeave={leave}
      onFocus={() => store.set({ hovered: index })}
      onBlur={leave}
    >
      {children}
    </button>
  );
}

const RULES = new Intl.PluralRules('en', { type: 'ordinal' });
const SUFFIXES: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** `1st`, `22nd`, `1,113th`. */
function ordinal(place: number): string {
  return `${formatCount(place)}${SUFFIXES[RULES.select(place)] ?? 'th'}`;
}
