import { useRef } from 'react';
import { TABLE_HEIGHT } from '../../app/table/choices.ts';
import type { Table } from '../../app/table/table.ts';
import { useAppState } from '../app-context.ts';

const STEP_PX = 24;

/** The upper edge of the table, which changes its height by pointer and arrow keys. */
export function TableGrip({ table }: { readonly table: Table }) {
  const heightPx = useAppState((state) => state.table.heightPx);
  const dragged = useRef<{ readonly y: number; readonly height: number } | null>(null);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a horizontal rule cannot be moved.
    <div
      className="rows-grip"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the table"
      aria-valuenow={heightPx}
      aria-valuemin={TABLE_HEIGHT.least}
      aria-valuemax={TABLE_HEIGHT.most}
      tabIndex={0}
      onKeyDown={(event) => {
        const up = { ArrowUp: STEP_PX, ArrowDown: -STEP_PX }[event.key];
        if (up === undefined) return;
        event.preventDefault();
        table.resize(heightPx + up);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const height = event.currentTarget.parentElement?.offsetHeight ?? heightPx;
        dragged.current = { y: event.clientY, height };
      }}
      onPointerMove={(event) => {
        const from = dragged.current;
        if (from) table.resize(from.height + from.y - event.clientY);
      }}
      onPointerUp={() => {
        dragged.current = null;
      }}
      onPointerCancel={() => {
        dragged.current = null;
      }}
    />
  );
}
