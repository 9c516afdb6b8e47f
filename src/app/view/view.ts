import { StageError } from '../../model/failure.ts';
import type { Renderer } from '../../render/renderer.ts';
import type { DrawSettings } from '../../render/scene.ts';
import {
  type Insets,
  type MapPoint,
  type PixelPoint,
  type Size,
  toPixel,
  type Viewport,
} from '../../render/viewport.ts';
import type { Page } from '../page.ts';
import type { Selectors } from '../selectors.ts';
import { hasOpenPanel } from '../state.ts';
import type { Store } from '../store.ts';
import { type Moves, makeMoves } from './moves.ts';

/** Middle of the canvas in map units, and the zoom: at 1 the canvas's shorter side is 2 map units, a whole map. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** What is looked at, and what covers it: panels at its sides, boxes within. */
export interface CurrentView extends Viewport {
  readonly insets: Insets;
  readonly covers: readonly Insets[];
  readonly fitScale: number;
}

/** The part of the map that is seen, and what moves it. Without a renderer nothing moves and nothing is seen. */
export interface View extends Moves {
  /** The map view announces its renderer here; null when it is gone. */
  setRenderer(current: Renderer | null): void;
  /** Runs `follow` whenever the view moves, until the returned function is called. */
  followViewport(follow: () => void): () => void;
  /** Called by the renderer in each frame with a new viewport. */
  announceViewport(): void;
  /** Tells where something of `owner` stands over the map that names must not: boxes from the page's upper left corner. */
  setCovers(owner: string, boxes: readonly Insets[]): void;
  /** Null without a map. */
  currentView(): CurrentView | null;
  /** The part of the page that no panel covers, as distances from the page's sides. */
  freeInsets(): Insets;
  /** "Show all" and flights aim, from now on, at what no panel covers now. */
  applyInsets(): void;
  /** Where the map is looked at; null before it is drawn, and while the whole of it fits in the view anyway. */
  currentCamera(): Camera | null;
  /** Looks at the map from `camera`, at once; out of range is held to the map's limits. */
  showCamera(camera: Camera): void;
  /** Where a point of the map stands on the page; null while nothing is drawn. */
  pixelOfPoint(point: MapPoint): PixelPoint | null;
  /** Where a paper stands on the page, in CSS pixels from the map's upper left corner; null when it has no place. */
  pixelOfPaper(index: number): PixelPoint | null;
  /** How the map is drawn now; null when it is not. */
  drawSettings(): DrawSettings | null;
  /** The map as it is now, as PNG, without anything that stands over it. Rejects while there is nothing to draw on. */
  snapshot(): Promise<Blob>;
}

/** What the map's buttons take beside the edge, or beside the panel that is open. */
export const CONTROLS_PX = 46;
/** Up to this width of the page, as in styles/layout.css, such a strip would be too much of it: the buttons are a cover there. */
export const NARROW_PX = 640;

/** A view without a renderer yet. */
export function makeView(store: Store, selectors: Selectors, page: Pick<Page, 'size'>): View {
  let renderer: Renderer | null = null;
  const coversOf = new Map<string, readonly Insets[]>();
  const followers = new Set<() => void>();
  const announceViewport = (): void => {
    for (const follow of followers) follow();
  };

  function insetsWith(hasPanel: boolean): Insets {
    const { hits, timeline, comparison } = store.get();
    const open = { hasPanel, hasHits: hits !== null, hasTime: timeline !== null, hasWay: comparison !== null };
    return panelInsets(open, page.size());
  }
  const freeInsets = (): Insets => insetsWith(hasOpenPanel(store.get()));

  return {
    ...makeMoves({ store, selectors, page, renderer: () => renderer, freeInsets, panelInsets: () => insetsWith(true) }),
    ...makeCamera(() => renderer),
    setRenderer(current) {
      renderer = current;
    },
    followViewport(follow) {
      followers.add(follow);
      return () => followers.delete(follow);
    },
    announceViewport,
    setCovers(owner, boxes) {
      if (JSON.stringify(boxes) === JSON.stringify(coversOf.get(owner) ?? [])) return;
      coversOf.set(owner, boxes);
      announceViewport();
    },
    currentView() {
      if (!renderer) return null;
      const insets = freeInsets();
      // The buttons in the corner cover a strip that flights and fits may use, and names may not.
      const right = insets.right + (renderer.viewport.widthPx > NARROW_PX ? CONTROLS_PX : 0);
      const covers = [...coversOf.values()].flat();
      return { ...renderer.viewport, fitScale: renderer.fitScale, insets: { ...insets, right }, covers };
    },
    freeInsets,
    applyInsets: () => renderer?.setInsets(freeInsets()),
  };
}

