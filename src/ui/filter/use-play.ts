import { useEffect, useRef, useState } from 'react';
import { keepFilters, moveFilter, setFilter } from '../../app/filter/filter-actions.ts';
import { type Filters, getState } from '../../app/store.ts';
import { brushFilter, brushOf, nextWindow } from '../../facet/brush.ts';
import type { RangeFacet } from '../../facet/facet.ts';
import { wholeRange } from '../../facet/filter.ts';

/** A window that runs along time. */
export interface Play {
  readonly isPlaying: boolean;
  readonly toggle: () => void;
  /** One window further, at once: for those who want nothing to move by itself. */
  readonly step: () => void;
}

/** The whole line takes about so long, but no bar flashes by. */
const RUN_MS = 14_000;
const LEAST_MS = 140;
const MOST_MS = 700;

/** Moves the filter of facet `id` along its bars; all of a run is one step to undo. Ends when the filter is taken away. */
export function usePlay(id: string, facet: RangeFacet): Play {
  const [isPlaying, setPlaying] = useState(false);
  const began = useRef(false);
  useEffect(() => {
    if (!isPlaying) return;
    const before: Filters = getState().filters;
    began.current = false;
    const tickMs = Math.min(Math.max(RUN_MS / facet.size, LEAST_MS), MOST_MS);
    const tick = (): void => {
      if (began.current && !(id in getState().filters)) {
        setPlaying(false);
        return;
      }
      began.current = true;
      moveFilter(id, windowAfter(id, facet, 1));
    };
    tick();
    const timer = setInterval(tick, tickMs);
    return () => {
      clearInterval(timer);
      keepFilters(before);
    };
  }, [isPlaying, id, facet]);
  return {
    isPlaying,
    toggle: () => setPlaying(!isPlaying),
    step: () => setFilter(id, windowAfter(id, facet, 'width')),
  };
}

function windowAfter(id: string, facet: RangeFacet, by: number | 'width'): ReturnType<typeof brushFilter> {
  const filter = getState().filters[id] ?? null;
  const ranges = filter?.kind === 'ranges' ? filter.ranges : [wholeRange(facet)];
  const from = Math.min(...ranges.map((range) => range.from));
  const brush = brushOf(facet, { from, to: Math.max(...ranges.map((range) => range.to)) });
  const step = by === 'width' && brush ? brush.to - brush.from : 1;
  return brushFilter(facet, nextWindow(brush, facet.size, step), filter);
}
