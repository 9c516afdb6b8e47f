import { type MapPoint, toPixel, type Viewport } from './viewport.ts';

/** A planned motion of the viewport. */
export interface Flight {
  readonly to: Viewport;
  readonly durationMs: number;
  /** The viewport `elapsedMs` after the start; exactly `to` from `durationMs` on. */
  at(elapsedMs: number): Viewport;
}

/** ρ of van Wijk & Nuij: how far a flight zooms out to travel. Their user study found 1.42 best. */
const RHO = Math.SQRT2;

/** Their V, in path units a millisecond: a pleasant speed on maps of this size. */
const PATH_PER_MS = 1.6 / 1000;

const MIN_FLIGHT_MS = 220;
const MAX_FLIGHT_MS = 1600;

/**
 * A flight between two viewports of one canvas size. If both are one view zoomed about a visible point, that point is
 * fixed and the scale grows evenly. Otherwise the path is the optimal one of van Wijk & Nuij, "Smooth and efficient
 * zooming and panning", InfoVis 2003, equations (9) and (12). Eased at both ends. `durationMs` overrides their length.
 */
export function makeFlight(from: Viewport, to: Viewport, durationMs?: number): Flight {
  const path = isZoomInSight(from, to) ? zoomPath(from, to) : travelPath(from, to);
  const ms = durationMs ?? Math.min(Math.max(path.length / PATH_PER_MS, MIN_FLIGHT_MS), MAX_FLIGHT_MS);
  const at = (elapsedMs: number): Viewport => {
    if (!(elapsedMs < ms)) return to;
    const { center, scale } = path.at(easeInOut(Math.max(elapsedMs, 0) / ms));
    return { ...to, center, scale };
  };
  return { to, durationMs: ms, at };
}

/** 0…1 → 0…1, at rest at both ends. */
function easeInOut(t: number): number {
  return t < 0.5 ? 4 * t * t * t : 1 - (2 - 2 * t) ** 3 / 2;
}

/** 0…1 → 0…1, quick to start: motion that follows new data may be interrupted at any time without seeming to stall. */
export function easeOut(t: number): number {
  return 1 - (1 - t) ** 3;
}

interface Path {
  /** In units of the paper: 1 is a zoom by e^√2. */
  readonly length: number;
  at(t: number): { center: MapPoint; scale: number };
}

/** Whether some map point is at the same pixel in both views, and visible in both. */
function isZoomInSight(from: Viewport, to: Viewport): boolean {
  if (Math.abs(Math.log(to.scale / from.scale)) < 0.05) return false;
  const share = from.scale / (from.scale - to.scale);
  const fixed = toPixel(from, {
    x: to.center.x + (from.center.x - to.center.x) * share,
    y: to.center.y + (from.center.y - to.center.y) * share,
  });
  return fixed.px >= 0 && fixed.px <= from.widthPx && fixed.py >= 0 && fixed.py <= from.heightPx;
}

function zoomPath(from: Viewport, to: Viewport): Path {
  const ratio = to.scale / from.scale;
  const at = (t: number) => {
    const scale = from.scale * ratio ** t;
    const share = (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
    return { center: between(from.center, to.center, share), scale };
  };
  return { length: Math.abs(Math.log(ratio)) / RHO, at };
}

function travelPath(from: Viewport, to: Viewport): Path {
  const w0 = from.widthPx / from.scale;
  const w1 = from.widthPx / to.scale;
  const distance = Math.hypot(to.center.x - from.center.x, to.center.y - from.center.y);
  if (distance < 1e-6 * w0) return shortPath(from, to);
  const rho2 = RHO * RHO;
  const b0 = (w1 * w1 - w0 * w0 + rho2 * rho2 * distance * distance) / (2 * w0 * rho2 * distance);
  const b1 = (w1 * w1 - w0 * w0 - rho2 * rho2 * distance * distance) / (2 * w1 * rho2 * distance);
  const r0 = -Math.asinh(b0);
  const r1 = -Math.asinh(b1);
  const length = (r1 - r0) / RHO;
  const at = (t: number) => {
    const r = RHO * length * t + r0;
    const travelled = (w0 / rho2) * (Math.cosh(r0) * Math.tanh(r) - Math.sinh(r0));
    const width = (w0 * Math.cosh(r0)) / Math.cosh(r);
    return { center: between(from.center, to.center, travelled / distance), scale: from.widthPx / width };
  };
  return { length, at };
}

/** A path for motions so small that the terms of the formulas above cancel. */
function shortPath(from: Viewport, to: Viewport): Path {
  const ratio = to.scale / from.scale;
  const at = (t: number) => ({ center: between(from.center, to.center, t), scale: from.scale * ratio ** t });
  return { length: 0, at };
}

function between(a: MapPoint, b: MapPoint, share: number): MapPoint {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}
