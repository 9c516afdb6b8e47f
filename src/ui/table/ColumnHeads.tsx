import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef } from 'react';
import type { TableColumn } from '../../app/table/columns.ts';
import type { Table } from '../../app/table/table.ts';
import { useAppState } from '../app-context.ts';

interface Props {
  readonly table: Table;
  readonly columns: readonly TableColumn[];
  readonly template: string;
  readonly onResize: (id: string, widthPx: number) => void;
}

/** The heads of the columns: a click orders by one, its right edge changes its width. */
export function ColumnHeads({ table, columns, template, onResize }: Props) {
  const sortBy = useAppState((state) => state.table.sortBy);
  const isFalling = useAppState((state) => state.table.isFalling);
  return (
    <thead className="rows-columns">
      <tr aria-rowindex={1} className="rows-heads" style={{ gridTemplateColumns: template }}>
        {columns.map(({ id, name, kind }) => {
          const isSorted = id === sortBy;
          const Arrow = isFalling ? ArrowDown : ArrowUp;
          return (
            <th
              key={id}
              className="rows-column-head"
              data-kind={kind}
              aria-sort={isSorted ? (isFalling ? 'descending' : 'ascending') : 'none'}
            >
              <button type="button" title={`Sort by ${name}`} onClick={() => table.sortBy(id)}>
                <span dir="auto">{name}</span>
                {isSorted && <Arrow size={13} aria-hidden />}
              </button>
              <WidthGrip onResize={(px) => onResize(id, px)} />
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** For pointers alone: cells show their whole text as a tooltip, so no one needs wider ones. */
function WidthGrip({ onResize }: { readonly onResize: (widthPx: number) => void }) {
  const dragged = useRef<{ readonly x: number; readonly width: number } | null>(null);
  return (
    <span
      className="rows-width"
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = { x: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? 0 };
      }}
      onPointerMove={(event) => {
        const from = dragged.current;
        if (from) onResize(from.width + event.clientX - from.x);
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
