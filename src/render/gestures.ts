import { type AreaLine, beginLine, leadLine, ringOfLine } from './area-line.ts';
import type { GestureEvents } from './gesture-events.ts';
import { dotUnder, pinchOf, STEP_MS, wheelFactor } from './gesture-steps.ts';
import type { Renderer } from './renderer.ts';
import { type PixelPoint, toMap } from './viewport.ts';

/** Gestures, in effect until disposed. */
export interface Gestures {
  dispose(): void;
}

/** A pointer that moved less than this has clicked, CSS pixels. */
const CLICK_SLOP_PX = 4;

/** A finger held still for this long draws a line around papers. */
const LONG_PRESS_MS = 450;

/** A pointer that rests on a name for this long means the dot under it, if there is one. */
const REST_MS = 120;

/** How close in time and place the second tap of a double tap must be. */
const DOUBLE_TAP = { ms: 350, slopPx: 20 } as const;

/** Larger for a finger, which covers more than the tip of a mouse pointer. */
const PICK_RADIUS_PX = { touch: 22, mouse: 12 } as const;

interface Tap {
  readonly atMs: number;
  readonly pixel: PixelPoint;
}

/** An area being drawn. */
interface Drawing {
  readonly line: AreaLine;
  readonly began: PointerEvent;
}

interface GestureState {
  readonly element: HTMLElement;
  readonly renderer: Renderer;
  readonly events: GestureEvents;
  /** Pointers that are down, by pointer id. */
  readonly down: Map<number, PixelPoint>;
  start: PixelPoint;
  /** What the pointer went down on; later events target the map, which captures the pointer. */
  target: EventTarget | null;
  /** Whether the pointer has moved or been joined by another, so that it is no longer a click. */
  dragged: boolean;
  drawing: Drawing | null;
  /** Timer of the long press, while the finger is held still. */
  press: ReturnType<typeof setTimeout> | undefined;
  lastTap: Tap | null;
  hovered: number;
  hoverAt: PixelPoint | null;
  /** Whether the pointer is over a name, under which only a dot right below the pointer is looked for. */
  isOverOverlay: boolean;
  /** Timer until the pointer has rested over a name. */
  rest: ReturnType<typeof setTimeout> | undefined;
  hoverFrame: number;
}

/**
 * Turns pointers and wheel on `element` (the canvas or what lies over it) into movements of the map (drag, wheel,
 * pinch, double click) or into areas, which a second finger or Escape cancels. Other keys go to `onKey`. Sets
 * `touch-action`. Picks at most once per animation frame.
 */
export function makeGestures(element: HTMLElement, renderer: Renderer, events: GestureEvents = {}): Gestures {
  const state: GestureState = {
    element,
    renderer,
    events,
    down: new Map(),
    start: { px: 0, py: 0 },
    target: null,
    dragged: false,
    drawing: null,
    press: undefined,
    lastTap: null,
    hovered: -1,
    hoverAt: null,
    isOverOverlay: false,
    rest: undefined,
    hoverFrame: 0,
  };
  const abort = new AbortController();
  const { signal } = abort;
  const touchAction = element.style.touchAction;
  element.style.touchAction = events.isCooperative ? 'pan-x pan-y' : 'none';
  element.style.cursor = 'grab';
  element.addEventListener('pointerdown', (event) => onDown(state, event), { signal });
  element.addEventListener('pointermove', (event) => onMove(state, event), { signal });
  element.addEventListener('pointerup', (event) => onUp(state, event), { signal });
  element.addEventListener('pointercancel', (event) => onCancel(state, event), { signal });
  element.addEventListener('pointerleave', () => hoverOver(state, null), { signal });
  element.addEventListener('wheel', (event) => onWheel(state, event), { signal, passive: false });
  // Otherwise two fingers would also scroll the page.
  const keepTwo = (event: TouchEvent) => event.touches.length > 1 && event.cancelable && event.preventDefault();
  if (events.isCooperative) element.addEventListener('touchmove', keepTwo, { signal, passive: false });
  element.addEventListener('keydown', (event) => onKey(state, event), { signal });
  element.addEventListener('contextmenu', (event) => state.drawing && event.preventDefault(), { signal });
  return {
    dispose() {
      abort.abort();
      cancelAnimationFrame(state.hoverFrame);
      clearTimeout(state.press);
      clearTimeout(state.rest);
      element.style.touchAction = touchAction;
      element.style.cursor = '';
    },
  };
}

