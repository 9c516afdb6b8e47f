import type { PortolanView } from '../../public/portolan.d.ts';
import type { ContourGroup } from '../render/contour-layer.ts';
import { moveByKey } from '../render/gesture-steps.ts';
import { makeGestures } from '../render/gestures.ts';
import { makeRenderer, type Renderer } from '../render/renderer.ts';
import { LIGHT_THEME, type RenderTheme } from '../render/theme.ts';
import { type Bounds, fitBounds, type Insets, NO_INSETS, type PixelPoint, type Size } from '../render/viewport.ts';

/** Everything that the renderer shows; sent again when a new renderer is made. */
export interface MapContent {
  positions: Float32Array;
  rgb: Uint8Array;
  states: Uint8Array;
  theme: RenderTheme;
  hovered: number;
  linkFrom: number;
  linkTo: readonly number[];
  insets: Insets;
  /** Tints under the papers. */
  contours: readonly ContourGroup[];
}

/** Callbacks of a map view. */
export interface MapViewEvents {
  readonly onHover: (index: number) => void;
  /** The pointer rests on ground near a paper (−1: near none); `pixel` is null when it has left the ground. */
  readonly onGround: (index: number, pixel: PixelPoint | null) => void;
  readonly onClick: (index: number) => void;
  /** As for `makeGestures`. */
  readonly onOverlay: (element: Element) => boolean;
  readonly onEscape: () => void;
  /** The view has changed, by the user or by a call. */
  readonly onDrawn: (renderer: Renderer) => void;
  readonly onView: (view: PortolanView) => void;
  /** The wheel was left to the host page. */
  readonly onBlocked: () => void;
}

/** A map that has a GL context only while visible, because browsers allow about sixteen contexts for a page. */
export interface MapView {
  readonly content: MapContent;
  /** Null while out of sight. */
  readonly renderer: Renderer | null;
  /** Draws the changes of `content`. */
  refresh(): void;
  /** Null shows the whole map. */
  look(view: PortolanView | null): void;
  /** Moves the view to a part of the map, at most six times closer than the whole. */
  lookAtPart(bounds: Bounds): void;
  view(): PortolanView | null;
  dispose(): void;
}

/** Empty ground within this distance of a paper belongs to the paper's topic. */
const GROUND_RADIUS_PX = 44;
const CLOSE_UP = 6;

/** Makes an empty map below the content of `element`, which must have a size. `isCooperative`: see `GestureEvents`. */
export function makeMapView(element: HTMLElement, isCooperative: boolean, events: MapViewEvents): MapView {
  const surface = document.createElement('canvas');
  element.prepend(surface);
  const state: MapViewState = {
    element,
    isCooperative,
    content: {
      positions: new Float32Array(),
      rgb: new Uint8Array(),
      states: new Uint8Array(),
      theme: LIGHT_THEME,
      hovered: -1,
      linkFrom: -1,
      linkTo: [],
      insets: NO_INSETS,
      contours: [],
    },
    events,
    surface,
    live: null,
    kind: 'webgl',
    lastView: null,
    isSeen: false,
  };
  const observer = new IntersectionObserver((entries) => {
    state.isSeen = entries.at(-1)?.isIntersecting ?? false;
    if (state.isSeen && !state.live) start(state);
    else if (!state.isSeen) void stop(state);
  });
  observer.observe(element);
  return {
    content: state.content,
    get renderer() {
      return state.live?.renderer ?? null;
    },
    refresh: () => send(state),
    look(view) {
      state.lastView = view;
      if (!state.live) return;
      if (view) show(state.live.renderer, view);
      else state.live.renderer.fit();
    },
    lookAtPart: (bounds) => lookAtPart(state, bounds),
    view: () => (state.live && !state.live.renderer.isFitting ? viewOf(state.live.renderer) : state.lastView),
    dispose() {
      observer.disconnect();
      state.live?.end();
      state.surface.remove();
    },
  };
}

interface MapViewState {
  readonly element: HTMLElement;
  readonly isCooperative: boolean;
  readonly content: MapContent;
  readonly events: MapViewEvents;
  /** A canvas, or a picture of it while out of sight. */
  surface: HTMLElement;
  live: { readonly renderer: Renderer; sent: Partial<MapContent>; end(): void } | null;
  kind: Renderer['kind'];
  /** The view to restore when the map is visible again; null: the whole map. */
  lastView: PortolanView | null;
  isSeen: boolean;
}

