import { placeExtent } from '../model/places.ts';

/** A point of the map: map units, y up; the longer side of the data spans −1…1. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
}

/** A point of the canvas: CSS pixels from its upper left corner, y down. */
export interface PixelPoint {
  readonly px: number;
  readonly py: number;
}

/** Which part of the map the canvas shows. */
export interface Viewport {
  /** The map point in the middle of the canvas. */
  readonly center: MapPoint;
  /** CSS pixels per map unit. */
  readonly scale: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A canvas size in CSS pixels. */
export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** An upright rectangle of the map, map units. */
export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** How much of the canvas panels cover at each side, CSS pixels. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** The limits of a viewport: see {@link clampViewport}. */
export interface ViewportLimits {
  readonly bounds: Bounds;
  /** Scale at which the map fits, without what lies far outside. */
  readonly fitScale: number;
  readonly minScale: number;
  readonly maxScale: number;
}

/** Nothing covers the canvas. */
export const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 };

/** The bounds of a map without papers. */
export const WHOLE_MAP: Bounds = { minX: -1, minY: -1, maxX: 1, maxY: 1 };

/** Share of the free canvas that stays empty around the fitted bounds. */
const FIT_MARGIN = 0.06;

/** Minimum extent of fitted bounds, so that one paper does not fill the screen. */
const MIN_EXTENT = 0.05;

/** Limits of the scale, as factors of the scale at which the map fits. */
const ZOOM = { min: 0.25, leastMax: 8, max: 400 } as const;

/** Share of the view by which the centre may leave the data, so that some data is always in view. */
const CENTER_SLACK = 0.4;

/** The pixel of a map point on the canvas. */
export function toPixel(viewport: Viewport, point: MapPoint): PixelPoint {
  return {
    px: viewport.widthPx / 2 + (point.x - viewport.center.x) * viewport.scale,
    py: viewport.heightPx / 2 - (point.y - viewport.center.y) * viewport.scale,
  };
}

/** The map point at a pixel of the canvas; the inverse of {@link toPixel}. */
export function toMap(viewport: Viewport, pixel: PixelPoint): MapPoint {
  return {
    x: viewport.center.x + (pixel.px - viewport.widthPx / 2) / viewport.scale,
    y: viewport.center.y - (pixel.py - viewport.heightPx / 2) / viewport.scale,
  };
}

/** The viewport after the map was dragged by (dx, dy) CSS pixels, y down. */
export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  const { center, scale } = viewport;
  return { ...viewport, center: { x: center.x - dx / scale, y: center.y + dy / scale } };
}

/** The part of the map that the canvas shows. */
export function visibleBounds(viewport: Viewport): Bounds {
  const halfX = viewport.widthPx / 2 / viewport.scale;
  const halfY = viewport.heightPx / 2 / viewport.scale;
  const { x, y } = viewport.center;
  return { minX: x - halfX, minY: y - halfY, maxX: x + halfX, maxY: y + halfY };
}

/** The middle of the part of the canvas that no panel covers. */
export function freeCenter(size: Size, insets: Insets): PixelPoint {
  return {
    px: (insets.left + size.widthPx - insets.right) / 2,
    py: (insets.top + size.heightPx - insets.bottom) / 2,
  };
}

/** The largest viewport that shows all of `bounds` in the part of the canvas that no panel covers. */
export function fitBounds(bounds: Bounds, size: Size, insets: Insets = NO_INSETS): Viewport {
  const freeX = Math.max(size.widthPx - insets.left - insets.right, size.widthPx * 0.1, 1);
  const freeY = Math.max(size.heightPx - insets.top - insets.bottom, size.heightPx * 0.1, 1);
  const spanX = Math.max(bounds.maxX - bounds.minX, MIN_EXTENT);
  const spanY = Math.max(bounds.maxY - bounds.minY, MIN_EXTENT);
  const scale = (1 - 2 * FIT_MARGIN) * Math.min(freeX / spanX, freeY / spanY);
  const middle = { x: (bounds.minX + bounds.maxX) / 2, y: (bounds.minY + bounds.maxY) / 2 };
  return lookAt(middle, scale, size, insets);
}

