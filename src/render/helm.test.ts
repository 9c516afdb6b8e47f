import { describe, expect, it } from 'vitest';
import { makeHelm } from './helm.ts';
import { fitBounds, toMap, toPixel, WHOLE_MAP } from './viewport.ts';

const size = { widthPx: 1000, heightPx: 700 };
const insets = { top: 0, right: 0, bottom: 0, left: 300 };

function steered(reducedMotion = false) {
  const helm = makeHelm(reducedMotion);
  helm.resize(size);
  return helm;
}

function land(helm: ReturnType<typeof makeHelm>): void {
  for (let nowMs = 0; helm.isMoving; nowMs += 16) helm.tick(nowMs);
}

describe('helm', () => {
  it('fits the data until somebody moves the map', () => {
    const helm = steered();
    const bounds = { minX: -0.5, minY: -0.1, maxX: 0.5, maxY: 0.1 };
    helm.setBounds(bounds, 0);
    expect(helm.viewport).toEqual(fitBounds(bounds, size));
    helm.panBy(30, 0, 0);
    const moved = helm.viewport;
    helm.setBounds({ ...bounds, maxY: 0.4 }, 0);
    helm.resize({ widthPx: 900, heightPx: 600 });
    expect(helm.viewport.center).toEqual(moved.center);
    expect(helm.viewport.scale).toBe(moved.scale);
    helm.fit();
    land(helm);
    expect(helm.viewport).toEqual(fitBounds({ ...bounds, maxY: 0.4 }, { widthPx: 900, heightPx: 600 }));
  });

  it('makes room when a panel opens', () => {
    const helm = steered();
    helm.setInsets(insets, 280);
    expect(helm.isMoving).toBe(true);
    land(helm);
    expect(helm.viewport).toEqual(fitBounds(WHOLE_MAP, size, insets));
  });

  it('does not move to where it is', () => {
    const helm = steered();
    helm.setBounds({ minX: -0.5, minY: -0.1, maxX: 0.5, maxY: 0.1 }, 0);
    const { viewport } = helm;
    helm.fit();
    expect(helm.isMoving).toBe(false);
    expect(helm.viewport).toBe(viewport);
  });

  it('flies to a point in the middle of the free part', () => {
    const helm = steered(true);
    helm.setInsets(insets, 0);
    helm.flyTo({ center: { x: 0.2, y: 0.1 }, scale: 3000 });
    const pixel = toPixel(helm.viewport, { x: 0.2, y: 0.1 });
    expect(pixel.px).toBeCloseTo(650);
    expect(pixel.py).toBeCloseTo(350);
  });

  it('adds up steps that come faster than they are flown', () => {
    const helm = steered();
    const pixel = { px: 200, py: 150 };
    const fixed = toMap(helm.viewport, pixel);
    const { scale } = helm.viewport;
    helm.zoomBy(2, pixel, 120);
    helm.tick(0);
    helm.tick(30);
    helm.zoomBy(2, pixel, 120);
    land(helm);
    expect(helm.viewport.scale).toBeCloseTo(scale * 4);
    expect(toPixel(helm.viewport, fixed).px).toBeCloseTo(pixel.px);
  });

  it('stops a flight when told where to be, and never moves by itself with reduced motion', () => {
    const helm = steered();
    helm.flyTo({ minX: 0, minY: 0, maxX: 0.1, maxY: 0.1 });
    helm.tick(0);
    helm.set({ ...helm.viewport, scale: 500 });
    expect(helm.isMoving).toBe(false);
    expect(helm.viewport.scale).toBe(500);
    const still = steered(true);
    still.flyTo({ minX: 0, minY: 0, maxX: 0.1, maxY: 0.1 });
    expect(still.isMoving).toBe(false);
    expect(still.viewport.center.x).toBeCloseTo(0.05);
  });

  it('keeps what it was told before the canvas had a size', () => {
    const helm = makeHelm(false);
    helm.set({ center: { x: 0.3, y: 0.2 }, scale: 4000, widthPx: 0, heightPx: 0 });
    helm.resize(size);
    expect(helm.viewport).toEqual({ center: { x: 0.3, y: 0.2 }, scale: 4000, ...size });
  });

  it('keeps within limits', () => {
    const helm = steered();
    helm.zoomBy(1e-6, null, 0);
    expect(helm.viewport.scale).toBeCloseTo(helm.fitScale / 4);
    helm.zoomBy(1e9, null, 0);
    expect(helm.viewport.scale).toBeCloseTo(helm.fitScale * 400);
  });
});
