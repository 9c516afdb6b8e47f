import { type AreaLine, type AreaTool, beginLine, leadLine, ringOfLine } from './area-line.ts';
import { pinchOf, STEP_MS, wheelFactor } from './gesture-steps.ts';
import type { Renderer } from './renderer.ts';
import { type PixelPoint, toMap } from './viewport.ts';

/** What gestures tell of papers, and whether they leave some to the page. */
export interface GestureEvents {
  /** Another paper than before is under the pointer. */
  readonly onHover?: (index: number) => void;
  /** No paper is under the pointer any more. */
  readonly onHoverEnd?: () => void;
  /** The pointer rests on ground without a paper; null when it has left it. Once a frame while it moves. */
  readonly onGround?: (pixel: PixelPoint | null) => void;
  /** A click or tap; −1 = beside all papers. */
  readonly onClick?: (index: number) => void;
  /** A click or tap on something that lies on the map, such as a name. Says whether it was meant. */
  readonly onOverlay?: (element: Element) => boolean;
  /**
   * In a page that scrolls: the wheel is left to it unless Ctrl or ⌘ is held, and one finger; two fingers move the map.
   * Default false.
   */
  readonly isCooperative?: boolean;
  /** A wheel was left to the page. */
  readonly onBlocked?: () => void;
  /** What a pointer that goes down draws an area with; null = it moves the map. A finger held still draws in any case. */
  readonly toolFor?: (event: PointerEvent) => AreaTool | null;
  /** The area drawn so far, as a ring in map units; null when it is given up. */
  readonly onDraw?: (ring: Float32Array | null) => void;
  /** An area was drawn. `began`: the pointer event that it began with, for its modifier keys. */
  readonly onArea?: (ring: Float32Array, began: PointerEvent) => void;
  /** A key without Ctrl, ⌘ and Alt; see `moveByKey`. Says whether it was meant: then nobody else hears of it. */
  readonly onKey?: (event: KeyboardEvent) => boolean;
}

/** Gestures are on until disposed. */
export interface Gestures {
  dispose(): void;
}

/** A pointer that moved less than this has clicked, CSS pixels. */
const CLICK_SLOP_PX = 4;

/** A finger that rests for so long draws a line around papers. */
const LONG_PRESS_MS = 450;

const DOUBLE_MS = 350;
const DOUBLE_SLOP_PX = 20;

/** A finger covers more than a mouse's tip. */
const TOUCH_RADIUS_PX = 22;
const MOUSE_RADIUS_PX = 12;

interface Tap {
  readonly atMs: number;
  readonly pixel: PixelPoint;
}

/** An area under way. */
interface Drawing {
  readonly line: AreaLine;
  readonly began: PointerEvent;
}

interface Hand {
  readonly element: HTMLElement;
  readonly renderer: Renderer;
  readonly events: GestureEvents;
  /** Pointers that are down, by pointer id. */
  readonly down: Map<number, PixelPoint>;
  start: PixelPoint;
  /** What the pointer went down on: later it is captured by the map. */
  target: EventTarget | null;
  /** Has the pointer moved, or been joined by another, so that it is no click any more? */
  dragged: boolean;
  drawing: Drawing | null;
  /** Runs while a finger may yet be held still for long enough. */
  press: ReturnType<typeof setTimeout> | undefined;
  lastTap: Tap | null;
  hovered: number;
  hoverAt: PixelPoint | null;
  hoverFrame: number;
}

/**
 * Turns pointers and wheel on `element` (the canvas or what lies over it) into movements of the map: drag, wheel, pinch,
 * double click; or into areas, for which a second finger or Escape gives one up. Other keys go to `onKey`. Sets
 * `touch-action`. At most one pick a frame.
 */
