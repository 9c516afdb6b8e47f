import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { TableRows } from '../../app/table/choices.ts';
import type { TableColumn } from '../../app/table/columns.ts';
import type { Table } from '../../app/table/table.ts';
import { topicAt } from '../../model/topic-view.ts';
import { topicColor } from '../../render/topic-colors.ts';
import { useApp, useAppState, useTopics } from '../app-context.ts';
import { useTheme } from '../use-theme.ts';
import { ColumnHeads } from './ColumnHeads.tsx';
import { useColumnWidths } from './use-column-widths.ts';

/** Heights in CSS pixels, as in table.css. */
const ROW_PX = 32;
const HEAD_PX = 34;
const OVERSCAN = 8;

interface Props {
  readonly table: Table;
  readonly rows: TableRows;
}

/**
 * The rows, of which only those in sight are rendered. The grid has the focus and names the row that its keys have
 * reached (ARIA, “Managing Focus in Composites Using aria-activedescendant”).
 */
export function RowGrid({ table, rows: { papers, isOrdering } }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useShownColumns(table);
  const { template, widthPx, resize } = useColumnWidths(columns);
  const virtualizer = useVirtualizer({
    count: papers.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollPaddingStart: HEAD_PX,
    paddingStart: HEAD_PX,
  });
  const [reached, reach] = useState(-1);
  useAnchor(scroller, papers, reached);
  useHoveredDot(papers, scroller, (at) => virtualizer.scrollToIndex(at));
  const keys = useRowKeys(papers, reached, (at) => {
    virtualizer.scrollToIndex(at);
    reach(papers[at]);
  });
  const { store } = useApp();
  return (
    <div className="rows-scroll" ref={scroller}>
      <table
        className="rows-grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML allows it for grids of data.
        role="grid"
        aria-label="Rows"
        aria-rowcount={papers.length + 1}
        aria-colcount={columns.length}
        aria-busy={isOrdering}
        aria-activedescendant={reached >= 0 ? rowId(reached) : undefined}
        tabIndex={0}
        style={{ height: virtualizer.getTotalSize(), minWidth: widthPx }}
        onKeyDown={keys}
        onPointerLeave={() => store.set({ hovered: -1 })}
        onBlur={() => store.set({ hovered: -1 })}
      >
        <ColumnHeads table={table} columns={columns} template={template} onResize={resize} />
        <tbody>
          {virtualizer.getVirtualItems().map((item) => (
            <RowAt
              key={papers[item.index]}
              {...{ item, columns, template }}
              index={papers[item.index]}
              isReached={papers[item.index] === reached}
              onOpen={reach}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useShownColumns(table: Table): readonly TableColumn[] {
  const { all, first } = useAppState(table.columnsOf);
  const chosen = useAppState((state) => state.table.columns);
  return useMemo(() => {
    const shown = all.filter(({ id }) => (chosen ?? first).includes(id));
    // Columns chosen for another map may not be here.
    return shown.length > 0 ? shown : all.filter(({ id }) => first.includes(id));
  }, [all, first, chosen]);
}

/** Keeps the row that the keys reached or the click opened at its place when others come or go. */
function useAnchor(scroller: RefObject<HTMLElement | null>, papers: Uint32Array, reached: number): void {
  const selected = useAppState((state) => state.selected);
  const anchor = reached >= 0 ? reached : selected;
  const before = useRef(papers);
  useLayoutEffect(() => {
    const own = scroller.current;
    const last = before.current;
    before.current = papers;
    if (!own || last === papers || anchor < 0) return;
    const [from, to] = [last.indexOf(anchor), papers.indexOf(anchor)];
    if (from >= 0 && to >= 0) own.scrollTop += (to - from) * ROW_PX;
  }, [papers, anchor, scroller]);
}

/** Scrolls to the row of the paper under the pointer on the map. */
function useHoveredDot(papers: Uint32Array, scroller: RefObject<HTMLElement | null>, show: (at: number) => void): void {
  const hovered = useAppState((state) => state.hovered);
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    const own = scroller.current;
    if (hovered < 0 || !own || own.matches(':hover') || own.contains(document.activeElement)) return;
    const at = papers.indexOf(hovered);
    if (at >= 0) latest.current(at);
  }, [hovered, papers, scroller]);
}

/** Arrow keys, Page Up and Page Down, Home and End move from row to row and show each on the map; Enter opens it. */
function useRowKeys(papers: Uint32Array, reached: number, reach: (at: number) => void) {
  const { view } = useApp();
  const open = useOpening();
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = papers.indexOf(reached);
    if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      open(reached);
      return;
    }
    const seenPx = event.currentTarget.parentElement?.clientHeight ?? 0;
    const page = Math.max(1, Math.floor(seenPx / ROW_PX) - 2);
    const to = destination(event.key, at, page, papers.length - 1);
    if (to === null) return;
    event.preventDefault();
    reach(to);
    view.walkToPaper(papers[to]);
  };
}

function destination(key: string, at: number, page: number, last: number): number | null {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const step = steps[key];
  if (step === undefined) return null;
  return at < 0 ? 0 : Math.min(Math.max(at + step, 0), last);
}

/** Opens a paper where the map is; moves the map only if a panel would hide it. */
function useOpening(): (index: number) => void {
  const { store, view } = useApp();
  return (index) => {
    store.set({ selected: index });
    view.walkToPaper(index);
  };
}

interface RowProps {
  readonly item: VirtualItem;
  readonly index: number;
  readonly columns: readonly TableColumn[];
  readonly template: string;
  readonly isReached: boolean;
  readonly onOpen: (index: number) => void;
}

function RowAt({ item, index, columns, template, isReached, onOpen }: RowProps) {
  const { store } = useApp();
  const open = useOpening();
  const isHovered = useAppState((state) => state.hovered === index);
  const isOpen = useAppState((state) => state.selected === index);
  return (
    <tr
      id={rowId(index)}
      className="rows-row"
      aria-rowindex={item.index + 2}
      aria-selected={isOpen}
      data-hovered={isHovered}
      data-reached={isReached}
      style={{ transform: `translateY(${item.start}px)`, gridTemplateColumns: template }}
      onPointerEnter={({ pointerType }) => {
        if (pointerType === 'mouse') store.set({ hovered: index });
      }}
      onClick={() => {
        onOpen(index);
        open(index);
      }}
    >
      <Cells index={index} columns={columns} />
    </tr>
  );
}

/** Rendered once for each row, whatever the pointer does. */
const Cells = memo(function Cells({ index, columns }: Pick<RowProps, 'index' | 'columns'>) {
  return columns.map((column) => {
    const text = column.cellOf(index);
    return (
      <td key={column.id} className="rows-cell" data-kind={column.kind} title={text} dir="auto">
        {column.id === 'topic' && <TopicDot index={index} />}
        {text}
      </td>
    );
  });
});

/** The colour of the paper's topic on the map. */
function TopicDot({ index }: { readonly index: number }) {
  const topics = useTopics();
  const theme = useTheme();
  if (!topics) return null;
  return (
    <span
      className="rows-dot"
      style={{ background: topicColor(topics, topicAt(topics, index, 0), theme) }}
      aria-hidden
    />
  );
}

function rowId(index: number): string {
  return `row-${index}`;
}
