import { lazy, Suspense } from 'react';
import { DropZone } from './DropZone.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { HitsOutside } from './HitsOutside.tsx';
import { HoverCard } from './HoverCard.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { JobPanel } from './JobPanel.tsx';
import { MapCard } from './MapCard.tsx';
import { MapControls } from './MapControls.tsx';
import { MapView } from './MapView.tsx';
import { Notices } from './Notices.tsx';
import { PaperPanel } from './PaperPanel.tsx';
import { PasteDialog } from './PasteDialog.tsx';
import { QueryMark } from './QueryMark.tsx';
import { SearchPanel } from './SearchPanel.tsx';
import { hasOpenPanel } from './store.ts';
import { GroundTip } from './topics/GroundTip.tsx';
import { TopicPanel } from './topics/TopicPanel.tsx';
import { useApp } from './use-store.ts';
import { useUndoKeys } from './use-undo-keys.ts';

// Of its own file: nobody waits for it who does not look at time.
const TimeBar = lazy(async () => ({ default: (await import('./filter/TimeBar.tsx')).TimeBar }));

/** The whole page: the map fills it, everything else floats above. */
export function App() {
  useUndoKeys();
  const hasPanel = useApp(hasOpenPanel);
  const phase = useApp((state) => state.job?.kind ?? (state.plan ? 'asking' : 'idle'));
  const runs = useApp((state) => state.runs);
  const hasTime = useApp((state) => state.timeline !== null);
  return (
    <div
      className="app"
      data-phase={phase}
      data-runs={runs}
      data-panel={hasPanel ? 'open' : 'closed'}
      data-time={hasTime ? 'open' : 'closed'}
    >
      <ErrorBoundary what="map">
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
      <JobPanel />
      <DropZone />
      <ErrorBoundary what="import dialog">
        <ImportDialog />
        <PasteDialog />
      </ErrorBoundary>
      <Notices />
    </div>
  );
}
