import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MapPoint, type PixelPoint, toMap, toPixel, type Viewport, zoomWithin } from './viewport.ts';
import { easeOut, makeFlight } from './zoom-path.ts';

const all = Number.POSITIVE_INFINITY;
const NO_LIMITS = { bounds: { minX: -all, minY: -all, maxX: all, maxY: all }, fitScale: 1, minScale: 0, maxScale: all };
const zoomAt = (viewport: Viewport, pixel: PixelPoint, factor: number) =>
  zoomWithin(viewport, pixel, factor, NO_LIMITS);

const size = { widthPx: 1000, heightPx: 700 };
const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
const views: fc.Arbitrary<Viewport> = fc
  .record({ x: coordinate, y: coordinate, scale: fc.double({ min: 100, max: 50_000, noNaN: true }) })
  .map(({ x, y, scale }) => ({ center: { x, y }, scale, ...size }));

function expectNear(actual: MapPoint, expected: MapPoint, slack: number): void {
  expect(Math.hypot(actual.x - expected.x, actual.y - expected.y)).toBeLessThanOrEqual(slack);
}

describe('flight', () => {
  it('starts where it starts, ends exactly at its target, and is finite between', () => {
    fc.assert(
      fc.property(views, views, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, share) => {
        const flight = makeFlight(from, to);
        expectNear(flight.at(0).center, from.center, 1e-6);
        expect(flight.at(0).scale / from.scale).toBeCloseTo(1, 6);
        expect(flight.at(flight.durationMs)).toBe(to);
        expectNear(flight.at(flight.durationMs * (1 - 1e-6)).center, to.center, 1e-3);
        const middle = flight.at(flight.durationMs * share);
        expect(Number.isFinite(middle.center.x + middle.center.y)).toBe(true);
        expect(middle.scale).toBeGreaterThan(0);
      }),
    );
  });

  it('zooms out to travel far and not to travel near', () => {
    const from = { center: { x: -0.9, y: 0 }, scale: 20_000, ...size };
    const far = makeFlight(from, { ...from, center: { x: 0.9, y: 0 } });
    expect(far.at(far.durationMs / 2).scale).toBeLessThan(2500);
    const near = makeFlight(from, { ...from, center: { x: -0.899, y: 0 } });
    expect(near.at(near.durationMs / 2).scale).toBeGreaterThan(19_000);
  });

  it('keeps the point under the pointer there during a zoom', () => {
    const from = { center: { x: 0.1, y: 0.2 }, scale: 400, ...size };
    const pixel = { px: 120, py: 610 };
    const fixed = toMap(from, pixel);
    const flight = makeFlight(from, zoomAt(from, pixel, 3));
    for (const share of [0, 0.2, 0.5, 0.8, 0.99]) {
      const now = toPixel(flight.at(flight.durationMs * share), fixed);
      expect(now.px).toBeCloseTo(pixel.px, 6);
      expect(now.py).toBeCloseTo(pixel.py, 6);
    }
  });

  it('takes longer for longer ways, within its caps, or as long as it is told', () => {
    const from = { center: { x: -0.9, y: 0 }, scale: 400, ...size };
    const near = makeFlight(from, { ...from, center: { x: -0.7, y: 0 } });
    const far = makeFlight(from, { ...from, center: { x: 0.9, y: 0 }, scale: 40_000 });
    expect(far.durationMs).toBeGreaterThan(near.durationMs);
    expect(far.durationMs).toBeLessThanOrEqual(1600);
    expect(makeFlight(from, from, 80).durationMs).toBe(80);
  });
});

describe('easing', () => {
  it('runs from 0 to 1 without turning back', () => {
    const flight = makeFlight(
      { center: { x: 0, y: 0 }, scale: 100, ...size },
      { center: { x: 0, y: 0 }, scale: 200, ...size },
    );
    // Progress of a flight that only zooms in.
    const easeInOut = (t: number) => Math.log(flight.at(t * flight.durationMs).scale / 100) / Math.log(2);
    for (const ease of [easeInOut, easeOut]) {
      expect(ease(0)).toBe(0);
      expect(ease(1)).toBe(1);
      for (let t = 0; t < 1; t += 0.01) expect(ease(t + 0.01)).toBeGreaterThan(ease(t));
    }
  });
});
