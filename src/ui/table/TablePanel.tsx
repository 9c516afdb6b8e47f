import { Download, ListChecks, X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { TableRows } from '../../app/table/choices.ts';
import { makeTable, type Table } from '../../app/table/table.ts';
import { selectionOf } from '../../model/selection.ts';
import { useApp, useAppState } from '../app-context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { useTheme } from '../use-theme.ts';
import { ColumnChoice } from './ColumnChoice.tsx';
import { RowGrid } from './RowGrid.tsx';
import { TableGrip } from './TableGrip.tsx';
import '../styles/table.css';

/** The table of rows along the foot of the map. */
export function TablePanel() {
  const app = useApp();
  const [table] = useState(() => makeTable(app));
  const rows = useAppState((state) => state.listed);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => table.follow(), [table]);
  useFocusOnOpening(panel);
  return (
    <section className="rows" aria-label="Table of rows" ref={panel}>
      <TableGrip table={table} />
      <div className="rows-head">
        <p className="rows-says" role="status">
          {rows?.says ?? ''}
          {rows?.isOrdering && ' · being sorted …'}
        </p>
        <FollowButtons table={table} />
        <RowActions rows={rows} />
        <ColumnChoice table={table} />
        <IconButton icon={X} isSmall label="Close the table" onClick={table.close} />
      </div>
      {rows && (rows.papers.length > 0 ? <RowGrid table={table} rows={rows} /> : <NoRows table={table} />)}
    </section>
  );
}

/** The grid takes the focus if a shortcut opened the table, and gives it back to the map if it had it. */
function useFocusOnOpening(panel: RefObject<HTMLElement | null>): void {
  const rows = useAppState((state) => state.listed !== null);
  const wanted = useRef(document.activeElement === document.body || document.activeElement?.matches('.map'));
  useEffect(() => {
    if (!rows || !wanted.current) return;
    wanted.current = false;
    panel.current?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
  }, [rows, panel]);
  useEffect(() => {
    const own = panel.current;
    return () => {
      if (own?.contains(document.activeElement)) document.querySelector<HTMLElement>('.map')?.focus();
    };
  }, [panel]);
}

/** What the table follows, as buttons that can be released. */
function FollowButtons({ table }: { readonly table: Table }) {
  const { view, hits, selection } = useAppState((state) => state.table.follows);
  const hasHits = useAppState((state) => state.hits !== null);
  const hasSelection = useAppState((state) => state.selection.length > 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line in every browser.
    <div className="rows-follows" role="group" aria-label="List only what is">
      <Follow label="In view" isOn={view} onPress={() => table.follows({ view: !view })} />
      {hasHits && <Follow label="Found" isOn={hits} onPress={() => table.follows({ hits: !hits })} />}
      {hasSelection && (
        <Follow label="Selected" isOn={selection} onPress={() => table.follows({ selection: !selection })} />
      )}
    </div>
  );
}

interface FollowProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onPress: () => void;
}

function Follow({ label, isOn, onPress }: FollowProps) {
  const title = isOn ? `Only what is ${label.toLowerCase()} is listed` : `List only what is ${label.toLowerCase()}`;
  return (
    <button type="button" className="rows-follow" aria-pressed={isOn} title={title} onClick={onPress}>
      {label}
    </button>
  );
}

function RowActions({ rows }: { readonly rows: TableRows | null }) {
  const { picking, exporting, store } = useApp();
  const theme = useTheme();
  const isFinished = useAppState((state) => (state.shown?.map ?? null) !== null);
  const count = rows?.papers.length ?? 0;
  return (
    <>
      <IconButton
        icon={ListChecks}
        isSmall
        label="Select these rows"
        title="Select these rows"
        disabled={count === 0}
        onClick={(event) => {
          picking.pick(selectionOf(store.get().listed?.papers ?? []), event);
          picking.openSelections();
        }}
      />
      <IconButton
        icon={Download}
        isSmall
        label="Save these rows (CSV)"
        title={isFinished ? 'Save these rows (CSV)' : 'These rows can be saved (CSV) when the map is finished'}
        disabled={count === 0 || !isFinished}
        onClick={() => {
          const papers = store.get().listed?.papers;
          if (papers) void exporting.exportMap({ format: 'csv', onlyFound: false, papers, scale: 1, theme });
        }}
      />
    </>
  );
}

/** Says what leaves no row, and offers to lift it. */
function NoRows({ table }: { readonly table: Table }) {
  const { view, filtering } = useApp();
  const { view: followsView, hits, selection } = useAppState((state) => state.table.follows);
  const isFiltered = useAppState((state) => Object.keys(state.filters).length > 0);
  const isNarrowed = useAppState((state) => (hits && state.hits !== null) || (selection && state.selection.length > 0));
  return (
    <div className="rows-none">
      <p>Nothing is left to list.</p>
      {followsView && <Button onClick={() => view.fitMap()}>Show the whole map</Button>}
      {isNarrowed && (
        <Button onClick={() => table.follows({ hits: false, selection: false })}>
          List also what is not found or selected
        </Button>
      )}
      {isFiltered && <Button onClick={filtering.clearFilters}>Clear the filters</Button>}
    </div>
  );
}
