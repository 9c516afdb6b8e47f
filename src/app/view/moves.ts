import { type PapersWithin, papersWithin } from '../../render/area.ts';
import type { Renderer } from '../../render/renderer.ts';
import {
  type Bounds,
  boundsOf,
  coreBounds,
  fitBounds,
  type Insets,
  type MapPoint,
  type PixelPoint,
  type Size,
  toMap,
  toPixel,
} from '../../render/viewport.ts';
import type { Page } from '../page.ts';
import type { Selectors } from '../selectors.ts';
import type { Store } from '../store.ts';

/** A side of the part of the map that no panel covers. */
export type Side = 'top' | 'right' | 'bottom' | 'left';

/** Moves the view and finds the papers in it. */
export interface Moves {
  /** Selects a paper and moves the view to it, zoomed in enough to tell it from its neighbours. */
  goToPaper(index: number): void;
  /**
   * Called before a panel opens for a paper that is in view. The map stays as it is, unless the panel will cover the
   * paper: then the map moves by the least that brings it out.
   */
  makeRoomFor(index: number): void;
  /** Moves the view so that it shows nearly all of `papers`. */
  flyToPapers(papers: readonly number[]): void;
  /** Shows where a paper is without opening it: marks it, and moves the view only if the paper lies outside. */
  walkToPaper(index: number): void;
  /**
   * Follows papers that have moved: to the selected one where it has left the view, or to the whole map where nothing
   * is left in the view. A view of the whole map fits itself.
   */
  followPapers(): void;
  /** Moves the view so that it contains all of these papers. */
  fitPapers(indices: ArrayLike<number>): void;
  zoomBy(factor: number): void;
  /** Moves the map by CSS pixels, y down. */
  panMap(dx: number, dy: number): void;
  /** Shows the map without what lies far outside. */
  fitMap(): void;
  /** Shows all papers. */
  fitAll(): void;
  /** The papers outside the uncovered part of the map, by the side where they are farthest out. O(papers). */
  papersOutside(indices: ArrayLike<number>): Record<Side, number[]>;
  /**
   * The papers in the part of the map that no panel covers, except those that filters leave out: the `limit` nearest to
   * its middle. Null without a map.
   */
  papersInView(limit: number): PapersWithin | null;
  /** The part of the map that no panel covers, in map units. Null without a map. */
  boundsInView(): Bounds | null;
}

interface Parts {
  readonly store: Store;
  readonly selectors: Selectors;
  readonly page: Pick<Page, 'size'>;
  renderer(): Renderer | null;
  /** What the open panels cover. */
  freeInsets(): Insets;
  /** What they cover once a panel at the right is open. */
  panelInsets(): Insets;
}

/** Close-up scale, as a multiple of the scale at which the whole map fits. */
const CLOSE_UP = 6;
const PAN_MS = 160;

/** Creates the {@link Moves} of a renderer's view. */
export function makeMoves(parts: Parts): Moves {
  const { store } = parts;
  /** The renderer and the positions; null while there is no map to move. */
  const drawn = (): Drawn | null => {
    const renderer = parts.renderer();
    const positions = store.get().shown?.positions;
    return renderer && positions ? { renderer, positions } : null;
  };
  /** Applies the insets of the panel about to open before the store's subscribers do, so that a flight aims past it. */
  const openPanel = (renderer: Renderer): Insets => {
    const insets = parts.panelInsets();
    renderer.setInsets(insets);
    return insets;
  };

  const outlook = makeOutlook(parts, drawn);
  return {
    ...outlook,
    goToPaper(index) {
      store.set({ selected: index });
      const { renderer, positions } = drawn() ?? {};
      const center = positions && pointOf(positions, index);
      if (!renderer || !center || !Number.isFinite(center.x) || !Number.isFinite(center.y)) return;
      openPanel(renderer);
      renderer.flyTo({ center, scale: Math.max(renderer.viewport.scale, renderer.fitScale * CLOSE_UP) });
    },
    flyToPapers(papers) {
      const { renderer, positions } = drawn() ?? {};
      const bounds = positions && coreBounds(positions, papers);
      if (!renderer || !bounds) return;
      const { widthPx, heightPx } = renderer.viewport;
      const { scale } = fitBounds(bounds, { widthPx, heightPx }, openPanel(renderer));
      const center = { x: (bounds.minX + bounds.maxX) / 2, y: (bounds.minY + bounds.maxY) / 2 };
      renderer.flyTo({ center, scale: Math.min(scale, renderer.fitScale * CLOSE_UP) });
    },
    walkToPaper(index) {
      store.set({ hovered: index });
      const { renderer, positions } = drawn() ?? {};
      const pixel = renderer?.locate(index);
      if (!renderer || !positions || !pixel) return;
      if (isWithin(pixel, freeRectangle(parts.freeInsets(), parts.page.size()))) return;
      renderer.flyTo({ center: pointOf(positions, index), scale: renderer.viewport.scale });
    },
    followPapers: () => followPapers(parts, drawn(), outlook),
    fitPapers: (indices) => fitPapers(drawn(), indices),
    zoomBy: (factor) => parts.renderer()?.zoomBy(factor),
    panMap: (dx, dy) => parts.renderer()?.panBy(dx, dy, { animateMs: PAN_MS }),
    fitMap: () => parts.renderer()?.fit(),
    fitAll() {
      const { renderer, positions } = drawn() ?? {};
      if (renderer && positions) renderer.flyTo(boundsOf(positions));
    },
  };
}

