import { useAppState } from './app-context.ts';
import { CompareBar } from './compare/CompareBar.tsx';
import { ComparePanel } from './compare/ComparePanel.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { TimeBar } from './filter/TimeBar.tsx';
import { FarOutside } from './map/FarOutside.tsx';
import { StackList } from './map/StackList.tsx';
import { PaperPanel } from './paper/PaperPanel.tsx';
import { SelectionPanel } from './selection/SelectionPanel.tsx';
import { TopicPanel } from './topics/TopicPanel.tsx';

/** Everything that opens beside the map, in one file that is fetched after the first paint: see App.tsx. */
export function SidePanels() {
  const hasSelections = useAppState((state) => state.selectionOpen);
  const hasTime = useAppState((state) => state.timeline !== null);
  const isComparing = useAppState((state) => state.comparison !== null);
  return (
    <>
      <FarOutside />
      <ErrorBoundary what="time line">{hasTime && <TimeBar />}</ErrorBoundary>
      <ErrorBoundary what="comparison">
        {isComparing && <CompareBar />}
        {isComparing && <ComparePanel />}
      </ErrorBoundary>
      <ErrorBoundary what="list">
        <StackList />
      </ErrorBoundary>
      <ErrorBoundary what="text">
        <PaperPanel />
      </ErrorBoundary>
      <ErrorBoundary what="topic">
        <TopicPanel />
      </ErrorBoundary>
      <ErrorBoundary what="selection">{hasSelections && <SelectionPanel />}</ErrorBoundary>
    </>
  );
}
