import type { Renderer } from './renderer.ts';
import type { PixelPoint } from './viewport.ts';

/** What gestures tell of papers. */
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
}

/** Gestures are on until disposed. */
export interface Gestures {
  dispose(): void;
}

/** A pointer that moved less than this has clicked, CSS pixels. */
const CLICK_SLOP_PX = 4;

const DOUBLE_MS = 350;
const DOUBLE_SLOP_PX = 20;

/** A finger covers more than a mouse's tip. */
const TOUCH_RADIUS_PX = 22;
const MOUSE_RADIUS_PX = 12;

/** A notch of a wheel is flown for so long. */
const NOTCH_MS = 160;

interface Tap {
  readonly atMs: number;
  readonly pixel: PixelPoint;
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
  lastTap: Tap | null;
  hovered: number;
  hoverAt: PixelPoint | null;
  hoverFrame: number;
}

/**
 * Turns pointers and wheel on `element` (the canvas or what lies over it) into movements of the map: drag, wheel, pinch,
 * double click. Sets `touch-action: none`. At most one pick a frame.
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
    lastTap: null,
    hovered: -1,
    hoverAt: null,
    hoverFrame: 0,
  };
  const abort = new AbortController();
  const { signal } = abort;
  const touchAction = element.style.touchAction;
  element.style.touchAction = 'none';
  element.style.cursor = 'grab';
  element.addEventListener('pointerdown', (event) => onDown(hand, event), { signal });
  element.addEventListener('pointermove', (event) => onMove(hand, event), { signal });
  element.addEventListener('pointerup', (event) => onUp(hand, event), { signal });
  element.addEventListener('pointercancel', (event) => onCancel(hand, event), { signal });
  element.addEventListener('pointerleave', () => hoverOver(hand, null), { signal });
  element.addEventListener('wheel', (event) => onWheel(hand, event), { signal, passive: false });
  return {
    dispose() {
      abort.abort();
      cancelAnimationFrame(hand.hoverFrame);
      element.style.touchAction = touchAction;
      element.style.cursor = '';
    },
  };
}

/**
 * By how much a wheel event zooms. A pinch on a trackpad arrives as a wheel with ctrl and small steps; lines and pages
 * (`deltaMode` 1 and 2) are taken as 33 and 400 pixels.
 */
export function wheelFactor(event: Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>): number {
  const unitPx = event.deltaMode === 1 ? 33 : event.deltaMode === 2 ? 400 : 1;
  const perPx = event.ctrlKey ? 1 / 100 : 1 / 360;
  return Math.exp(-clampStep(event.deltaY * unitPx * perPx));
}

/** The pan and the zoom that lead two fingers from where they were to where they are: first pan, then zoom at `pixel`. */
export function pinchOf(before: readonly PixelPoint[], after: readonly PixelPoint[]) {
  const was = middle(before);
  const is = middle(after);
  const factor = spread(before) > 1 ? spread(after) / spread(before) : 1;
  return { dx: is.px - was.px, dy: is.py - was.py, pixel: is, factor };
}

/** One event zooms by e at most: some mice send thousands of pixels at once. */
function clampStep(step: number): number {
  return Math.min(Math.max(step, -1), 1);
}

function middle(fingers: readonly PixelPoint[]): PixelPoint {
  const [a, b] = fingers;
  return { px: (a.px + b.px) / 2, py: (a.py + b.py) / 2 };
}

function spread([a, b]: readonly PixelPoint[]): number {
  return Math.hypot(a.px - b.px, a.py - b.py);
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
    hoverOver(hand, null);
    hand.element.style.cursor = 'grabbing';
  }
  const fingers = [...hand.down.values()].slice(0, 2);
  hand.down.set(event.pointerId, pixel);
  if (fingers.length < 2) {
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
  hand.element.style.cursor = 'grab';
  const pixel = pixelOf(hand, event);
  if (!hand.dragged) tap(hand, event, pixel);
  if (event.pointerType !== 'touch') hoverOver(hand, pixel);
}

function onCancel(hand: Hand, event: PointerEvent): void {
  hand.down.delete(event.pointerId);
  hand.dragged = true;
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
  event.preventDefault();
  const pixel = pixelOf(hand, event);
  // A wheel's notch comes alone and large: it is flown; a trackpad's small steps are followed exactly.
  const isNotch = !event.ctrlKey && (event.deltaMode !== 0 || Math.abs(event.deltaY) >= 50);
  hand.renderer.zoomBy(wheelFactor(event), { pixel, animateMs: isNotch ? NOTCH_MS : 0 });
  hoverOver(hand, pixel);
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
