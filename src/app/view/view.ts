import { StageError } from '../../model/failure.ts';
import type { Renderer } from '../../render/renderer.ts';
import type { DrawSettings } from '../../render/scene.ts';
import { type Insets, type MapPoint, type PixelPoint, toPixel, type Viewport } from '../../render/viewport.ts';
import { hasDoor } from '../maps/door.ts';
import type { OpenParts, Page } from '../page.ts';
import type { Selectors } from '../selectors.ts';
import { hasOpenHits, hasOpenPanel } from '../state.ts';
import type { Store } from '../store.ts';
import { type Moves, makeMoves } from './moves.ts';

/** Middle of the canvas in map units, and the zoom: at 1, the canvas's shorter side is 2 map units, a whole map. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The viewport and what covers it: panels at its sides, boxes inside it. */
export interface CurrentView extends Viewport {
  readonly insets: Insets;
  readonly covers: readonly Insets[];
  readonly fitScale: number;
}

/** The visible part of the map and what moves it. Without a renderer nothing moves and nothing is visible. */
export interface View extends Moves {
  /** Sets the renderer of the map view; null when it is gone. */
  setRenderer(current: Renderer | null): void;
  /** Calls `follow` whenever the view moves, until the returned function is called. */
  followViewport(follow: () => void): () => void;
  /** Called by the renderer in each frame whose viewport has changed. */
  announceViewport(): void;
  /** Sets the boxes of `owner` that names on the map must avoid, as distances from the page's upper left corner. */
  setCovers(owner: string, boxes: readonly Insets[]): void;
  /** Null without a map. */
  currentView(): CurrentView | null;
  /** The part of the page that no panel covers, as distances from the page's sides. */
  freeInsets(): Insets;
  /**
   * Makes "Show all" and flights aim at the part that nothing covers now. A map that nobody has moved is fitted to it,
   * unless a panel is open: then it stays where the reader has found something.
   */
  applyInsets(): void;
  /** The same for a panel at the right that has opened or closed: the map stays where it is in any case. */
  holdInsets(): void;
  /** The current camera; null before the map is drawn and while all of it fits in the view anyway. */
  currentCamera(): Camera | null;
  /** Moves the camera at once; values out of range are clamped to the map's limits. */
  showCamera(camera: Camera): void;
  /** The page position of a point of the map; null while nothing is drawn. */
  pixelOfPoint(point: MapPoint): PixelPoint | null;
  /** A paper's position in CSS pixels from the map's upper left corner; null when it has none. */
  pixelOfPaper(index: number): PixelPoint | null;
  /** The papers that look like one dot with this one, itself among them, ascending; none without a map. */
  papersAt(index: number): readonly number[];
  /** How the map is drawn now; null when it is not. */
  drawSettings(): DrawSettings | null;
  /** The map as a PNG without anything that lies over it. Rejects while nothing is drawn. */
  snapshot(): Promise<Blob>;
}

/** Creates a view without a renderer. */
export function makeView(store: Store, selectors: Selectors, page: Pick<Page, 'size' | 'freeInsets'>): View {
  let renderer: Renderer | null = null;
  const coversOf = new Map<string, readonly Insets[]>();
  const followers = new Set<() => void>();
  const announceViewport = (): void => {
    for (const follow of followers) follow();
  };

  const insetsBeside = makeInsets(store, page);
  const hasPanel = (): boolean => hasOpenPanel(store.get());
  const freeInsets = (): Insets => insetsBeside({ panel: hasPanel(), buttons: false });
  const panelInsets = (): Insets => insetsBeside({ panel: true, buttons: false });

  return {
    ...makeMoves({ store, selectors, page, renderer: () => renderer, freeInsets, panelInsets }),
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
      // Flights and fits may use the strip behind the corner buttons, but names may not.
      const insets = insetsBeside({ panel: hasPanel(), buttons: true });
      return { ...renderer.viewport, fitScale: renderer.fitScale, insets, covers: [...coversOf.values()].flat() };
    },
    freeInsets,
    applyInsets: () => renderer?.setInsets(freeInsets(), hasPanel()),
    holdInsets() {
      renderer?.setInsets(freeInsets(), true);
      // Names keep clear of the panel although nothing has moved.
      announceViewport();
    },
  };
}

/** What the open parts of the page cover, beside those that are asked for. */
function makeInsets(store: Store, page: Pick<Page, 'freeInsets'>) {
  return (others: Pick<OpenParts, 'panel' | 'buttons'>): Insets => {
    const state = store.get();
    const { timeline, comparison, table, shown } = state;
    const foot = {
      time: timeline !== null,
      comparing: comparison !== null,
      table: table.isOpen && shown ? table.heightPx : 0,
    };
    return page.freeInsets({
      ...others,
      ...foot,
      hits: hasOpenHits(state),
      card: state.cardOpen,
      door: hasDoor(state),
    });
  };
}

type CameraPart = Pick<
  View,
  'currentCamera' | 'showCamera' | 'pixelOfPoint' | 'pixelOfPaper' | 'papersAt' | 'drawSettings' | 'snapshot'
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
    papersAt: (index) => current()?.papersAt(index) ?? [],
    drawSettings: () => current()?.drawSettings() ?? null,
    async snapshot() {
      const renderer = current();
      if (!renderer) throw new StageError('no-webgl', 'render', 'there is no map to take a picture of');
      return renderer.snapshot();
    },
  };
}

/** Does not use the scale at which the map fits, since that depends on the open panels. */
function wholeScale({ widthPx, heightPx }: Viewport): number {
  return Math.min(widthPx, heightPx) / 2;
}
