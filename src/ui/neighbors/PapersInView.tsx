import { startTransition, useEffect, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { countOf, formatCount } from '../../app/messages.ts';
import { hasOpenPanel } from '../../app/state.ts';
import { capital } from '../../model/noun.ts';
import type { PapersWithin } from '../../render/area.ts';
import { displayTitle } from '../../text/readable.ts';
import { useApp, useAppState, useFiltered, useNoun } from '../app-context.ts';

const LISTED = 50;
/** How long the view must rest before the list is updated; not on each frame of a flight. */
const REST_MS = 300;

/**
 * The papers in view as a list, nearest to the middle first, for users who cannot see the map. Hidden until it has the
 * focus. Screen readers announce the number whenever the view rests.
 */
export function PapersInView() {
  const noun = useNoun();
  const { store, view } = useApp();
  const corpus = useAppState((state) => state.shown?.corpus ?? null);
  const { kept } = useFiltered();
  const found = usePapersInView();
  if (!corpus || !found || corpus.papers.length === 0) return null;
  const rows = Array.from(found.nearest)
    .filter((index) => index < corpus.papers.length)
    .map((index) => ({ id: index, title: displayTitle(corpus.papers[index]) }));
  const count = `${formatCount(found.total)} of ${countOf(kept, noun)} in view`;
  const more = found.total > rows.length ? `, the ${rows.length} in the middle are listed` : '';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list inside takes the focus.
    <div
      className="in-view"
      onFocus={(event) => {
        const key = event.target.closest<HTMLElement>('[data-key]')?.dataset.key;
        if (key !== undefined) view.walkToPaper(Number(key));
      }}
      onBlur={() => store.set({ hovered: -1 })}
    >
      <p className="in-view-head" role="status">
        {count}
        {more}
      </p>
      <ListBox
        className="in-view-list"
        aria-label={`${capital(noun.many)} in view`}
        items={rows}
        selectionMode="none"
        onAction={(key) => view.goToPaper(Number(key))}
        renderEmptyState={() => `No ${noun.one} is in view.`}
      >
        {({ id, title }) => (
          <ListBoxItem id={id} textValue={title} className="list-item">
            {title}
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  );
}

function usePapersInView(): PapersWithin | null {
  const { view } = useApp();
  const papers = useAppState((state) => state.shown?.corpus.papers);
  // While a map is being made its papers move all the time, so those positions are not followed.
  const positions = useAppState((state) => (state.shown?.map ? state.shown.positions : null));
  const isMaking = positions === null;
  const hasPanel = useAppState(hasOpenPanel);
  const hasHits = useAppState((state) => state.hits !== null);
  const filters = useAppState((state) => state.filters);
  const [found, setFound] = useState<PapersWithin | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: papers, positions, filters, panels change what is in view.
  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const now = view.papersInView(LISTED);
      const isWhole = now?.total === papers?.length;
      setFound((last) => (isMaking && isWhole && last?.total === now?.total ? last : now));
    };
    const wait = (): void => {
      clearTimeout(resting);
      resting = setTimeout(() => startTransition(look), REST_MS);
    };
    wait();
    const stop = view.followViewport(wait);
    return () => {
      clearTimeout(resting);
      stop();
    };
  }, [papers, positions, isMaking, hasPanel, hasHits, filters]);
  return found;
}