/** The viewport of the given scale that shows `point` in the middle of the part that no panel covers. */
export function lookAt(point: MapPoint, scale: number, size: Size, insets: Insets = NO_INSETS): Viewport {
  const free = freeCenter(size, insets);
  const center = {
    x: point.x - (free.px - size.widthPx / 2) / scale,
    y: point.y + (free.py - size.heightPx / 2) / scale,
  };
  return { center, scale, widthPx: size.widthPx, heightPx: size.heightPx };
}

/**
 * The largest zoom at which there is still something to see: where a view of typical, that is crowded, ground holds one
 * paper; 8 to 400. @param clumping how much more crowded it is than if papers were spread evenly, 1 or more
 */
export function largestZoom(papers: number, clumping: number): number {
  return clamp(Math.sqrt(papers * clumping), ZOOM.leastMax, ZOOM.max);
}

/** What limits are found from. */
export interface LimitsInput {
  /** Of all papers: the centre stays near. */
  readonly bounds: Bounds;
  /** The part that is shown as the whole map, without what lies far outside; default: all. */
  readonly near?: Bounds;
  /** See {@link largestZoom}; default 400. */
  readonly mostZoom?: number | undefined;
}

/** From 0.25 times the scale at which all `bounds` fit to `mostZoom` times that at which `near` fits. */
export function limitsFor(input: LimitsInput, size: Size, insets: Insets = NO_INSETS): ViewportLimits {
  const { bounds, near = bounds, mostZoom = ZOOM.max } = input;
  const fitScale = fitBounds(near, size, insets).scale;
  const minScale = Math.min(fitScale, fitBounds(bounds, size, insets).scale) * ZOOM.min;
  return { bounds, fitScale, minScale, maxScale: fitScale * mostZoom };
}

/** The viewport within the limits that is nearest to `viewport`. Idempotent. */
export function clampViewport(viewport: Viewport, limits: ViewportLimits): Viewport {
  const scale = clamp(viewport.scale, limits.minScale, limits.maxScale);
  const slackX = (CENTER_SLACK * viewport.widthPx) / scale;
  const slackY = (CENTER_SLACK * viewport.heightPx) / scale;
  const { bounds } = limits;
  const center = {
    x: clamp(viewport.center.x, bounds.minX - slackX, bounds.maxX + slackX),
    y: clamp(viewport.center.y, bounds.minY - slackY, bounds.maxY + slackY),
  };
  return { ...viewport, center, scale };
}

/**
 * The viewport `factor` times as large, within the limits, with the map point at `pixel` fixed: at a limit the map does
 * not slide.
 */
export function zoomWithin(viewport: Viewport, pixel: PixelPoint, factor: number, limits: ViewportLimits): Viewport {
  const scale = clamp(viewport.scale * factor, limits.minScale, limits.maxScale);
  const fixed = toMap(viewport, pixel);
  const center = {
    x: fixed.x - (pixel.px - viewport.widthPx / 2) / scale,
    y: fixed.y + (pixel.py - viewport.heightPx / 2) / scale,
  };
  return clampViewport({ ...viewport, center, scale }, limits);
}

/** Bounds of the placed points of `positions` (n×2; NaN = not placed); the whole map when there are none. O(n). */
export function boundsOf(positions: Float32Array): Bounds {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i + 1 < positions.length; i += 2) {
    const x = positions[i];
    const y = positions[i + 1];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return minX <= maxX ? { minX, minY, maxX, maxY } : WHOLE_MAP;
}

/** Bounds of the placed points without those far outside (see `placeExtent`); the whole map when there are none. */
export function nearBounds(positions: Float32Array): Bounds {
  return placeExtent(positions) ?? WHOLE_MAP;
}

/** Share of papers at each end of an axis that may be outside, so that outliers do not widen the view. */
const STRAYED = 0.04;

/** Bounds of nearly all of `papers` (indices into `positions`, n×2); null when none has a place. O(m log m). */
export function coreBounds(positions: Float32Array, papers: ArrayLike<number>): Bounds | null {
  const along = (axis: 0 | 1): Float32Array =>
    Float32Array.from(papers, (paper) => positions[2 * paper + axis])
      .filter(Number.isFinite)
      .sort();
  const [xs, ys] = [along(0), along(1)];
  if (xs.length === 0) return null;
  const cut = Math.floor(STRAYED * xs.length);
  const last = xs.length - 1 - cut;
  return { minX: xs[cut], minY: ys[cut], maxX: xs[last], maxY: ys[last] };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
