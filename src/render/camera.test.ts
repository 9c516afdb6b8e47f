import { describe, expect, it } from 'vitest';
import { makeCamera } from './camera.ts';
import { fitBounds, toMap, toPixel, WHOLE_MAP } from './viewport.ts';

const size = { widthPx: 1000, heightPx: 700 };
const insets = { top: 0, right: 0, bottom: 0, left: 300 };

function steered(reducedMotion = false) {
  const camera = makeCamera(reducedMotion);
  camera.resize(size);
  return camera;
}

function land(camera: ReturnType<typeof makeCamera>): void {
  for (let nowMs = 0; camera.isMoving; nowMs += 16) camera.tick(nowMs);
}

describe('camera', () => {
  it('fits the data until somebody moves the map', () => {
    const camera = steered();
    const bounds = { minX: -0.5, minY: -0.1, maxX: 0.5, maxY: 0.1 };
    camera.setBounds(bounds, 0);
    expect(camera.viewport).toEqual(fitBounds(bounds, size));
    camera.panBy(30, 0, 0);
    const moved = camera.viewport;
    camera.setBounds({ ...bounds, maxY: 0.4 }, 0);
    camera.resize({ widthPx: 900, heightPx: 600 });
    expect(camera.viewport.center).toEqual(moved.center);
    expect(camera.viewport.scale).toBe(moved.scale);
    camera.fit();
    land(camera);
    expect(camera.viewport).toEqual(fitBounds({ ...bounds, maxY: 0.4 }, { widthPx: 900, heightPx: 600 }));
  });

  it('fits what lies near, and can be moved to show all of it', () => {
    const camera = steered();
    const near = { minX: -1, minY: -1, maxX: 1, maxY: 1 };
    const all = { ...near, maxX: 900, maxY: 40 };
    camera.setBounds(all, 0, near);
    expect(camera.viewport).toEqual(fitBounds(near, size));
    expect(camera.fitScale).toBe(fitBounds(near, size).scale);
    camera.flyTo(all);
    land(camera);
    expect(camera.viewport).toEqual(fitBounds(all, size));
    camera.fit();
    land(camera);
    camera.setInsets(insets, 0);
    expect(camera.viewport).toEqual(fitBounds(near, size, insets));
    camera.resize({ widthPx: 900, heightPx: 600 });
    expect(camera.viewport).toEqual(fitBounds(near, { widthPx: 900, heightPx: 600 }, insets));
  });

  it('makes room when a panel opens', () => {
    const camera = steered();
    camera.setInsets(insets, 280);
    expect(camera.isMoving).toBe(true);
    land(camera);
    expect(camera.viewport).toEqual(fitBounds(WHOLE_MAP, size, insets));
  });

  it('stays where it is for a panel beside it, and makes room at the next fit', () => {
    const camera = steered();
    const { viewport } = camera;
    camera.setInsets(insets, null);
    expect(camera.isMoving).toBe(false);
    expect(camera.viewport).toEqual(viewport);
    camera.fit();
    land(camera);
    expect(camera.viewport).toEqual(fitBounds(WHOLE_MAP, size, insets));
  });

  it('does not move to where it is', () => {
    const camera = steered();
    camera.setBounds({ minX: -0.5, minY: -0.1, maxX: 0.5, maxY: 0.1 }, 0);
    const { viewport } = camera;
    camera.fit();
    expect(camera.isMoving).toBe(false);
    expect(camera.viewport).toBe(viewport);
  });

  it('flies to a point in the middle of the free part', () => {
    const camera = steered(true);
    camera.setInsets(insets, 0);
    camera.flyTo({ center: { x: 0.2, y: 0.1 }, scale: 3000 });
    const pixel = toPixel(camera.viewport, { x: 0.2, y: 0.1 });
    expect(pixel.px).toBeCloseTo(650);
    expect(pixel.py).toBeCloseTo(350);
  });

  it('adds up steps that come faster than they are flown', () => {
    const camera = steered();
    const pixel = { px: 200, py: 150 };
    const fixed = toMap(camera.viewport, pixel);
    const { scale } = camera.viewport;
    camera.zoomBy(2, pixel, 120);
    camera.tick(0);
    camera.tick(30);
    camera.zoomBy(2, pixel, 120);
    land(camera);
    expect(camera.viewport.scale).toBeCloseTo(scale * 4);
    expect(toPixel(camera.viewport, fixed).px).toBeCloseTo(pixel.px);
  });

  it('stops a flight when told where to be, and never moves by itself with reduced motion', () => {
    const camera = steered();
    camera.flyTo({ minX: 0, minY: 0, maxX: 0.1, maxY: 0.1 });
    camera.tick(0);
    camera.set({ ...camera.viewport, scale: 500 });
    expect(camera.isMoving).toBe(false);
    expect(camera.viewport.scale).toBe(500);
    const still = steered(true);
    still.flyTo({ minX: 0, minY: 0, maxX: 0.1, maxY: 0.1 });
    expect(still.isMoving).toBe(false);
    expect(still.viewport.center.x).toBeCloseTo(0.05);
  });

  it('keeps what it was told before the canvas had a size', () => {
    const camera = makeCamera(false);
    camera.set({ center: { x: 0.3, y: 0.2 }, scale: 4000, widthPx: 0, heightPx: 0 });
    camera.resize(size);
    expect(camera.viewport).toEqual({ center: { x: 0.3, y: 0.2 }, scale: 4000, ...size });
  });

  it('keeps within limits', () => {
    const camera = steered();
    camera.zoomBy(1e-6, null, 0);
    expect(camera.viewport.scale).toBeCloseTo(camera.fitScale / 4);
    camera.zoomBy(1e9, null, 0);
    expect(camera.viewport.scale).toBeCloseTo(camera.fitScale * 400);
  });
});
