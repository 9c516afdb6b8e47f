import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  clampViewport,
  coreBounds,
  fitBounds,
  freeCenter,
  largestZoom,
  limitsFor,
  lookAt,
  type PixelPoint,
  panBy,
  toMap,
  toPixel,
  type Viewport,
  visibleBounds,
  WHOLE_MAP,
  zoomWithin,
} from './viewport.ts';

const all = Number.POSITIVE_INFINITY;
const NO_LIMITS = { bounds: { minX: -all, minY: -all, maxX: all, maxY: all }, fitScale: 1, minScale: 0, maxScale: all };
const zoomAt = (viewport: Viewport, pixel: PixelPoint, factor: number) =>
  zoomWithin(viewport, pixel, factor, NO_LIMITS);

const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
const viewports: fc.Arbitrary<Viewport> = fc.record({
  center: fc.record({ x: coordinate, y: coordinate }),
  scale: fc.double({ min: 50, max: 1e5, noNaN: true }),
  widthPx: fc.integer({ min: 1, max: 4000 }),
  heightPx: fc.integer({ min: 1, max: 4000 }),
});
const pixels = fc.record({ px: fc.integer({ min: -100, max: 4000 }), py: fc.integer({ min: -100, max: 4000 }) });

describe('viewport', () => {
  it('maps pixels to the map and back', () => {
    fc.assert(
      fc.property(viewports, pixels, (viewport, pixel) => {
        const back = toPixel(viewport, toMap(viewport, pixel));
        expect(back.px).toBeCloseTo(pixel.px, 5);
        expect(back.py).toBeCloseTo(pixel.py, 5);
      }),
    );
  });

  it('has y up on the map and down on the canvas', () => {
    const viewport = { center: { x: 0, y: 0 }, scale: 100, widthPx: 400, heightPx: 200 };
    expect(toPixel(viewport, { x: 1, y: 0.5 })).toEqual({ px: 300, py: 50 });
  });

  it('leaves out one in twenty-five at each end of an axis, and what has no place', () => {
    const positions = Float32Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? i / 2 : -i));
    positions.fill(Number.NaN, 2, 4);
    const papers = Array.from({ length: 100 }, (_, i) => i);
    expect(coreBounds(positions, papers)).toEqual({ minX: 4, maxX: 96, minY: -193, maxY: -9 });
    expect(coreBounds(positions, [7])).toEqual({ minX: 7, maxX: 7, minY: -15, maxY: -15 });
    expect(coreBounds(positions, [])).toBeNull();
  });

  it('keeps the point under the pointer there while zooming', () => {
    fc.assert(
      fc.property(viewports, pixels, fc.double({ min: 0.1, max: 10, noNaN: true }), (viewport, pixel, factor) => {
        const after = toPixel(zoomAt(viewport, pixel, factor), toMap(viewport, pixel));
        expect(after.px).toBeCloseTo(pixel.px, 4);
        expect(after.py).toBeCloseTo(pixel.py, 4);
      }),
    );
  });

  it('moves every point by the dragged distance', () => {
    fc.assert(
      fc.property(viewports, pixels, (viewport, by) => {
        const before = toPixel(viewport, { x: 0.3, y: -0.2 });
        const after = toPixel(panBy(viewport, by.px, by.py), { x: 0.3, y: -0.2 });
        expect(after.px - before.px).toBeCloseTo(by.px, 4);
        expect(after.py - before.py).toBeCloseTo(by.py, 4);
      }),
    );
  });

  it('fits bounds into the part that no panel covers', () => {
    const size = { widthPx: 1200, heightPx: 800 };
    const insets = { top: 60, right: 20, bottom: 40, left: 360 };
    const viewport = fitBounds({ minX: -1, minY: -0.5, maxX: 1, maxY: 0.5 }, size, insets);
    const corner = toPixel(viewport, { x: -1, y: 0.5 });
    const opposite = toPixel(viewport, { x: 1, y: -0.5 });
    expect(corner.px).toBeGreaterThan(360);
    expect(corner.py).toBeGreaterThan(60);
    expect(opposite.px).toBeLessThan(1180);
    expect(opposite.py).toBeLessThan(760);
    const middle = toPixel(viewport, { x: 0, y: 0 });
    expect(middle.px).toBeCloseTo(freeCenter(size, insets).px);
    expect(middle.py).toBeCloseTo(freeCenter(size, insets).py);
  });

  it('gives a finite viewport for one paper, for no size, and for insets larger than the canvas', () => {
    const dot = { minX: 0.2, minY: 0.2, maxX: 0.2, maxY: 0.2 };
    expect(fitBounds(dot, { widthPx: 500, heightPx: 500 }).scale).toBeLessThan(20_000);
    expect(fitBounds(WHOLE_MAP, { widthPx: 0, heightPx: 0 }).scale).toBeGreaterThan(0);
    const covered = fitBounds(WHOLE_MAP, { widthPx: 300, heightPx: 300 }, { top: 400, right: 0, bottom: 0, left: 500 });
    expect(covered.scale).toBeGreaterThan(0);
    expect(Number.isFinite(covered.center.x)).toBe(true);
  });

  it('clamps to limits once and for all, keeping data in view', () => {
    fc.assert(
      fc.property(viewports, (viewport) => {
        const limits = limitsFor({ bounds: WHOLE_MAP }, viewport);
        const clamped = clampViewport(viewport, limits);
        expect(clamped.scale).toBeGreaterThanOrEqual(limits.minScale);
        expect(clamped.scale).toBeLessThanOrEqual(limits.maxScale);
        expect(clampViewport(clamped, limits)).toEqual(clamped);
        const seen = visibleBounds(clamped);
        expect(seen.minX).toBeLessThan(1);
        expect(seen.maxX).toBeGreaterThan(-1);
      }),
    );
  });

  it('ends zooming in where crowded ground holds about one paper in view', () => {
    expect(largestZoom(12, 1)).toBe(8);
    expect(largestZoom(5000, 8)).toBe(200);
    expect(largestZoom(1_000_000, 8)).toBe(400);
    const size = { widthPx: 800, heightPx: 600 };
    const { fitScale, maxScale } = limitsFor({ bounds: WHOLE_MAP, mostZoom: 20 }, size);
    expect(maxScale).toBeCloseTo(20 * fitScale);
  });

  it('stands still when zooming beyond a limit', () => {
    const size = { widthPx: 800, heightPx: 600 };
    const limits = limitsFor({ bounds: WHOLE_MAP }, size);
    const closest = lookAt({ x: 0.1, y: 0.1 }, limits.maxScale, size);
    const after = zoomWithin(closest, { px: 10, py: 10 }, 2, limits);
    expect(after.center.x).toBeCloseTo(closest.center.x, 10);
    expect(after.scale).toBe(limits.maxScale);
  });

  it('takes bounds from placed points only', () => {
    expect(boundsOf(Float32Array.of(0, 0.5, NaN, NaN, -0.25, 1, Infinity, 0))).toEqual({
      minX: -0.25,
      minY: 0.5,
      maxX: 0,
      maxY: 1,
    });
    expect(boundsOf(Float32Array.of(NaN, NaN))).toBe(WHOLE_MAP);
  });
});
