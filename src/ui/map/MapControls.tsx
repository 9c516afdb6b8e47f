import { CalendarRange, Lasso, ListChecks, Maximize, Minus, Plus, SquareDashed } from 'lucide-react';
import { useMemo } from 'react';
import { toggleTimeline } from '../../app/filter/filter-actions.ts';
import { chooseTool } from '../../app/selection/area-actions.ts';
import { closeSelections, openSelections } from '../../app/selection/selection-actions.ts';
import { fitMap, WIDE_PX, zoomBy } from '../../app/view/map-actions.ts';
import { IconButton } from '../controls/Button.tsx';
import { useApp, useFiltered } from '../use-store.ts';
import { useCovers } from './use-covers.ts';

const STEP = 1.6;

/** Zoom and fit by button: what a wheel or two fingers do, for every hand; and what selects papers. */
export function MapControls() {
  // What is open at the foot of the page moves them.
  useApp((state) => `${state.shown !== null} ${state.timeline !== null} ${state.comparison !== null}`);
  const covers = useCovers<HTMLDivElement>((own) => (window.innerWidth <= WIDE_PX ? [own] : []));
  return (
    <div className="controls" role="toolbar" aria-label="Map" ref={covers}>
      <IconButton icon={Plus} label="Zoom in" title="Zoom in (+)" onClick={() => zoomBy(STEP)} />
      <IconButton icon={Minus} label="Zoom out" title="Zoom out (−)" onClick={() => zoomBy(1 / STEP)} />
      <IconButton icon={Maximize} size={16} label="Show all" title="Show all (0)" onClick={fitMap} />
      <SelectionControls />
      <TimeButton />
    </div>
  );
}

function SelectionControls() {
  const hasMap = useApp((state) => state.shown !== null);
  const tool = useApp((state) => state.areaTool);
  const isOpen = useApp((state) => state.selectionOpen);
  if (!hasMap) return null;
  return (
    <>
      <hr className="controls-line" />
      <IconButton
        icon={Lasso}
        size={17}
        label="Lasso"
        aria-pressed={tool === 'lasso'}
        title="Select by a line around papers (L)"
        onClick={() => chooseTool('lasso')}
      />
      <IconButton
        icon={SquareDashed}
        size={17}
        label="Rectangle"
        aria-pressed={tool === 'rectangle'}
        title="Select by a rectangle (R, or Shift and drag)"
        onClick={() => chooseTool('rectangle')}
      />
      <IconButton
        icon={ListChecks}
        size={17}
        label="Selections"
        aria-pressed={isOpen}
        title="Selections"
        onClick={isOpen ? closeSelections : openSelections}
      />
    </>
  );
}

/** Opens and closes the time line; absent where no paper has a date. */
function TimeButton() {
  const isOpen = useApp((state) => state.timeline !== null);
  const hasMap = useApp((state) => (state.shown?.map ?? null) !== null);
  const { facets } = useFiltered();
  const hasTime = useMemo(() => hasMap && facets.timelines().length > 0, [facets, hasMap]);
  if (!hasTime) return null;
  return (
    <IconButton
      icon={CalendarRange}
      size={16}
      label="Time"
      aria-pressed={isOpen}
      title="Papers over time"
      onClick={toggleTimeline}
    />
  );
}
