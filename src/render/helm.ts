import { type Flight, makeFlight } from './camera.ts';
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

/** Where a flight goes: a map point and a scale (CSS pixels per map unit), or a rectangle to fit. */
export type FlightTarget = { readonly center: MapPoint; readonly scale: number } | Bounds;

/** Holds the viewport and moves it. Knows no clock: `tick` is told the time. */
export interface Helm {
  readonly viewport: Viewport;
  /** Scale at which the whole map fits. */
  readonly fitScale: number;
  readonly isMoving: boolean;
  /** The whole map is shown, or flown to, and followed as it grows: nobody has moved it. */
  readonly isFitting: boolean;
  /** A new canvas size: the middle stays, or the map is fitted again when nobody has moved it. */
  resize(size: Size): void;
  /** What panels cover now; followed within `animateMs` as long as nobody has moved the map. */
  setInsets(insets: Insets, animateMs: number): void;
  /** New bounds of the data; followed within `animateMs` as long as nobody has moved the map. */
  setBounds(bounds: Bounds, animateMs: number): void;
  /** Ends any flight. */
  set(viewport: Viewport): void;
  panBy(dx: number, dy: number, animateMs: number): void;
  zoomBy(factor: number, pixel: PixelPoint | null, animateMs: number): void;
  flyTo(target: FlightTarget): void;
  fit(): void;
  /** Moves to where the flight is at `nowMs`. */
  tick(nowMs: number): void;
}

/**
 * A helm over an empty map without size. With `reducedMotion` everything is instantaneous. A step (key, button, wheel
 * notch) taken during a flight adds to where the flight goes, so that quick steps are not lost.
 */
export function makeHelm(reducedMotion: boolean): Helm {
  const nothing = { widthPx: 0, heightPx: 0 };
  const course: Course = {
    reducedMotion,
    size: nothing,
    insets: NO_INSETS,
    limits: limitsFor(WHOLE_MAP, nothing),
    viewport: fitBounds(WHOLE_MAP, nothing),
    flight: null,
    startedMs: -1,
    followsData: true,
  };
  /** Somebody moves the map: from now on it no longer follows the data. */
  const steer = (to: Viewport, durationMs?: number) => {
    course.followsData = false;
    move(course, to, durationMs);
  };
  return {
    get viewport() {
      return course.viewport;
    },
    get fitScale() {
      return course.limits.fitScale;
    },
    get isMoving() {
      return course.flight !== null;
    },
    get isFitting() {
      return course.followsData;
    },
    resize: (size) => resize(course, size),
    setInsets(insets, animateMs) {
      const { top, right, bottom, left } = course.insets;
      if (insets.top === top && insets.right === right && insets.bottom === bottom && insets.left === left) return;
      course.insets = insets;
      refit(course, course.limits.bounds, animateMs);
    },
    setBounds: (bounds, animateMs) => refit(course, bounds, animateMs),
    set: (to) => steer(to, 0),
    panBy: (dx, dy, animateMs) => steer(panBy(goalOf(course), dx, dy), animateMs),
    zoomBy(factor, pixel, animateMs) {
      const at = pixel ?? freeCenter(course.size, course.insets);
      steer(zoomWithin(goalOf(course), at, factor, course.limits), animateMs);
    },
    flyTo(target) {
      const { size, insets } = course;
      steer('minX' in target ? fitBounds(target, size, insets) : lookAt(target.center, target.scale, size, insets));
    },
    fit() {
      course.followsData = true;
      move(course, fitBounds(course.limits.bounds, course.size, course.insets));
    },
    tick: (nowMs) => tick(course, nowMs),
  };
}

interface Course {
  readonly reducedMotion: boolean;
  size: Size;
  insets: Insets;
  limits: ViewportLimits;
  viewport: Viewport;
  flight: Flight | null;
  /** −1 until the first tick of the flight. */
  startedMs: number;
  followsData: boolean;
}

function goalOf({ flight, viewport }: Course): Viewport {
  return flight?.to ?? viewport;
}

function jump(course: Course, to: Viewport): void {
  const sized = { ...to, ...course.size };
  course.flight = null;
  // A canvas without size has no limits: what was asked for waits until it has one.
  course.viewport = course.size.widthPx > 0 ? clampViewport(sized, course.limits) : sized;
}

/** Flies; at once when there is no time, no size, no motion wanted, or no way to go. */
function move(course: Course, to: Viewport, durationMs?: number): void {
  if (course.reducedMotion || durationMs === 0 || course.size.widthPx === 0) {
    jump(course, to);
    return;
  }
  const goal = clampViewport({ ...to, ...course.size }, course.limits);
  course.flight = isSamePicture(course.viewport, goal) ? null : makeFlight(course.viewport, goal, durationMs);
  course.startedMs = -1;
}

/** Whether two views of one size differ by less than a hundredth of a pixel anywhere. */
function isSamePicture(a: Viewport, b: Viewport): boolean {
  const shift = Math.max(Math.abs(a.center.x - b.center.x), Math.abs(a.center.y - b.center.y)) * a.scale;
  const growth = Math.abs(a.scale / b.scale - 1) * Math.max(a.widthPx, a.heightPx);
  return shift + growth < 0.01;
}

function resize(course: Course, size: Size): void {
  if (size.widthPx === course.size.widthPx && size.heightPx === course.size.heightPx) return;
  course.size = size;
  course.limits = limitsFor(course.limits.bounds, size, course.insets);
  jump(course, course.followsData ? fitBounds(course.limits.bounds, size, course.insets) : goalOf(course));
}

function refit(course: Course, bounds: Bounds, durationMs: number): void {
  course.limits = limitsFor(bounds, course.size, course.insets);
  if (course.followsData) move(course, fitBounds(bounds, course.size, course.insets), durationMs);
  else if (!course.flight) jump(course, course.viewport);
}

function tick(course: Course, nowMs: number): void {
  const { flight } = course;
  if (!flight) return;
  if (course.startedMs < 0) course.startedMs = nowMs;
  course.viewport = flight.at(nowMs - course.startedMs);
  if (nowMs - course.startedMs >= flight.durationMs) course.flight = null;
}
