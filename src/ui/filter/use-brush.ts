import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Filters } from '../../app/state.ts';
import { type Brush, brushFilter, brushOf, dragBrush, type Grip, stepBrush } from '../../facet/brush.ts';
import type { RangeFacet } from '../../facet/facet.ts';
import type { Filter } from '../../facet/filter.ts';
import { useApp, useAppState } from '../app-context.ts';

/** The brush of a histogram, and the handlers of pointer and keys that change it. */
export interface BrushHands {
  /** All bars without a filter. */
  readonly brush: Brush;
  /** Whether the facet has a filter that leaves out bars. */
  readonly isOn: boolean;
  /** The bar under the pointer, −1 for none. */
  readonly hovered: number;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerEnd: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave: () => void;
  readonly onKeyDown: (event: KeyboardEvent, grip: 'from' | 'to') => void;
}

interface Drag {
  readonly start: Brush;
  readonly grip: Grip;
  readonly anchor: number;
  readonly before: Filters;
}

/** Makes a histogram brushable: drag a new range, drag the range, drag its ends, or move these with keys. */
export function useBrush(id: string, facet: RangeFacet): BrushHands {
  const { filtering, store } = useApp();
  const filter = useAppState((state) => state.filters[id] ?? null);
  const drag = useRef<Drag | null>(null);
  const [hovered, setHovered] = useState(-1);
  const { size } = facet;
  const all: Brush = { from: 0, to: size };
  const brush = brushOfFilter(facet, filter) ?? all;
  const isOn = brush.from > 0 || brush.to < size;
  const show = (next: Brush): void => {
    if (!isSame(next, brush)) filtering.moveFilter(id, brushFilter(facet, next, filter));
  };
  return {
    brush,
    isOn,
    hovered,
    onPointerDown(event) {
      if (event.button !== 0) return;
      const anchor = barUnder(event, size);
      const grip = gripOf(event, isOn ? brush : null, anchor);
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { start: brush, grip, anchor, before: store.get().filters };
      if (grip === 'new') show(dragBrush(brush, grip, anchor, anchor, size));
    },
    onPointerMove(event) {
      const now = barUnder(event, size);
      setHovered(now >= 0 && now < size ? Math.floor(now) : -1);
      if (!drag.current) return;
      const { start, grip, anchor } = drag.current;
      show(dragBrush(start, grip, anchor, now, size));
    },
    onPointerEnd() {
      if (drag.current) filtering.keepFilters(drag.current.before);
      drag.current = null;
    },
    onPointerLeave: () => setHovered(-1),
    onKeyDown(event, grip) {
      if (event.key === 'Escape' && isOn) {
        event.stopPropagation();
        filtering.setFilter(id, null);
        return;
      }
      const next = stepBrush(brush, event.shiftKey ? 'whole' : grip, event.key, size);
      if (!next) return;
      event.preventDefault();
      event.stopPropagation();
      if (!isSame(next, brush)) filtering.setFilter(id, brushFilter(facet, next, filter));
    },
  };
}

/** The bars from the lowest to the highest end of a filter's ranges; null when it has none. */
function brushOfFilter(facet: RangeFacet, filter: Filter | null): Brush | null {
  if (filter?.kind !== 'ranges' || filter.ranges.length === 0) return null;
  const from = Math.min(...filter.ranges.map((range) => range.from));
  return brushOf(facet, { from, to: Math.max(...filter.ranges.map((range) => range.to)) });
}

/** What a press at this part of the histogram drags. */
function gripOf({ target }: PointerEvent, brush: Brush | null, at: number): Grip {
  const grip = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-grip]')?.dataset.grip : undefined;
  if (grip === 'from' || grip === 'to') return grip;
  return brush && at >= brush.from && at < brush.to ? 'whole' : 'new';
}

/** The pointer's position in bars; below 0 or above `size` when it is outside. */
function barUnder({ clientX, currentTarget }: PointerEvent<HTMLElement>, size: number): number {
  const plot = currentTarget.querySelector('[data-plot]') ?? currentTarget;
  const { left, width } = plot.getBoundingClientRect();
  return ((clientX - left) / Math.max(width, 1)) * size;
}

function isSame(a: Brush, b: Brush): boolean {
  return a.from === b.from && a.to === b.to;
}
