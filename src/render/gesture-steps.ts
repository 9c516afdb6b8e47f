import type { Renderer } from './renderer.ts';
import type { PixelPoint } from './viewport.ts';

/** Duration of a step by key or wheel. */
export const STEP_MS = 160;

const KEY_PAN_PX = 96;

/** What a key does to the map: show all of it, zoom, or move the view by steps. */
type KeyStep = 'fit' | { readonly zoom: number } | { readonly right: number; readonly down: number };

/** The keys that move the map. */
const KEY_STEPS: ReadonlyMap<string, KeyStep> = new Map<string, KeyStep>([
  ['ArrowLeft', { right: -1, down: 0 }],
  ['ArrowRight', { right: 1, down: 0 }],
  ['ArrowUp', { right: 0, down: -1 }],
  ['ArrowDown', { right: 0, down: 1 }],
  ['+', { zoom: 1.5 }],
  ['=', { zoom: 1.5 }],
  ['-', { zoom: 1 / 1.5 }],
  ['_', { zoom: 1 / 1.5 }],
  ['0', 'fit'],
]);

/** Moves the map as the key says, three times as far with Shift. Returns whether the key moves the map. */
export function moveByKey(renderer: Pick<Renderer, 'fit' | 'zoomBy' | 'panBy'>, event: KeyboardEvent): boolean {
  const step = KEY_STEPS.get(event.key);
  if (!step) return false;
  const px = KEY_PAN_PX * (event.shiftKey ? 3 : 1);
  if (step === 'fit') renderer.fit();
  else if ('zoom' in step) renderer.zoomBy(step.zoom);
  else renderer.panBy(step.right * -px, step.down * -px, { animateMs: STEP_MS });
  return true;
}

/**
 * The zoom factor of a wheel event. A pinch on a trackpad arrives as a wheel event with Ctrl and small steps; lines and
 * pages (`deltaMode` 1 and 2) count as 33 and 400 pixels.
 */
export function wheelFactor(event: Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>): number {
  const unitPx = event.deltaMode === 1 ? 33 : event.deltaMode === 2 ? 400 : 1;
  const perPx = event.ctrlKey ? 1 / 100 : 1 / 360;
  return Math.exp(-clampStep(event.deltaY * unitPx * perPx));
}

/** The pan and the zoom that follow two fingers from `before` to `after`: first pan, then zoom at `pixel`. */
export function pinchOf(before: readonly PixelPoint[], after: readonly PixelPoint[]) {
  const was = middle(before);
  const is = middle(after);
  const factor = spread(before) > 1 ? spread(after) / spread(before) : 1;
  return { dx: is.px - was.px, dy: is.py - was.py, pixel: is, factor };
}

/** Limits the zoom of one event to a factor of e: some mice send thousands of pixels at once. */
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

/** Smaller dots cannot be aimed at one by one. */
const LEAST_AIM_PX = 2;

/** The paper whose dot is right under the pointer, −1 for none: a name lets a resting pointer through to it. */
export function dotUnder(renderer: Pick<Renderer, 'drawSettings' | 'pick'>, pixel: PixelPoint): number {
  const { radiusPx } = renderer.drawSettings();
  return radiusPx < LEAST_AIM_PX ? -1 : renderer.pick(pixel, radiusPx + 1);
}
