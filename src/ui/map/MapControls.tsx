import { CalendarRange, Lasso, ListChecks, Maximize, Minus, Plus, SquareDashed, Table2 } from 'lucide-react';
import { useMemo } from 'react';
import { toggleTable } from '../../app/table/choices.ts';
import { capital } from '../../model/noun.ts';
import { useApp, useAppState, useFiltered, useNoun } from '../app-context.ts';
import { IconButton } from '../controls/Button.tsx';
import { useCovers } from './use-covers.ts';

const STEP = 1.6;

/** Buttons for zoom and fit, for users who have no wheel or touchscreen, and tools that select papers. */
export function MapControls() {
  const { view, page } = useApp();
  // Render again when something opens at the foot of the page, because that moves the buttons.
  useAppState(
    (state) =>
      `${state.shown !== null} ${state.timeline !== null} ${state.comparison !== null} ${state.table.isOpen} ${state.table.heightPx}`,
  );
  const covers = useCovers<HTMLDivElement>((own) => (page.isNarrow() ? [own] : []));
  return (
    <div className="controls" role="toolbar" aria-label="Map" ref={covers}>
      <IconButton icon={Plus} label="Zoom in" title="Zoom in (+)" onClick={() => view.zoomBy(STEP)} />
      <IconButton icon={Minus} label="Zoom out" title="Zoom out (−)" onClick={() => view.zoomBy(1 / STEP)} />
      <IconButton icon={Maximize} size={16} label="Show all" title="Show all (0)" onClick={view.fitMap} />
      <SelectionControls />
      <TimeButton />
      <TableButton />
    </div>
  );
}

function SelectionControls() {
  const noun = useNoun();
  const { drawing, picking } = useApp();
  const hasMap = useAppState((state) => state.shown !== null);
  const tool = useAppState((state) => state.areaTool);
  const isOpen = useAppState((state) => state.selectionOpen);
  if (!hasMap) return null;
  return (
    <>
      <hr className="controls-line" />
      <IconButton
        icon={Lasso}
        size={17}
        label="Lasso"
        aria-pressed={tool === 'lasso'}
        title={`Select by a line around ${noun.many} (L)`}
        onClick={() => drawing.chooseTool('lasso')}
      />
      <IconButton
        icon={SquareDashed}
        size={17}
        label="Rectangle"
        aria-pressed={tool === 'rectangle'}
        title="Select by a rectangle (R, or Shift and drag)"
        onClick={() => drawing.chooseTool('rectangle')}
      />
      <IconButton
        icon={ListChecks}
        size={17}
        label="Selections"
        aria-pressed={isOpen}
        title="Selections"
        onClick={isOpen ? picking.closeSelections : picking.openSelections}
      />
    </>
  );
}

/** Opens and closes the time line. Not shown when no paper has a date. */
function TimeButton() {
  const noun = useNoun();
  const { filtering } = useApp();
  const isOpen = useAppState((state) => state.timeline !== null);
  const hasMap = useAppState((state) => (state.shown?.map ?? null) !== null);
  const { facets } = useFiltered();
  const hasTime = useMemo(() => hasMap && facets.timelines().length > 0, [facets, hasMap]);
  if (!hasTime) return null;
  return (
    <IconButton
      icon={CalendarRange}
      size={16}
      label="Time"
      aria-pressed={isOpen}
      title={`${capital(noun.many)} over time`}
      onClick={filtering.toggleTimeline}
    />
  );
}

/** Opens and closes the table of rows. */
function TableButton() {
  const { store } = useApp();
  const isOpen = useAppState((state) => state.table.isOpen);
  const hasMap = useAppState((state) => state.shown !== null);
  if (!hasMap) return null;
  return (
    <IconButton
      icon={Table2}
      size={16}
      label="Table"
      aria-pressed={isOpen}
      title="Table of rows (T)"
      onClick={() => store.set(toggleTable)}
    />
  );
}
