import { useState } from 'react';
import type { TableColumn } from '../../app/table/columns.ts';

/** The widths of the shown columns. */
export interface ColumnWidths {
  /** As in `grid-template-columns`. */
  readonly template: string;
  /** Least width of all columns together in CSS pixels. */
  readonly widthPx: number;
  readonly resize: (id: string, widthPx: number) => void;
}

const MIN_PX = 60;
const MAX_PX = 1200;
const WIDTHS: Readonly<Record<string, number>> = {
  title: 320,
  text: 420,
  topic: 170,
  authors: 180,
  date: 110,
  id: 120,
};
const KIND_WIDTHS: Readonly<Record<TableColumn['kind'], number>> = { text: 150, number: 100, date: 120 };

/** Widths that suit the columns, until the user changes them. The first column takes the room that is left. */
export function useColumnWidths(columns: readonly TableColumn[]): ColumnWidths {
  const [own, setOwn] = useState<Readonly<Record<string, number>>>({});
  const widths = columns.map(({ id, kind }) => own[id] ?? WIDTHS[id] ?? KIND_WIDTHS[kind]);
  const isOwn = columns.length > 0 && columns[0].id in own;
  return {
    template: widths.map((px, i) => (i === 0 && !isOwn ? `minmax(${px}px, 1fr)` : `${px}px`)).join(' '),
    widthPx: widths.reduce((sum, px) => sum + px, 0),
    resize: (id, px) => setOwn((before) => ({ ...before, [id]: Math.min(Math.max(px, MIN_PX), MAX_PX) })),
  };
}