export function makeGestures(element: HTMLElement, renderer: Renderer, events: GestureEvents = {}): Gestures {
  const hand: Hand = {
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
    hoverFrame: 0,
  };
  const abort = new AbortController();
  const { signal } = abort;
  const touchAction = element.style.touchAction;
  element.style.touchAction = events.isCooperative ? 'pan-x pan-y' : 'none';
  element.style.cursor = 'grab';
  element.addEventListener('pointerdown', (event) => onDown(hand, event), { signal });
  element.addEventListener('pointermove', (event) => onMove(hand, event), { signal });
  element.addEventListener('pointerup', (event) => onUp(hand, event), { signal });
  element.addEventListener('pointercancel', (event) => onCancel(hand, event), { signal });
  element.addEventListener('pointerleave', () => hoverOver(hand, null), { signal });
  element.addEventListener('wheel', (event) => onWheel(hand, event), { signal, passive: false });
  // Without this two fingers would scroll the page too.
  const keepTwo = (event: TouchEvent) => event.touches.length > 1 && event.cancelable && event.preventDefault();
  if (events.isCooperative) element.addEventListener('touchmove', keepTwo, { signal, passive: false });
  element.addEventListener('keydown', (event) => onKey(hand, event), { signal });
  element.addEventListener('contextmenu', (event) => hand.drawing && event.preventDefault(), { signal });
  return {
    dispose() {
      abort.abort();
      cancelAnimationFrame(hand.hoverFrame);
      clearTimeout(hand.press);
      element.style.touchAction = touchAction;
      element.style.cursor = '';
    },
  };
}

function pixelOf({ element }: Hand, event: MouseEvent): PixelPoint {
  const box = element.getBoundingClientRect();
  return { px: event.clientX - box.left, py: event.clientY - box.top };
}

function onDown(hand: Hand, event: PointerEvent): void {
  if (event.pointerType === 'mouse' && event.button !== 0) return;
  hand.element.setPointerCapture(event.pointerId);
  const pixel = pixelOf(hand, event);
  hand.dragged = hand.down.size > 0;
  hand.start = pixel;
  hand.target = event.target;
  hand.down.set(event.pointerId, pixel);
  clearTimeout(hand.press);
  if (hand.down.size > 1) {
    giveUp(hand);
    return;
  }
  const tool = hand.events.toolFor?.(event) ?? null;
  if (tool) hand.drawing = { line: beginLine(tool, toMap(hand.renderer.viewport, pixel)), began: event };
  else if (event.pointerType === 'touch' && hand.events.onArea) {
    hand.press = setTimeout(() => drawByPress(hand, event, pixel), LONG_PRESS_MS);
  }
}

/** From now on the finger draws, and lifting it is no tap. */
function drawByPress(hand: Hand, event: PointerEvent, pixel: PixelPoint): void {
  if (hand.dragged || hand.down.size !== 1) return;
  hand.drawing = { line: beginLine('lasso', toMap(hand.renderer.viewport, pixel)), began: event };
  hand.dragged = true;
  hand.events.onDraw?.(ringOfLine(hand.drawing.line));
}

function giveUp(hand: Hand): void {
  if (!hand.drawing) return;
  hand.drawing = null;
  hand.events.onDraw?.(null);
}

function onMove(hand: Hand, event: PointerEvent): void {
  const pixel = pixelOf(hand, event);
  const before = hand.down.get(event.pointerId);
  if (!before) {
    if (event.pointerType !== 'touch') hoverOver(hand, isOverlay(hand, event.target) ? null : pixel);
    return;
  }
  if (!hand.dragged && Math.hypot(pixel.px - hand.start.px, pixel.py - hand.start.py) < CLICK_SLOP_PX) return;
  if (!hand.dragged) {
    hand.dragged = true;
    clearTimeout(hand.press);
    hoverOver(hand, null);
    hand.element.style.cursor = hand.drawing ? 'crosshair' : 'grabbing';
  }
  if (hand.drawing) {
    const { viewport } = hand.renderer;
    if (leadLine(hand.drawing.line, toMap(viewport, pixel), viewport.scale)) {
      hand.events.onDraw?.(ringOfLine(hand.drawing.line));
    }
    return;
  }
  const fingers = [...hand.down.values()].slice(0, 2);
  hand.down.set(event.pointerId, pixel);
  if (fingers.length < 2) {
    if (hand.events.isCooperative && event.pointerType === 'touch') return;
    hand.renderer.panBy(pixel.px - before.px, pixel.py - before.py);
    return;
  }
  const pinch = pinchOf(fingers, [...hand.down.values()].slice(0, 2));
  hand.renderer.panBy(pinch.dx, pinch.dy);
  hand.renderer.zoomBy(pinch.factor, { pixel: pinch.pixel, animateMs: 0 });
}

