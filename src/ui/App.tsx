import { type CSSProperties, Suspense, useEffect, useState } from 'react';
import { isSingleKey, shortcutOf } from '../app/commands/shortcuts.ts';
import { hasOpenPanel, phaseOf, type State } from '../app/state.ts';
import { useApp, useAppState } from './app-context.ts';
import { TEXT_FIELD } from './controls/text-field.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { DropZone } from './import/DropZone.tsx';
import { JobPanel } from './JobPanel.tsx';
import { lazyPart, ReloadOffer } from './lazy-part.tsx';
import { HitsOutside } from './map/HitsOutside.tsx';
import { HoverCard, TopicTip } from './map/HoverCard.tsx';
import { MapCard } from './map/MapCard.tsx';
import { MapControls } from './map/MapControls.tsx';
import { MapView } from './map/MapView.tsx';
import { QueryMarker } from './map/QueryMarker.tsx';
import { Door } from './menu/Door.tsx';
import { Notices } from './Notices.tsx';
import { CommandPalette } from './palette/CommandPalette.tsx';
import { SearchPanel } from './search/SearchPanel.tsx';
import { SelectionBar } from './selection/SelectionBar.tsx';

// Fetched when first needed or when the page is idle, so that the first paint does not wait for them.
const Dialogs = lazyPart(
  async () => (await import('./Dialogs.tsx')).Dialogs,
  () => <ReloadOffer isWanted={useAppState(hasDialog)} />,
);
const SidePanels = lazyPart(
  async () => (await import('./SidePanels.tsx')).SidePanels,
  () => <ReloadOffer isWanted={useAppState(hasPanels)} />,
);
const PapersInView = lazyPart(
  async () => (await import('./neighbors/PapersInView.tsx')).PapersInView,
  () => null,
);
const TablePanel = lazyPart(
  async () => (await import('./table/TablePanel.tsx')).TablePanel,
  () => <ReloadOffer isWanted={useAppState(hasTable)} />,
);

function hasDialog({ plan, pasting, exporting, keptMaps, dialog, interruption }: State): boolean {
  return plan !== null || interruption !== null || pasting || exporting || keptMaps !== null || dialog !== null;
}

function hasTable({ table, shown }: State): boolean {
  return table.isOpen && shown !== null;
}

function hasPanels(state: State): boolean {
  return (
    hasOpenPanel(state) ||
    state.stack.length > 0 ||
    state.selectionOpen ||
    state.timeline !== null ||
    state.comparison !== null
  );
}

/** Becomes true when `value` first is, or after `IDLE_MS` without a change of it, and stays true. */
function useOnceTrue(value: boolean): boolean {
  const [was, setWas] = useState(false);
  useEffect(() => {
    if (value) setWas(true);
    if (value || was) return;
    const timer = setTimeout(() => setWas(true), IDLE_MS);
    return () => clearTimeout(timer);
  }, [value, was]);
  return was || value;
}

const IDLE_MS = 3000;

/** The whole page: the map fills it, everything else floats above. */
export function App() {
  useShortcuts();
  const hasPanel = useAppState(hasOpenPanel);
  const phase = useAppState(phaseOf);
  const runs = useAppState((state) => state.runs);
  const offline = useAppState((state) => state.offline.state);
  const unfinished = useAppState(({ unfinished }) =>
    unfinished === 'unknown' ? 'unknown' : unfinished ? 'offered' : 'none',
  );
  const dialogs = useOnceTrue(useAppState(hasDialog));
  const panels = useOnceTrue(useAppState(hasPanels));
  const foot = useFoot();
  return (
    <div
      className="app"
      data-phase={phase}
      data-offline={offline}
      data-runs={runs}
      data-unfinished={unfinished}
      data-panel={hasPanel ? 'open' : 'closed'}
      {...foot}
    >
      <Main />
      <ErrorBoundary what="panel">
        <Suspense fallback={null}>{panels && <SidePanels />}</Suspense>
      </ErrorBoundary>
      <ErrorBoundary what="table">
        <Suspense fallback={null}>{foot['data-table'] === 'open' && <TablePanel />}</Suspense>
      </ErrorBoundary>
      <JobPanel />
      <DropZone />
      <ErrorBoundary what="palette">
        <CommandPalette />
      </ErrorBoundary>
      <ErrorBoundary what="dialog">
        <Suspense fallback={null}>{dialogs && <Dialogs />}</Suspense>
      </ErrorBoundary>
    </div>
  );
}

/** What lies along the foot of the page, for the style sheet. */
function useFoot() {
  const hasTime = useAppState((state) => state.timeline !== null);
  const isComparing = useAppState((state) => state.comparison !== null);
  const tablePx = useAppState((state) => (hasTable(state) ? state.table.heightPx : 0));
  return {
    'data-time': hasTime ? 'open' : 'closed',
    'data-comparing': isComparing ? 'open' : 'closed',
    'data-table': tablePx > 0 ? 'open' : 'closed',
    style: { '--table-px': `${tablePx}px` } as CSSProperties,
  };
}

/** The map with what lies over it; in the Tab order the search box comes first. */
function Main() {
  return (
    <main>
      <ErrorBoundary what="search">
        <SearchPanel />
      </ErrorBoundary>
      <Door />
      <Notices />
      <ErrorBoundary what="map">
        {/* In the Tab order before the map and the many names on it. */}
        <Suspense fallback={null}>
          <PapersInView />
        </Suspense>
        <MapView />
        <QueryMarker />
        <HitsOutside />
        <HoverCard />
        <TopicTip />
      </ErrorBoundary>
      <ErrorBoundary what="map card">
        <MapCard />
      </ErrorBoundary>
      <MapControls />
      <SelectionBar />
    </main>
  );
}

/** Listens to all shortcuts of the page. Ignores keys that an inner element has handled already. */
function useShortcuts(): void {
  const app = useApp();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const shortcut = event.defaultPrevented ? undefined : shortcutOf(event);
      if (!shortcut || !isMeant(event.target, shortcut.where, shortcut.isGlobal ?? false)) return;
      const { dialog, singleKeys } = app.store.get();
      if (dialog !== null || (isSingleKey(shortcut) && !singleKeys)) return;
      // Enter on a focused button or link presses it, such as a name on the map.
      if (event.key === 'Enter' && event.target instanceof Element && event.target.closest('button, a')) return;
      if (shortcut.run(app, event)) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [app]);
}

function isMeant(target: EventTarget | null, where: 'page' | 'map', isGlobal: boolean): boolean {
  if (!(target instanceof Element)) return true;
  if (target.closest('[role="dialog"], dialog')) return false;
  if (where === 'map') return target === document.body || target.closest('.map') !== null;
  return isGlobal || !target.closest(TEXT_FIELD);
}