function start(state: MapViewState): void {
  const { element, events, isCooperative } = state;
  const canvas = document.createElement('canvas');
  replaceSurface(state, canvas);
  const ground = document.createElement('canvas');
  element.prepend(ground);
  const renderer = tryRenderer(state, canvas, ground);
  if (!renderer) {
    ground.remove();
    if (state.kind === 'canvas2d') return;
    state.kind = 'canvas2d';
    start(state);
    return;
  }
  const gestures = makeGestures(element, renderer, {
    isCooperative,
    onBlocked: events.onBlocked,
    onHover: events.onHover,
    onHoverEnd: () => events.onHover(-1),
    onGround: (pixel) => events.onGround(pixel ? renderer.pick(pixel, GROUND_RADIUS_PX) : -1, pixel),
    onClick: events.onClick,
    onOverlay: events.onOverlay,
    onKey(event) {
      if (event.key === 'Escape') events.onEscape();
      return moveByKey(renderer, event);
    },
  });
  state.live = {
    renderer,
    sent: {},
    end() {
      gestures.dispose();
      renderer.dispose();
      ground.remove();
      state.live = null;
    },
  };
  element.dataset.renderer = renderer.kind;
  send(state);
  if (state.lastView) show(renderer, state.lastView);
  else renderer.fit();
  events.onDrawn(renderer);
}

function replaceSurface(state: MapViewState, surface: HTMLElement): void {
  state.surface.replaceWith(surface);
  state.surface = surface;
}

/** Null when the canvas has no context, or WebGL lacks what regl's captured code needs. */
function tryRenderer(state: MapViewState, canvas: HTMLCanvasElement, underlay: HTMLCanvasElement): Renderer | null {
  try {
    return makeRenderer(canvas, {
      underlay,
      kind: state.kind,
      theme: state.content.theme,
      reducedMotion: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      onViewport: () => {
        if (!state.live) return;
        const { renderer } = state.live;
        state.events.onDrawn(renderer);
        if (!renderer.isFitting) state.events.onView(viewOf(renderer));
      },
      onFailure: () => {
        state.live?.end();
        start(state);
      },
    });
  } catch {
    return null;
  }
}

/** Frees the renderer and leaves a picture in its place, so that scrolling back never shows an empty map. */
async function stop(state: MapViewState): Promise<void> {
  const { live, element } = state;
  if (!live) return;
  state.lastView = live.renderer.isFitting ? null : viewOf(live.renderer);
  const picture = await live.renderer.snapshot().catch(() => null);
  // The map may be visible again by now.
  if (state.live !== live || state.isSeen) return;
  live.end();
  const image = new Image();
  image.alt = '';
  image.addEventListener('load', () => URL.revokeObjectURL(image.src), { once: true });
  if (picture) image.src = URL.createObjectURL(picture);
  replaceSurface(state, image);
  element.dataset.renderer = 'picture';
}

/** Sends positions only when they have changed, because the renderer builds an index of them. */
function send({ live, content }: MapViewState): void {
  if (!live) return;
  const { renderer, sent } = live;
  renderer.setInsets(content.insets);
  renderer.setTheme(content.theme);
  if (sent.positions !== content.positions) renderer.setPositions(content.positions);
  if (sent.rgb !== content.rgb) renderer.setColors(content.rgb);
  renderer.setStates(content.states);
  renderer.setHovered(content.hovered);
  renderer.setLinks([{ from: content.linkFrom, to: content.linkTo, isThin: false, isDashed: false }]);
  if (sent.contours !== content.contours) renderer.setContours(content.contours);
  const { positions, rgb, contours } = content;
  live.sent = { positions, rgb, contours };
}

function lookAtPart(state: MapViewState, bounds: Bounds): void {
  const { live, element, content } = state;
  const size = { widthPx: element.clientWidth, heightPx: element.clientHeight };
  const center = { x: (bounds.minX + bounds.maxX) / 2, y: (bounds.minY + bounds.maxY) / 2 };
  const { scale } = fitBounds(bounds, size, content.insets);
  if (live) live.renderer.flyTo({ center, scale: Math.min(scale, live.renderer.fitScale * CLOSE_UP) });
  else state.lastView = { ...center, zoom: Math.min(scale / wholeScale(size), CLOSE_UP) };
}

/** Never zero, even for a hidden frame, which has no size. */
function wholeScale({ widthPx, heightPx }: Size): number {
  return Math.max(Math.min(widthPx, heightPx), 1) / 2;
}

function viewOf({ viewport }: Renderer): PortolanView {
  const { center, scale } = viewport;
  return { x: center.x, y: center.y, zoom: scale / wholeScale(viewport) };
}

function show(renderer: Renderer, { x, y, zoom }: PortolanView): void {
  renderer.setViewport({ ...renderer.viewport, center: { x, y }, scale: zoom * wholeScale(renderer.viewport) });
}
