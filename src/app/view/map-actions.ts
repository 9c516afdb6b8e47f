import { StageError } from '../../model/failure.ts';
import { type PapersWithin, papersWithin } from '../../render/area.ts';
import type { Renderer } from '../../render/renderer.ts';
import type { DrawSettings } from '../../render/scene.ts';
import {
  boundsOf,
  coreBounds,
  fitBounds,
  type Insets,
  type MapPoint,
  type PixelPoint,
  toMap,
  toPixel,
  type Viewport,
} from '../../render/viewport.ts';
import { keptPlaces } from '../filter/filter-state.ts';
import { getState, hasOpenPanel, type State, setState } from '../store.ts';
import { panelInsets } from './insets.ts';

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
  renderer.setInsets(panelInsets({ ...openParts(getState()), hasPanel: true }));
  renderer.flyTo({ center: { x, y }, scale: Math.max(renderer.viewport.scale, renderer.fitScale * CLOSE_UP) });
}

/** Moves the view so that it shows nearly all of `papers`. */
export function flyToPapers(papers: readonly number[]): void {
  const positions = getState().shown?.positions;
  const bounds = positions && coreBounds(positions, papers);
  if (!renderer || !bounds) return;
  const insets = panelInsets({ ...openParts(getState()), hasPanel: true });
  // Now, not in the effect that follows the store: the flight must aim past the panel that is about to open.
  renderer.setInsets(insets);
  const { widthPx, heightPx } = renderer.viewport;
  const { scale } = fitBounds(bounds, { widthPx, heightPx }, insets);
  const center = { x: (bounds.minX + bounds.maxX) / 2, y: (bounds.minY + bounds.maxY) / 2 };
  renderer.flyTo({ center, scale: Math.min(scale, renderer.fitScale * CLOSE_UP) });
}

/** Shows where a paper is without opening it: it is ringed, and the view moves only when it lies outside. */
export function walkToPaper(index: number): void {
  setState({ hovered: index });
  const pixel = pixelOfPaper(index);
  const positions = getState().shown?.positions;
  if (!renderer || !pixel || !positions || sideOf(pixel, freeRectangle()) === null) return;
  renderer.flyTo({ center: { x: positions[2 * index], y: positions[2 * index + 1] }, scale: renderer.viewport.scale });
}

/** Moves the view so that all of these papers are in it. */
export function fitPapers(indices: ArrayLike<number>): void {
  const positions = getState().shown?.positions;
  if (!renderer || !positions || indices.length === 0) return;
  const places = new Float32Array(2 * indices.length);
  for (let i = 0; i < indices.length; i++) places.set(positions.subarray(2 * indices[i], 2 * indices[i] + 2), 2 * i);
  renderer.flyTo(boundsOf(places));
}

export type Side = 'top' | 'right' | 'bottom' | 'left';

/** Papers that lie outside the part of the map that no panel covers, by the side where they are farthest out. O(papers). */
export function papersOutside(indices: ArrayLike<number>): Record<Side, number[]> {
  const outside: Record<Side, number[]> = { top: [], right: [], bottom: [], left: [] };
  const positions = getState().shown?.positions;
  if (!renderer || !positions) return outside;
  const { from, to } = freeBounds(renderer.viewport);
  // In each frame of a flight, of all hits: nothing is made for each of them.
  for (let i = 0; i < indices.length; i++) {
    const x = positions[2 * indices[i]];
    const y = positions[2 * indices[i] + 1];
    const farthest = Math.max(y - to.y, x - to.x, from.y - y, from.x - x);
    if (!(farthest > 0)) continue;
    const side =
      farthest === y - to.y ? 'top' : farthest === x - to.x ? 'right' : farthest === from.y - y ? 'bottom' : 'left';
    outside[side].push(indices[i]);
  }
  return outside;
}

/**
 * The papers in the part of the map that no panel covers, up to `limit` by nearness to its middle, without those that filters
 * leave out; null without a map.
 */
export function papersInView(limit: number): PapersWithin | null {
  const positions = keptPlaces(getState());
  if (!renderer || !positions) return null;
  const { from, to } = freeBounds(renderer.viewport);
  const center = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return papersWithin(positions, { minX: from.x, maxX: to.x, minY: from.y, maxY: to.y }, center, limit);
}

/** The part of the page that no panel covers, as distances from the page's sides. */
export function freeInsets(): Insets {
  return panelInsets(openParts(getState()));
}

/** Where a point of the map stands on the page; null while nothing is drawn. */
export function pixelOfPoint(point: MapPoint): PixelPoint | null {
  return renderer && toPixel(renderer.viewport, point);
}

export function zoomBy(factor: number): void {
  renderer?.zoomBy(factor);
}

/** Drags the map by CSS pixels, y down. */
export function panMap(dx: number, dy: number): void {
  renderer?.panBy(dx, dy, { animateMs: PAN_MS });
}

const PAN_MS = 160;

export function fitMap(): void {
  renderer?.fit();
}

/** What the map's buttons take beside the edge, or beside the panel that is open. */
export const CONTROLS_PX = 46;
/** Below, as in styles/layout.css, such a strip would be too much of the page: the buttons are a cover there. */
export const WIDE_PX = 640;

/** By who told of them, boxes that stand over the map, as distances from the upper left corner of the page. */
const coversOf = new Map<string, readonly Insets[]>();
let covers: readonly Insets[] = [];

/** Tells where something of `owner` stands over the map that names must not. */
export function setCovers(owner: string, boxes: readonly Insets[]): void {
  if (JSON.stringify(boxes) === JSON.stringify(coversOf.get(owner) ?? [])) return;
  coversOf.set(owner, boxes);
  covers = [...coversOf.values()].flat();
  announceViewport();
}

/** What is looked at now, and what covers it: panels at its sides, boxes within; null without a map. */
export function currentView():
  | (Viewport & { readonly insets: Insets; readonly covers: readonly Insets[]; readonly fitScale: number })
  | null {
  if (!renderer) return null;
  const insets = freeInsets();
  // The buttons in the corner cover a strip that flights and fits may use, and names may not.
  const isWide = renderer.viewport.widthPx > WIDE_PX;
  const right = isWide ? insets.right + CONTROLS_PX : insets.right;
  return { ...renderer.viewport, fitScale: renderer.fitScale, insets: { ...insets, right }, covers };
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
export function mapShot(): DrawSettings | null {
  return renderer?.drawSettings() ?? null;
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

function openParts(state: State): Parameters<typeof panelInsets>[0] {
  const [hasHits, hasTime, hasWay] = [state.hits !== null, state.timeline !== null, state.comparison !== null];
  return { hasPanel: hasOpenPanel(state), hasHits, hasTime, hasWay };
}

function freeRectangle(): Insets {
  const { top, right, bottom, left } = freeInsets();
  return { top, right: window.innerWidth - right, bottom: window.innerHeight - bottom, left };
}

/** The corners of the part of the map that no panel covers, in map units: lower left, upper right. */
function freeBounds(viewport: Viewport): { readonly from: MapPoint; readonly to: MapPoint } {
  const { top, right, bottom, left } = freeRectangle();
  return { from: toMap(viewport, { px: left, py: bottom }), to: toMap(viewport, { px: right, py: top }) };
}

function sideOf({ px, py }: PixelPoint, free: Insets): Side | null {
  const over: Record<Side, number> = {
    top: free.top - py,
    right: px - free.right,
    bottom: py - free.bottom,
    left: free.left - px,
  };
  let farthest: Side | null = null;
  for (const side of SIDES) if (over[side] > (farthest === null ? 0 : over[farthest])) farthest = side;
  return farthest;
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const;
