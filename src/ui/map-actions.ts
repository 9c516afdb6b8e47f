import { StageError } from '../model/failure.ts';
import type { Shot } from '../render/painter.ts';
import type { Renderer } from '../render/renderer.ts';
import type { PixelPoint, Viewport } from '../render/viewport.ts';
import { panelInsets } from './insets.ts';
import { getState, setState } from './store.ts';

let renderer: Renderer | null = null;

/** The map view announces its renderer here, so that buttons and lists can move the map. */
export function setRenderer(current: Renderer | null): void {
  renderer = current;
}

/** A paper's neighbourhood fills the view at this share of the whole map's width. */
const CLOSE_UP = 6;

/** Selects a paper and moves the view to it, zoomed in enough to tell it from its neighbours. */
export function goToPaper(index: number): void {
  setState({ selected: index });
  const positions = getState().shown?.positions;
  if (!renderer || !positions) return;
  const x = positions[2 * index];
  const y = positions[2 * index + 1];
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  // Now, not in the effect that follows the store: the flight must aim past the panel that is about to open.
  renderer.setInsets(panelInsets({ hasPanel: true, hasHits: getState().hits !== null }));
  renderer.flyTo({ center: { x, y }, scale: Math.max(renderer.viewport.scale, renderer.fitScale * CLOSE_UP) });
}

export function zoomBy(factor: number): void {
  renderer?.zoomBy(factor);
}

export function fitMap(): void {
  renderer?.fit();
}

/** Middle of the canvas in map units, and the zoom: at 1 the canvas's shorter side is 2 map units, a whole map. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Where the map is looked at; null before it is drawn, and while the whole of it fits in the view anyway. */
export function currentCamera(): Camera | null {
  if (!renderer || renderer.isFitting) return null;
  const { center, scale } = renderer.viewport;
  return { x: center.x, y: center.y, zoom: scale / wholeScale(renderer.viewport) };
}

/** Looks at the map from `camera`, at once; out of range is held to the map's limits. */
export function showCamera({ x, y, zoom }: Camera): void {
  if (renderer)
    renderer.setViewport({ ...renderer.viewport, center: { x, y }, scale: zoom * wholeScale(renderer.viewport) });
}

/** Not the scale at which the map fits: that depends on which panels are open. */
function wholeScale({ widthPx, heightPx }: Viewport): number {
  return Math.min(widthPx, heightPx) / 2;
}

/** How the map is drawn now; null when it is not. */
export function mapShot(): Shot | null {
  return renderer?.shot() ?? null;
}

/** The map as it is now, as PNG, without anything that stands over it. Rejects while there is nothing to draw on. */
export function mapSnapshot(): Promise<Blob> {
  if (!renderer) return Promise.reject(new StageError('no-webgl', 'render', 'there is no map to take a picture of'));
  return renderer.snapshot();
}

/** Where a paper stands on the page, in CSS pixels from the map's upper left corner; null when it has no place. */
export function pixelOfPaper(index: number): PixelPoint | null {
  return renderer?.locate(index) ?? null;
}

const followers = new Set<() => void>();

/** Called by the renderer in each frame with a new viewport. */
export function announceViewport(): void {
  for (const follow of followers) follow();
}

/** Runs `follow` whenever the view moves, until the returned function is called. */
export function followViewport(follow: () => void): () => void {
  followers.add(follow);
  return () => followers.delete(follow);
}
