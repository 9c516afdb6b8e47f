import { moveByKey } from '../render/gesture-steps.ts';
import { makeGestures } from '../render/gestures.ts';
import { makeRenderer, type Renderer } from '../render/renderer.ts';
import type { RenderTheme } from '../render/theme.ts';
import type { FrameView } from './protocol.ts';

/** Everything that a renderer is told: told again to the next one. */
export interface Scenery {
  positions: Float32Array;
  rgb: Uint8Array;
  states: Uint8Array;
  theme: RenderTheme;
  hovered: number;
  linkFrom: number;
  linkTo: readonly number[];
}

export interface StageEvents {
  readonly onHover: (index: number) => void;
  readonly onClick: (index: number) => void;
  readonly onView: (view: FrameView) => void;
  /** The wheel was left to the host page. */
  readonly onBlocked: () => void;
}

/** A map that is drawn while it can be seen. Browsers hold some sixteen GL contexts a page: one out of sight has none. */
export interface Stage {
  readonly scenery: Scenery;
  /** Null while out of sight. */
  readonly renderer: Renderer | null;
  /** Draws what has changed in `scenery`. */
  refresh(): void;
  /** Null: the whole map. */
  look(view: FrameView | null): void;
  view(): FrameView | null;
  dispose(): void;
}

/** Puts a stage into `element`, which must have a size. */
export function makeStage(element: HTMLElement, isCooperative: boolean, scenery: Scenery, events: StageEvents): Stage {
  const state: StageState = { element, isCooperative, scenery, events, live: null, kind: 'webgl', kept: null };
  const observer = new IntersectionObserver((entries) => {
    const isSeen = entries.at(-1)?.isIntersecting ?? false;
    if (isSeen && !state.live) begin(state);
    else if (!isSeen) void rest(state);
  });
  observer.observe(element);
  return {
    scenery,
    get renderer() {
      return state.live?.renderer ?? null;
    },
    refresh() {
      if (state.live) tell(state.live.renderer, scenery);
    },
    look(view) {
      state.kept = view;
      if (!state.live) return;
      if (view) show(state.live.renderer, view);
      else state.live.renderer.fit();
    },
    view: () => (state.live && !state.live.renderer.isFitting ? viewOf(state.live.renderer) : state.kept),
    dispose() {
      observer.disconnect();
      state.live?.end();
      element.replaceChildren();
    },
  };
}

interface StageState {
  readonly element: HTMLElement;
  readonly isCooperative: boolean;
  readonly scenery: Scenery;
  readonly events: StageEvents;
  live: { readonly renderer: Renderer; end(): void } | null;
  kind: Renderer['kind'];
  /** Where to look from when it is seen again; null: the whole map. */
  kept: FrameView | null;
}

function begin(state: StageState): void {
  const { element, events, isCooperative, scenery } = state;
  const canvas = document.createElement('canvas');
  element.replaceChildren(canvas);
  const renderer = tryRenderer(state, canvas);
  if (!renderer) {
    if (state.kind === 'canvas2d') return;
    state.kind = 'canvas2d';
    begin(state);
    return;
  }
  const gestures = makeGestures(element, renderer, {
    isCooperative,
    onBlocked: events.onBlocked,
    onHover: events.onHover,
    onHoverEnd: () => events.onHover(-1),
    onClick: events.onClick,
    onKey: (event) => moveByKey(renderer, event),
  });
  state.live = {
    renderer,
    end() {
      gestures.dispose();
      renderer.dispose();
      state.live = null;
    },
  };
  element.dataset.renderer = renderer.kind;
  tell(renderer, scenery);
  if (state.kept) show(renderer, state.kept);
  else renderer.fit();
}

/** Null where the canvas gives nothing to draw on, or WebGL lacks what captured code needs. */
function tryRenderer(state: StageState, canvas: HTMLCanvasElement): Renderer | null {
  try {
    return makeRenderer(canvas, {
      kind: state.kind,
      theme: state.scenery.theme,
      reducedMotion: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      onViewport: () => {
        if (state.live && !state.live.renderer.isFitting) state.events.onView(viewOf(state.live.renderer));
      },
      onFailure: () => {
        state.live?.end();
        begin(state);
      },
    });
  } catch {
    return null;
  }
}

/** Leaves a picture behind: what is scrolled into sight is never empty. */
async function rest(state: StageState): Promise<void> {
  const { live, element } = state;
  if (!live) return;
  state.kept = live.renderer.isFitting ? null : viewOf(live.renderer);
  const picture = await live.renderer.snapshot().catch(() => null);
  if (state.live !== live) return;
  live.end();
  const image = new Image();
  image.alt = '';
  image.addEventListener('load', () => URL.revokeObjectURL(image.src), { once: true });
  if (picture) image.src = URL.createObjectURL(picture);
  element.replaceChildren(image);
  element.dataset.renderer = 'picture';
}

function tell(renderer: Renderer, scenery: Scenery): void {
  renderer.setTheme(scenery.theme);
  renderer.setPositions(scenery.positions);
  renderer.setColors(scenery.rgb);
  renderer.setStates(scenery.states);
  renderer.setHovered(scenery.hovered);
  renderer.setLinks([{ from: scenery.linkFrom, to: scenery.linkTo, isThin: false, isDashed: false }]);
}

function wholeScale({ viewport }: Renderer): number {
  return Math.min(viewport.widthPx, viewport.heightPx) / 2;
}

function viewOf(renderer: Renderer): FrameView {
  const { center, scale } = renderer.viewport;
  return { x: center.x, y: center.y, zoom: scale / wholeScale(renderer) };
}

function show(renderer: Renderer, { x, y, zoom }: FrameView): void {
  renderer.setViewport({ ...renderer.viewport, center: { x, y }, scale: zoom * wholeScale(renderer) });
}
