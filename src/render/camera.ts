import {
  type Bounds,
  clampViewport,
  fitBounds,
  freeCenter,
  type Insets,
  limitsFor,
  lookAt,
  type MapPoint,
  NO_INSETS,
  type PixelPoint,
  panBy,
  type Size,
  type Viewport,
  type ViewportLimits,
  WHOLE_MAP,
  zoomWithin,
} from './viewport.ts';
import { type Flight, makeFlight } from './zoom-path.ts';

/** Where a flight goes: a map point and a scale (CSS pixels per map unit), or a rectangle to fit. */
export type FlightTarget = { readonly center: MapPoint; readonly scale: number } | Bounds;

/** Holds the viewport and moves it. It has no clock: `tick` is given the time. */
export interface Camera {
  readonly viewport: Viewport;
  /** Scale at which the whole map fits. */
  readonly fitScale: number;
  readonly isMoving: boolean;
  /** Whether the whole map is shown, or flown to, and followed as it grows, because nobody has moved it. */
  readonly isFitting: boolean;
  /** Takes a new canvas size: the middle stays, or the map is fitted again when nobody has moved it. */
  resize(size: Size): void;
  /** Takes what panels cover now; the view follows within `animateMs` until somebody moves the map. Null: it stays. */
  setInsets(insets: Insets, animateMs: number | null): void;
  /**
   * Takes new bounds of the data; the view follows within `animateMs` until somebody moves the map.
   * @param near what the view fits: the bounds without what lies far outside
   * @param mostZoom the largest zoom: see `largestZoom`
   */
  setBounds(bounds: Bounds, animateMs: number, near?: Bounds, mostZoom?: number): void;
  /** Ends any flight. */
  set(viewport: Viewport): void;
  panBy(dx: number, dy: number, animateMs: number): void;
  zoomBy(factor: number, pixel: PixelPoint | null, animateMs: number): void;
  flyTo(target: FlightTarget): void;
  fit(): void;
  /** Moves to the place that the flight has reached at `nowMs`. */
  tick(nowMs: number): void;
}

/**
 * A camera over an empty map without size. With `reducedMotion` every movement is instantaneous. A step (key, button,
 * wheel notch) during a flight is added to the flight's target, so that quick steps are not lost.
 */
export function makeCamera(reducedMotion: boolean): Camera {
  const nothing = { widthPx: 0, heightPx: 0 };
  const state: CameraState = {
    reducedMotion,
    size: nothing,
    insets: NO_INSETS,
    limits: limitsFor({ bounds: WHOLE_MAP }, nothing),
    near: WHOLE_MAP,
    viewport: fitBounds(WHOLE_MAP, nothing),
    flight: null,
    startedMs: -1,
    followsData: true,
  };
  /** Called when somebody moves the map: from now on it no longer follows the data. */
  const steer = (to: Viewport, durationMs?: number) => {
    state.followsData = false;
    move(state, to, durationMs);
  };
  return {
    get viewport() {
      return state.viewport;
    },
    get fitScale() {
      return state.limits.fitScale;
    },
    get isMoving() {
      return state.flight !== null;
    },
    get isFitting() {
      return state.followsData;
    },
    resize: (size) => resize(state, size),
    setInsets: (insets, animateMs) => setInsets(state, insets, animateMs),
    setBounds(bounds, animateMs, near = bounds, mostZoom = undefined) {
      Object.assign(state, { limits: { ...state.limits, bounds }, near, mostZoom });
      refit(state, animateMs);
    },
    set: (to) => steer(to, 0),
    panBy: (dx, dy, animateMs) => steer(panBy(goalOf(state), dx, dy), animateMs),
    zoomBy(factor, pixel, animateMs) {
      const at = pixel ?? freeCenter(state.size, state.insets);
      steer(zoomWithin(goalOf(state), at, factor, state.limits), animateMs);
    },
    flyTo(target) {
      const { size, insets } = state;
      steer('minX' in target ? fitBounds(target, size, insets) : lookAt(target.center, target.scale, size, insets));
    },
    fit() {
      state.followsData = true;
      move(state, fitBounds(state.near, state.size, state.insets));
    },
    tick: (nowMs) => tick(state, nowMs),
  };
}

interface CameraState {
  readonly reducedMotion: boolean;
  size: Size;
  insets: Insets;
  limits: ViewportLimits;
  /** What the view fits. */
  near: Bounds;
  mostZoom?: number | undefined;
  viewport: Viewport;
  flight: Flight | null;
  /** −1 until the first tick of the flight. */
  startedMs: number;
  followsData: boolean;
}

function goalOf({ flight, viewport }: CameraState): Viewport {
  return flight?.to ?? viewport;
}

function jump(state: CameraState, to: Viewport): void {
  const sized = { ...to, ...state.size };
  state.flight = null;
  // A canvas without size has no limits: the requested viewport waits until there is a size.
  state.viewport = state.size.widthPx > 0 ? clampViewport(sized, state.limits) : sized;
}

/** Flies to `to`, or jumps where there is no time, no size, no motion wanted, or no path. */
function move(state: CameraState, to: Viewport, durationMs?: number): void {
  if (state.reducedMotion || durationMs === 0 || state.size.widthPx === 0) {
    jump(state, to);
    return;
  }
  const goal = clampViewport({ ...to, ...state.size }, state.limits);
  state.flight = isSamePicture(state.viewport, goal) ? null : makeFlight(state.viewport, goal, durationMs);
  state.startedMs = -1;
}

/** Whether two views of one size differ by less than a hundredth of a pixel anywhere. */
function isSamePicture(a: Viewport, b: Viewport): boolean {
  const shift = Math.max(Math.abs(a.center.x - b.center.x), Math.abs(a.center.y - b.center.y)) * a.scale;
  const growth = Math.abs(a.scale / b.scale - 1) * Math.max(a.widthPx, a.heightPx);
  return shift + growth < 0.01;
}

function resize(state: CameraState, size: Size): void {
  if (size.widthPx === state.size.widthPx && size.heightPx === state.size.heightPx) return;
  state.size = size;
  state.limits = limitsOf(state);
  jump(state, state.followsData ? fitBounds(state.near, size, state.insets) : goalOf(state));
}

function limitsOf({ limits, near, mostZoom, size, insets }: CameraState): ViewportLimits {
  return limitsFor({ bounds: limits.bounds, near, mostZoom }, size, insets);
}

function setInsets(state: CameraState, insets: Insets, animateMs: number | null): void {
  const { top, right, bottom, left } = state.insets;
  if (insets.top === top && insets.right === right && insets.bottom === bottom && insets.left === left) return;
  state.insets = insets;
  if (animateMs !== null) refit(state, animateMs);
  else state.limits = limitsOf(state);
}

function refit(state: CameraState, durationMs: number): void {
  state.limits = limitsOf(state);
  if (state.followsData) move(state, fitBounds(state.near, state.size, state.insets), durationMs);
  else if (!state.flight) jump(state, state.viewport);
}

function tick(state: CameraState, nowMs: number): void {
  const { flight } = state;
  if (!flight) return;
  if (state.startedMs < 0) state.startedMs = nowMs;
  state.viewport = flight.at(nowMs - state.startedMs);
  if (nowMs - state.startedMs >= flight.durationMs) state.flight = null;
}
