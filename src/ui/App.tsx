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
import { PapersInView } from './neighbors/PapersInView.tsx';
import { PaperPanel } from './PaperPanel.tsx';
import { PasteDialog } from './PasteDialog.tsx';
import { CommandPalette } from './palette/CommandPalette.tsx';
import { ShortcutSheet } from './palette/ShortcutSheet.tsx';
import { useShortcuts } from './palette/use-shortcuts.ts';
import { QueryMark } from './QueryMark.tsx';
import { SearchPanel } from './SearchPanel.tsx';
import { hasOpenPanel } from './store.ts';
import { GroundTip } from './topics/GroundTip.tsx';
import { TopicPanel } from './topics/TopicPanel.tsx';
import { useApp } from './use-store.ts';

/** The whole page: the map fills it, everything else floats above. */
export function App() {
  useShortcuts();
  const hasPanel = useApp(hasOpenPanel);
  const phase = useApp((state) => state.job?.kind ?? (state.plan ? 'asking' : 'idle'));
  const runs = useApp((state) => state.runs);
  return (
    <div className="app" data-phase={phase} data-runs={runs} data-panel={hasPanel ? 'open' : 'closed'}>
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
      <ErrorBoundary what="palette">
        <CommandPalette />
        <ShortcutSheet />
      </ErrorBoundary>
      <Notices />
    </div>
  );
}
