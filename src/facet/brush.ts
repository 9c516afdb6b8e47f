import type { RangeFacet } from './facet.ts';
import { barAt } from './facet.ts';
import type { Filter, Range } from './filter.ts';

/** The bars from `from` up to, but not including, `to`; never empty. */
export interface Brush {
  readonly from: number;
  readonly to: number;
}

/** What the pointer drags: a new brush that begins where it went down, the whole brush, or one of its ends. */
export type Grip = 'new' | 'whole' | 'from' | 'to';

/** The bars that a range touches; null when it lies outside all of them. */
export function brushOf({ edges, size }: RangeFacet, { from, to }: Range): Brush | null {
  if (!(from < to) || to <= edges[0] || from >= edges[size]) return null;
  const last = barAt(edges, to);
  return { from: barAt(edges, from), to: to > edges[last] ? last + 1 : last };
}

/**
 * The filter of a brush. Papers without a value stay in or out as in the facet's filter `before`; without one they are
 * left out. Null for a brush over all bars, unless `before` left out just the papers without a value.
 */
export function brushFilter(facet: RangeFacet, brush: Brush, before: Filter | null): Filter | null {
  const keepsMissing = before?.kind === 'ranges' && before.keepsMissing;
  const range = rangeOf(facet, brush);
  const isWhole = brush.from === 0 && brush.to === facet.size;
  const wasWhole =
    before?.kind === 'ranges' && before.ranges.some(({ from, to }) => from <= range.from && to >= range.to);
  return isWhole && (keepsMissing || !wasWhole) ? null : { kind: 'ranges', ranges: [range], keepsMissing };
}

/**
 * A brush while it is dragged. `start`: the brush before; `anchor`, `now`: where the pointer went down and where it is,
 * in bars (0…size, fractions allowed). An end dragged past the other end changes places with it.
 */
export function dragBrush(start: Brush, grip: Grip, anchor: number, now: number, size: number): Brush {
  if (grip === 'whole') return moveBrush(start, Math.round(now - anchor), size);
  if (grip === 'new') {
    return clampBrush(Math.floor(Math.min(anchor, now)), Math.floor(Math.max(anchor, now)) + 1, size);
  }
  const fixed = grip === 'from' ? start.to : start.from;
  const moved = Math.round(now);
  if (moved === fixed) return grip === 'from' ? clampBrush(fixed - 1, fixed, size) : clampBrush(fixed, fixed + 1, size);
  return clampBrush(Math.min(fixed, moved), Math.max(fixed, moved), size);
}

/** Bars that Page Up and Page Down move by. */
const PAGE = 5;

/** The brush after a key press, as for a slider (ARIA Authoring Practices); null when the key does nothing. */
export function stepBrush(brush: Brush, grip: Exclude<Grip, 'new'>, key: string, size: number): Brush | null {
  const by = stepOf(key, size);
  if (by === null) return null;
  if (grip === 'whole') return moveBrush(brush, by, size);
  if (grip === 'from') return { from: Math.min(Math.max(brush.from + by, 0), brush.to - 1), to: brush.to };
  return { from: brush.from, to: Math.max(Math.min(brush.to + by, size), brush.from + 1) };
}

/** Share of the time line that a window covers when the user has not drawn one. */
const WINDOW_SHARE = 1 / 8;

/** The next place of a window that runs along `size` bars: `by` bars further, or the beginning after the end. */
export function nextWindow(brush: Brush | null, size: number, by = 1): Brush {
  const isWhole = brush === null || brush.to - brush.from >= size;
  if (isWhole) return { from: 0, to: Math.max(1, Math.round(size * WINDOW_SHARE)) };
  return brush.to >= size ? { from: 0, to: brush.to - brush.from } : moveBrush(brush, by, size);
}

/** The range of values that the bars of a brush span. */
function rangeOf({ edges }: RangeFacet, { from, to }: Brush): Range {
  return { from: edges[from], to: edges[to] };
}

/** The brush moved by up to `by` bars, with its width unchanged. */
function moveBrush({ from, to }: Brush, by: number, size: number): Brush {
  const step = Math.min(Math.max(by, -from), size - to);
  return { from: from + step, to: to + step };
}

function stepOf(key: string, size: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return 1;
    case 'ArrowLeft':
    case 'ArrowDown':
      return -1;
    case 'PageUp':
      return PAGE;
    case 'PageDown':
      return -PAGE;
    case 'Home':
      return -size;
    case 'End':
      return size;
    default:
      return null;
  }
}

function clampBrush(from: number, to: number, size: number): Brush {
  const low = Math.min(Math.max(from, 0), size - 1);
  return { from: low, to: Math.max(Math.min(to, size), low + 1) };
}