function pixelOf({ element }: GestureState, event: MouseEvent): PixelPoint {
  const box = element.getBoundingClientRect();
  return { px: event.clientX - box.left, py: event.clientY - box.top };
}

function onDown(state: GestureState, event: PointerEvent): void {
  if (event.pointerType === 'mouse' && event.button !== 0) return;
  state.element.setPointerCapture(event.pointerId);
  const pixel = pixelOf(state, event);
  state.dragged = state.down.size > 0;
  state.start = pixel;
  state.target = event.target;
  state.down.set(event.pointerId, pixel);
  clearTimeout(state.press);
  if (state.down.size > 1) {
    giveUp(state);
    return;
  }
  const tool = state.events.toolFor?.(event) ?? null;
  if (tool) state.drawing = { line: beginLine(tool, toMap(state.renderer.viewport, pixel)), began: event };
  else if (event.pointerType === 'touch' && state.events.onArea) {
    state.press = setTimeout(() => drawByPress(state, event, pixel), LONG_PRESS_MS);
  }
}

/** From now on the finger draws, and lifting it is not a tap. */
function drawByPress(state: GestureState, event: PointerEvent, pixel: PixelPoint): void {
  if (state.dragged || state.down.size !== 1) return;
  state.drawing = { line: beginLine('lasso', toMap(state.renderer.viewport, pixel)), began: event };
  state.dragged = true;
  state.events.onDraw?.(ringOfLine(state.drawing.line));
}

function giveUp(state: GestureState): void {
  if (!state.drawing) return;
  state.drawing = null;
  state.events.onDraw?.(null);
}

function onMove(state: GestureState, event: PointerEvent): void {
  const pixel = pixelOf(state, event);
  const before = state.down.get(event.pointerId);
  if (!before) {
    if (event.pointerType !== 'touch') hoverOver(state, pixel, isOverlay(state, event.target));
    return;
  }
  if (!state.dragged && Math.hypot(pixel.px - state.start.px, pixel.py - state.start.py) < CLICK_SLOP_PX) return;
  if (!state.dragged) {
    state.dragged = true;
    clearTimeout(state.press);
    hoverOver(state, null);
    state.element.style.cursor = state.drawing ? 'crosshair' : 'grabbing';
  }
  if (state.drawing) {
    const { viewport } = state.renderer;
    if (leadLine(state.drawing.line, toMap(viewport, pixel), viewport.scale)) {
      state.events.onDraw?.(ringOfLine(state.drawing.line));
    }
    return;
  }
  const fingers = [...state.down.values()].slice(0, 2);
  state.down.set(event.pointerId, pixel);
  if (fingers.length < 2) {
    if (state.events.isCooperative && event.pointerType === 'touch') return;
    state.renderer.panBy(pixel.px - before.px, pixel.py - before.py);
    return;
  }
  const pinch = pinchOf(fingers, [...state.down.values()].slice(0, 2));
  state.renderer.panBy(pinch.dx, pinch.dy);
  state.renderer.zoomBy(pinch.factor, { pixel: pinch.pixel, animateMs: 0 });
}

function onUp(state: GestureState, event: PointerEvent): void {
  if (!state.down.delete(event.pointerId)) return;
  if (state.down.size > 0) return;
  clearTimeout(state.press);
  state.element.style.cursor = 'grab';
  const pixel = pixelOf(state, event);
  const { drawing } = state;
  state.drawing = null;
  if (!state.dragged) tap(state, event, pixel);
  else if (drawing) state.events.onArea?.(ringOfLine(drawing.line), drawing.began);
  // After drawing, the reader looks at the selection, not at the paper where the line ended.
  if (event.pointerType !== 'touch' && !drawing) hoverOver(state, pixel, isOverlay(state, state.target));
}

function onCancel(state: GestureState, event: PointerEvent): void {
  state.down.delete(event.pointerId);
  state.dragged = true;
  clearTimeout(state.press);
  giveUp(state);
  if (state.down.size === 0) state.element.style.cursor = 'grab';
}

