import { describe, expect, it } from 'vitest';
import { pinchOf, wheelFactor } from './gesture-steps.ts';
import { type PixelPoint, panBy, toMap, toPixel, type Viewport, zoomWithin } from './viewport.ts';

const all = Number.POSITIVE_INFINITY;
const NO_LIMITS = { bounds: { minX: -all, minY: -all, maxX: all, maxY: all }, fitScale: 1, minScale: 0, maxScale: all };
const zoomAt = (viewport: Viewport, pixel: PixelPoint, factor: number) =>
  zoomWithin(viewport, pixel, factor, NO_LIMITS);

describe('wheel', () => {
  const wheel = (deltaY: number, deltaMode = 0, ctrlKey = false) => wheelFactor({ deltaY, deltaMode, ctrlKey });

  it('zooms in when turned away and back again when turned back', () => {
    expect(wheel(-100)).toBeGreaterThan(1);
    expect(wheel(-100) * wheel(100)).toBeCloseTo(1);
  });

  it('takes a notch as lines for about as much as one in pixels', () => {
    expect(wheel(3, 1) / wheel(100)).toBeCloseTo(1, 1);
  });

  it('follows a pinch on a trackpad more closely', () => {
    expect(wheel(-2, 0, true)).toBeGreaterThan(wheel(-2));
  });

  it('never zooms by more than e at once', () => {
    expect(wheel(-100_000)).toBeCloseTo(Math.E);
    expect(wheel(5, 2)).toBeCloseTo(1 / Math.E);
  });
});

describe('pinch', () => {
  it('keeps the map under both fingers when they do not turn', () => {
    const viewport = { center: { x: 0.2, y: -0.1 }, scale: 300, widthPx: 800, heightPx: 600 };
    const before = [
      { px: 300, py: 200 },
      { px: 500, py: 300 },
    ];
    const after = [
      { px: 250, py: 210 },
      { px: 650, py: 410 },
    ];
    const pinch = pinchOf(before, after);
    const moved = zoomAt(panBy(viewport, pinch.dx, pinch.dy), pinch.pixel, pinch.factor);
    for (const [i, finger] of before.entries()) {
      const now = toPixel(moved, toMap(viewport, finger));
      expect(now.px).toBeCloseTo(after[i].px);
      expect(now.py).toBeCloseTo(after[i].py);
    }
  });

  it('only pans while both fingers are at one place', () => {
    const finger = { px: 5, py: 5 };
    expect(pinchOf([finger, finger], [finger, { px: 50, py: 5 }]).factor).toBe(1);
  });
});