function onUp(hand: Hand, event: PointerEvent): void {
  if (!hand.down.delete(event.pointerId)) return;
  if (hand.down.size > 0) return;
  clearTimeout(hand.press);
  hand.element.style.cursor = 'grab';
  const pixel = pixelOf(hand, event);
  const { drawing } = hand;
  hand.drawing = null;
  if (!hand.dragged) tap(hand, event, pixel);
  else if (drawing) hand.events.onArea?.(ringOfLine(drawing.line), drawing.began);
  // Whoever has just drawn looks at what is selected, not at the paper where the line ended.
  if (event.pointerType !== 'touch' && !drawing) hoverOver(hand, pixel);
}

function onCancel(hand: Hand, event: PointerEvent): void {
  hand.down.delete(event.pointerId);
  hand.dragged = true;
  clearTimeout(hand.press);
  giveUp(hand);
  if (hand.down.size === 0) hand.element.style.cursor = 'grab';
}

/** The second of two quick taps zooms in, and is no click. */
function tap(hand: Hand, event: PointerEvent, pixel: PixelPoint): void {
  const { lastTap, renderer } = hand;
  const isDouble =
    lastTap !== null &&
    event.timeStamp - lastTap.atMs < DOUBLE_MS &&
    Math.hypot(pixel.px - lastTap.pixel.px, pixel.py - lastTap.pixel.py) < DOUBLE_SLOP_PX;
  hand.lastTap = isDouble ? null : { atMs: event.timeStamp, pixel };
  if (isDouble) {
    renderer.zoomBy(2.2, { pixel, animateMs: 320 });
    return;
  }
  if (hand.target instanceof Element && isOverlay(hand, hand.target) && hand.events.onOverlay?.(hand.target)) return;
  hand.events.onClick?.(renderer.pick(pixel, event.pointerType === 'touch' ? TOUCH_RADIUS_PX : MOUSE_RADIUS_PX));
}

function onWheel(hand: Hand, event: WheelEvent): void {
  if (hand.events.isCooperative && !event.ctrlKey && !event.metaKey) {
    hand.events.onBlocked?.();
    return;
  }
  event.preventDefault();
  const pixel = pixelOf(hand, event);
  // A wheel's notch comes alone and large: it is flown; a trackpad's small steps are followed exactly.
  const isNotch = !event.ctrlKey && (event.deltaMode !== 0 || Math.abs(event.deltaY) >= 50);
  hand.renderer.zoomBy(wheelFactor(event), { pixel, animateMs: isNotch ? STEP_MS : 0 });
  hoverOver(hand, pixel);
}

function onKey(hand: Hand, event: KeyboardEvent): void {
  const { drawing, events } = hand;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && drawing) {
    // It ends this line, not what a panel shows as well.
    event.stopPropagation();
    giveUp(hand);
    return;
  }
  if (!events.onKey?.(event)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Names and marks lie on the map as children of its element; they are no ground to look for papers on. */
function isOverlay({ element }: Hand, target: EventTarget | null): boolean {
  return target !== element && !(target instanceof HTMLCanvasElement);
}

/** Looks in the next frame which paper is at `pixel` (null = the pointer is away or drags). */
function hoverOver(hand: Hand, pixel: PixelPoint | null): void {
  hand.hoverAt = pixel;
  if (hand.hoverFrame === 0) {
    hand.hoverFrame = requestAnimationFrame(() => {
      hand.hoverFrame = 0;
      const index = hand.hoverAt && hand.down.size === 0 ? hand.renderer.pick(hand.hoverAt, MOUSE_RADIUS_PX) : -1;
      setHovered(hand, index);
      hand.events.onGround?.(index < 0 && hand.down.size === 0 ? hand.hoverAt : null);
    });
  }
}

function setHovered(hand: Hand, index: number): void {
  if (index === hand.hovered) return;
  hand.hovered = index;
  if (hand.down.size === 0) hand.element.style.cursor = index >= 0 ? 'pointer' : 'grab';
  if (index >= 0) hand.events.onHover?.(index);
  else hand.events.onHoverEnd?.();
}