/** Zooms in at the second of two quick taps, which then is not a click. */
function tap(state: GestureState, event: PointerEvent, pixel: PixelPoint): void {
  const { lastTap, renderer } = state;
  const isDouble =
    lastTap !== null &&
    event.timeStamp - lastTap.atMs < DOUBLE_TAP.ms &&
    Math.hypot(pixel.px - lastTap.pixel.px, pixel.py - lastTap.pixel.py) < DOUBLE_TAP.slopPx;
  state.lastTap = isDouble ? null : { atMs: event.timeStamp, pixel };
  if (isDouble) {
    renderer.zoomBy(2.2, { pixel, animateMs: 320 });
    return;
  }
  if (state.target instanceof Element && isOverlay(state, state.target)) {
    // A dot under a name that the pointer has rested on, and that the reader sees pointed at, is what is meant.
    const dot = event.pointerType === 'touch' ? -1 : dotUnder(renderer, pixel);
    const isMeant = dot >= 0 && dot === state.hovered;
    if (isMeant) state.events.onClick?.(dot);
    if (isMeant || state.events.onOverlay?.(state.target)) return;
  }
  state.events.onClick?.(
    renderer.pick(pixel, event.pointerType === 'touch' ? PICK_RADIUS_PX.touch : PICK_RADIUS_PX.mouse),
  );
}

function onWheel(state: GestureState, event: WheelEvent): void {
  if (state.events.isCooperative && !event.ctrlKey && !event.metaKey) {
    state.events.onBlocked?.();
    return;
  }
  event.preventDefault();
  const pixel = pixelOf(state, event);
  // A notch of a wheel is a single large step and is animated; the small steps of a trackpad are followed exactly.
  const isNotch = !event.ctrlKey && (event.deltaMode !== 0 || Math.abs(event.deltaY) >= 50);
  state.renderer.zoomBy(wheelFactor(event), { pixel, animateMs: isNotch ? STEP_MS : 0 });
  hoverOver(state, pixel);
}

function onKey(state: GestureState, event: KeyboardEvent): void {
  const { drawing, events } = state;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && drawing) {
    // The key ends this line only, not also what a panel shows.
    event.stopPropagation();
    giveUp(state);
    return;
  }
  if (!events.onKey?.(event)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Whether the target is a name or mark on the map (a child of its element). */
function isOverlay({ element }: GestureState, target: EventTarget | null): boolean {
  return target !== element && !(target instanceof HTMLCanvasElement);
}

/** Finds the paper at `pixel` in the next animation frame; null = the pointer has left or drags. */
function hoverOver(state: GestureState, pixel: PixelPoint | null, isOverOverlay = false): void {
  state.hoverAt = pixel;
  state.isOverOverlay = isOverOverlay;
  clearTimeout(state.rest);
  if (state.hoverFrame === 0) {
    state.hoverFrame = requestAnimationFrame(() => {
      state.hoverFrame = 0;
      const at = state.down.size === 0 ? state.hoverAt : null;
      if (state.isOverOverlay) {
        const dot = at ? dotUnder(state.renderer, at) : -1;
        if (dot !== state.hovered) setHovered(state, -1);
        if (dot >= 0) state.rest = setTimeout(() => state.down.size === 0 && setHovered(state, dot), REST_MS);
        state.events.onGround?.(null);
        return;
      }
      const index = at ? state.renderer.pick(at, PICK_RADIUS_PX.mouse) : -1;
      setHovered(state, index);
      state.events.onGround?.(index < 0 ? at : null);
    });
  }
}

function setHovered(state: GestureState, index: number): void {
  if (index === state.hovered) return;
  state.hovered = index;
  // Names fade where the pointer is on a dot under them: see topic-labels.css.
  if (index >= 0) state.element.dataset.onDot = '';
  else delete state.element.dataset.onDot;
  if (state.down.size === 0) state.element.style.cursor = index >= 0 ? 'pointer' : 'grab';
  if (index >= 0) state.events.onHover?.(index);
  else state.events.onHoverEnd?.();
}
