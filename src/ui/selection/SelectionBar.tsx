import {
  Contrast,
  type LucideIcon,
  Square,
  SquaresIntersect,
  SquaresSubtract,
  SquaresUnite,
  TableProperties,
  X,
} from 'lucide-react';
import { countOf, plural } from '../../app/messages.ts';
import type { SelectMode } from '../../model/selection.ts';
import type { AreaTool } from '../../render/area-line.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { Segments } from '../controls/Segments.tsx';

/** Shown while something is selected or drawn: how many papers, how the next ones are combined, and actions. */
export function SelectionBar() {
  const noun = useNoun();
  const { picking } = useApp();
  const count = useAppState((state) => state.selection.length);
  const tool = useAppState((state) => (state.shown ? state.areaTool : null));
  const hasMap = useAppState((state) => state.shown !== null);
  const isOpen = hasMap && (tool !== null || count > 0);
  const kept = useAppState((state) => state.kept.length);
  const said = count > 0 ? `${countOf(count, noun)} selected` : 'Nothing selected';
  return (
    <>
      <p className="visually-hidden" role="status">
        {isOpen ? said + (kept > 0 ? `, ${plural(kept, 'selection')} kept` : '') : ''}
      </p>
      {isOpen && (
        <section className="selection-bar" aria-label={`Selected ${noun.many}`} data-count={count}>
          {tool && <Hint tool={tool} />}
          <div className="selection-row">
            {tool && <Modes />}
            <p className="selection-count">{said}</p>
            {tool && (
              <Button kind="text" onClick={() => picking.selectInView()} title="Select in view (V)">
                All in view
              </Button>
            )}
            <Actions count={count} />
          </div>
        </section>
      )}
    </>
  );
}

function Actions({ count }: { readonly count: number }) {
  const { drawing, picking } = useApp();
  const hasPanel = useAppState((state) => state.selectionOpen && state.selected < 0 && state.topic < 0);
  const end = count > 0 ? 'Clear the selection' : 'Stop selecting';
  return (
    <>
      {count > 0 && (
        <>
          {!hasPanel && (
            <Button kind="text" icon={TableProperties} onClick={picking.openSelections}>
              Details
            </Button>
          )}
          <IconButton
            icon={Contrast}
            isSmall
            label="Invert the selection"
            title="Invert the selection"
            onClick={picking.invertSelection}
          />
        </>
      )}
      <IconButton
        icon={X}
        isSmall
        label={end}
        title={end}
        onClick={() => {
          if (count > 0) picking.clearSelection();
          else drawing.chooseTool(null);
        }}
      />
    </>
  );
}

function Hint({ tool }: { readonly tool: AreaTool }) {
  const noun = useNoun();
  const isDrawn = useAppState((state) => state.draft !== null);
  return (
    <p className="selection-hint">
      {isDrawn
        ? 'Let go to select. By keys: arrows move, with Shift they size, + and − grow and shrink, Enter selects.'
        : tool === 'lasso'
          ? `Draw a line around ${noun.many}, or press Enter on the map for a circle.`
          : `Draw a rectangle over ${noun.many}, or press Enter on the map for one.`}
    </p>
  );
}

const MODES: readonly { readonly value: SelectMode; readonly label: string; readonly icon: LucideIcon }[] = [
  { value: 'replace', label: 'Select anew', icon: Square },
  { value: 'union', label: 'Add (Shift)', icon: SquaresUnite },
  { value: 'difference', label: 'Take away (Alt)', icon: SquaresSubtract },
  { value: 'intersection', label: 'Keep what is in both (Shift and Alt)', icon: SquaresIntersect },
];

function Modes() {
  const { store } = useApp();
  const mode = useAppState((state) => state.selectMode);
  return (
    <Segments
      label="What becomes of the selection"
      value={mode}
      options={MODES}
      onChange={(selectMode) => store.set({ selectMode })}
    />
  );
}