interface Drawn {
  readonly renderer: Renderer;
  readonly positions: Float32Array;
}

function fitPapers(drawn: Drawn | null, indices: ArrayLike<number>): void {
  if (!drawn || indices.length === 0) return;
  const { renderer, positions } = drawn;
  const places = new Float32Array(2 * indices.length);
  for (let i = 0; i < indices.length; i++) places.set(positions.subarray(2 * indices[i], 2 * indices[i] + 2), 2 * i);
  renderer.flyTo(boundsOf(places));
}

function followPapers(
  { store, page, freeInsets }: Parts,
  drawn: Drawn | null,
  { papersInView }: Pick<Moves, 'papersInView'>,
): void {
  if (!drawn || drawn.renderer.isFitting) return;
  const { renderer, positions } = drawn;
  const { selected } = store.get();
  const center = pointOf(positions, selected);
  if (selected < 0 || !Number.isFinite(center.x) || !Number.isFinite(center.y)) {
    if (papersInView(1)?.total === 0) renderer.fit();
    return;
  }
  const isSeen = isWithin(toPixel(renderer.viewport, center), freeRectangle(freeInsets(), page.size()));
  if (!isSeen) renderer.flyTo({ center, scale: renderer.viewport.scale });
}

function makeOutlook(
  { store, selectors, page, freeInsets, panelInsets }: Parts,
  drawn: () => Drawn | null,
): Pick<Moves, 'makeRoomFor' | 'papersOutside' | 'papersInView' | 'boundsInView'> {
  /** The part of the map that no panel covers, in map units, as its lower left and upper right corners. */
  const freeBounds = ({ viewport }: Renderer): { readonly from: MapPoint; readonly to: MapPoint } => {
    const { top, right, bottom, left } = freeRectangle(freeInsets(), page.size());
    return { from: toMap(viewport, { px: left, py: bottom }), to: toMap(viewport, { px: right, py: top }) };
  };
  return {
    makeRoomFor(index) {
      const { renderer } = drawn() ?? {};
      const pixel = renderer?.locate(index);
      if (renderer && pixel) {
        const insets = panelInsets();
        renderer.setInsets(insets, true);
        const { dx, dy } = leastMove(pixel, freeRectangle(insets, page.size()));
        if (dx !== 0 || dy !== 0) renderer.panBy(dx, dy, { animateMs: PAN_MS });
      }
    },
    boundsInView() {
      const { renderer } = drawn() ?? {};
      if (!renderer) return null;
      const { from, to } = freeBounds(renderer);
      return { minX: from.x, maxX: to.x, minY: from.y, maxY: to.y };
    },
    papersOutside(indices) {
      const outside: Record<Side, number[]> = { top: [], right: [], bottom: [], left: [] };
      const { renderer, positions } = drawn() ?? {};
      if (!renderer || !positions) return outside;
      const { from, to } = freeBounds(renderer);
      // Runs over all hits in each frame of a flight, so it creates no object for each paper.
      for (let i = 0; i < indices.length; i++) {
        const x = positions[2 * indices[i]];
        const y = positions[2 * indices[i] + 1];
        const farthest = Math.max(y - to.y, x - to.x, from.y - y, from.x - x);
        if (!(farthest > 0)) continue;
        const side =
          farthest === y - to.y ? 'top' : farthest === x - to.x ? 'right' : farthest === from.y - y ? 'bottom' : 'left';
        outside[side].push(indices[i]);
      }
      return outside;
    },
    papersInView(limit) {
      const { renderer } = drawn() ?? {};
      const positions = selectors.places(store.get());
      if (!renderer || !positions) return null;
      const { from, to } = freeBounds(renderer);
      const center = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      return papersWithin(positions, { minX: from.x, maxX: to.x, minY: from.y, maxY: to.y }, center, limit);
    },
  };
}

function pointOf(positions: Float32Array, index: number): MapPoint {
  return { x: positions[2 * index], y: positions[2 * index + 1] };
}

/** In CSS pixels from the page's upper left corner. */
function freeRectangle({ top, right, bottom, left }: Insets, { widthPx, heightPx }: Size): Insets {
  return { top, right: widthPx - right, bottom: heightPx - bottom, left };
}

/** Room around a paper that is brought out from under a panel. */
const CLEAR_PX = 24;

/** By how much a pixel must move to lie within a rectangle, and then clear of its edges. */
function leastMove(
  { px, py }: PixelPoint,
  { top, right, bottom, left }: Insets,
): { readonly dx: number; readonly dy: number } {
  const along = (at: number, from: number, to: number): number =>
    at < from ? from + CLEAR_PX - at : at > to ? to - CLEAR_PX - at : 0;
  return { dx: along(px, left, right), dy: along(py, top, bottom) };
}

function isWithin({ px, py }: PixelPoint, { top, right, bottom, left }: Insets): boolean {
  return px >= left && px <= right && py >= top && py <= bottom;
}