type CameraPart = Pick<
  View,
  'currentCamera' | 'showCamera' | 'pixelOfPoint' | 'pixelOfPaper' | 'drawSettings' | 'snapshot'
>;

function makeCamera(current: () => Renderer | null): CameraPart {
  return {
    currentCamera() {
      const renderer = current();
      if (!renderer || renderer.isFitting) return null;
      const { center, scale } = renderer.viewport;
      return { x: center.x, y: center.y, zoom: scale / wholeScale(renderer.viewport) };
    },
    showCamera({ x, y, zoom }) {
      const renderer = current();
      if (!renderer) return;
      const { viewport } = renderer;
      renderer.setViewport({ ...viewport, center: { x, y }, scale: zoom * wholeScale(viewport) });
    },
    pixelOfPoint(point) {
      const renderer = current();
      return renderer && toPixel(renderer.viewport, point);
    },
    pixelOfPaper: (index) => current()?.locate(index) ?? null,
    drawSettings: () => current()?.drawSettings() ?? null,
    async snapshot() {
      const renderer = current();
      if (!renderer) throw new StageError('no-webgl', 'render', 'there is no map to take a picture of');
      return renderer.snapshot();
    },
  };
}

/** Not the scale at which the map fits: that depends on which panels are open. */
function wholeScale({ widthPx, heightPx }: Viewport): number {
  return Math.min(widthPx, heightPx) / 2;
}

// CSS pixels, as in styles/layout.css: what floats above the map, with the gap around it.
const EDGE_PX = 16;
const WIDE_PX = 1000;
const CARD_PX = 324;
const HITS_PX = 424;
const PANEL_PX = 424;
const BAR_PX = 62;
const TIME_PX = 148;
const WAY_PX = 70;
/** Shares of a narrow page's height that the paper and the hits take. */
const SHEET_SHARE = 0.58;
const HITS_SHARE = 0.57;

/** What stands open beside the map. */
interface Covers {
  readonly hasPanel: boolean;
  readonly hasHits: boolean;
  readonly hasTime: boolean;
  /** The way between two maps. */
  readonly hasWay: boolean;
}

/** How much of the map the panels cover at each side of a window of this size. */
function panelInsets({ hasPanel, hasHits, hasTime, hasWay }: Covers, size: Size): Insets {
  const { widthPx: width, heightPx: height } = size;
  const foot = (hasTime ? TIME_PX : 0) + (hasWay ? WAY_PX : 0);
  if (width <= NARROW_PX) {
    const top = hasHits && !hasPanel ? height * HITS_SHARE : BAR_PX;
    return { top, right: EDGE_PX, bottom: hasPanel ? height * SHEET_SHARE : BAR_PX + foot, left: EDGE_PX };
  }
  const left = width < WIDE_PX ? EDGE_PX : hasHits ? HITS_PX : CARD_PX;
  const right = hasPanel ? Math.min(PANEL_PX, width - left - EDGE_PX) : EDGE_PX;
  return { top: width >= WIDE_PX ? EDGE_PX : BAR_PX, right, bottom: EDGE_PX + foot, left };
}
