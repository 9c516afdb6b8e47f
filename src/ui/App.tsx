import { lazy, Suspense } from 'react';
import { DropZone } from './DropZone.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { HitsOutside } from './HitsOutside.tsx';
import { HoverCard } from './HoverCard.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { JobPanel } from './JobPanel.tsx';
import { LibraryDialog } from './LibraryDialog.tsx';
import { MapCard } from './MapCard.tsx';
import { MapControls } from './MapControls.tsx';
import { MapView } from './MapView.tsx';
import { Notices } from './Notices.tsx';
import { PapersInView } from './neighbors/PapersInView.tsx';
import { PaperPanel } from './PaperPanel.tsx';
import { PasteDialog } from './PasteDialog.tsx';
import { useShortcuts } from './palette/use-shortcuts.ts';
import { QueryMark } from './QueryMark.tsx';
import { SearchPanel } from './SearchPanel.tsx';
import { SelectionBar } from './selection/SelectionBar.tsx';
import { hasOpenPanel } from './store.ts';
import { GroundTip } from './topics/GroundTip.tsx';
import { TopicPanel } from './topics/TopicPanel.tsx';
import { useApp } from './use-store.ts';

/** Comes when it is first opened: the page is there sooner without it. */
const SelectionPanel = lazy(async () => ({
  default: (await import('./selection/SelectionPanel.tsx')).SelectionPanel,
}));
// Of its own file: nobody waits for it who does not look at time.
const TimeBar = lazy(async () => ({ default: (await import('./filter/TimeBar.tsx')).TimeBar }));

const CommandPalette = lazy(async () => ({
  default: (await import('./palette/CommandPalette.tsx')).CommandPalette,
}));
const ShortcutSheet = lazy(async () => ({
  default: (await import('./palette/ShortcutSheet.tsx')).ShortcutSheet,
}));

/** The whole page: the map fills it, everything else floats above. */
export function App() {
  useShortcuts();
  const hasPanel = useApp(hasOpenPanel);
  const hasSelections = useApp((state) => state.selectionOpen);
  const phase = useApp((state) => state.job?.kind ?? (state.plan ? 'asking' : 'idle'));
  const runs = useApp((state) => state.runs);
  const offline = useApp((state) => state.offline.state);
  const dialog = useApp((state) => state.dialog);
  const hasTime = useApp((state) => state.timeline !== null);
  return (
    <div
      className="app"
      data-phase={phase}
      data-offline={offline}
      data-runs={runs}
      data-panel={hasPanel ? 'open' : 'closed'}
      data-time={hasTime ? 'open' : 'closed'}
    >
      <ErrorBoundary what="map">
        {/* Before the map and the many names on it: the first stop of the Tab key. */}
        <PapersInView />
        <MapView />
        <QueryMark />
        <HitsOutside />
        <HoverCard />
        <GroundTip />
      </ErrorBoundary>
      <div className="left">
        <ErrorBoundary what="search">
          <SearchPanel />
        </ErrorBoundary>
        <ErrorBoundary what="map card">
          <MapCard />
        </ErrorBoundary>
      </div>
      <MapControls />
      <SelectionBar />
      <ErrorBoundary what="time line">
        {hasTime && (
          <Suspense fallback={null}>
            <TimeBar />
          </Suspense>
        )}
      </ErrorBoundary>
      <ErrorBoundary what="paper">
        <PaperPanel />
      </ErrorBoundary>
      <ErrorBoundary what="topic">
        <TopicPanel />
      </ErrorBoundary>
      <ErrorBoundary what="selection">
        {hasSelections && (
          <Suspense>
            <SelectionPanel />
          </Suspense>
        )}
      </ErrorBoundary>
      <JobPanel />
      <DropZone />
      <ErrorBoundary what="import dialog">
        <ImportDialog />
        <PasteDialog />
        <ExportDialog />
        <LibraryDialog />
      </ErrorBoundary>
      <ErrorBoundary what="palette">
        <Suspense fallback={null}>
          {dialog === 'palette' && <CommandPalette />}
          {dialog === 'shortcuts' && <ShortcutSheet />}
        </Suspense>
      </ErrorBoundary>
      <Notices />
    </div>
  );
}
