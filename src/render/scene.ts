import { type Density, makeDensity } from './density.ts';
import { countLayers, type DrawOrder, drawOrder } from './paper-marks.ts';
import type { RenderTheme } from './theme.ts';
import { type Bounds, boundsOf, nearBounds, type Viewport, WHOLE_MAP } from './viewport.ts';

/** What a painter has to upload before it draws; the painter clears a flag when it has. */
export interface Dirty {
  positions: boolean;
  origins: boolean;
  colors: boolean;
  states: boolean;
  links: boolean;
}

/** Straight lines between papers. */
export interface LinkGroup {
  readonly from: number;
  readonly to: readonly number[];
  /** For a hint that follows the pointer. */
  readonly isThin: boolean;
  /** For links that do not hold on the map. */
  readonly isDashed: boolean;
}

/** Everything that is drawn, in paper order. Only the functions of this file and the renderer change it. */
export interface Scene {
  count: number;
  /** Where papers are or glide to: n×2, map units, NaN = not placed. */
  target: Float32Array;
  /** Where papers came from and how far they had appeared: n×3 (x, y, 0…1); null when nothing glides. */
  origin: Float32Array | null;
  /** Eased share of the glide that is done; 1 when nothing glides. */
  mixing: number;
  /** n×3; a paper beyond its end has the theme's plain colour. */
  rgb: Uint8Array;
  /** n state bits; a paper beyond its end has none. */
  states: Uint8Array;
  /** Papers in each layer. */
  layers: Uint32Array;
  draw: DrawOrder;
  /** Paper under the pointer, or −1. */
  hovered: number;
  links: readonly LinkGroup[];
  theme: RenderTheme;
  /** Bounds of the placed targets. */
  bounds: Bounds;
  /** The same without what lies far outside. */
  near: Bounds;
  density: Density;
  readonly dirty: Dirty;
}

/** Where a paper is drawn now; see {@link locate}. Filled in place, so that hot loops allocate nothing. */
export interface Location {
  x: number;
  y: number;
  /** 0…1: how far the paper has appeared; 0 = not drawn. */
  presence: number;
}

/** One picture to draw of a scene. */
export interface DrawSettings {
  readonly viewport: Viewport;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  /** Of a plain paper, CSS pixels. */
  readonly radiusPx: number;
  /** Of a highlighted paper, CSS pixels. */
  readonly markedRadiusPx: number;
  /** Of a plain paper, 0…1. */
  readonly opacity: number;
  /** Share of the plain and of the dimmed papers that is drawn, the first in drawing order, 0…1. */
  readonly share: number;
}

/** What a painter holds now. */
export interface PainterStats {
  /** Draw calls of the last picture. */
  readonly drawCalls: number;
  /** Live buffers on the GPU; 0 for Canvas 2D. */
  readonly buffers: number;
  /** Bytes in these. */
  readonly bytes: number;
}

/** Draws scenes onto one canvas: the part of the renderer that knows WebGL or Canvas 2D. */
export interface Painter {
  readonly kind: 'webgl' | 'canvas2d';
  /** Uploads what is dirty in `scene`, then draws. Call it only while `isLost()` is false. */
  paint(scene: Scene, settings: DrawSettings): void;
  /** Whether there is nothing to draw on now. */
  isLost(): boolean;
  stats(): PainterStats;
  dispose(): void;
}

/** How a painter fills its canvas. */
export interface PainterLook {
  /** Draws papers and lines only, and leaves the background to a canvas below. */
  readonly transparent: boolean;
}

/** What a painter reports. */
export interface PainterEvents {
  onLost(): void;
  /** Everything has to be uploaded and drawn again. */
  onRestored(): void;
}

/** A scene without papers. */
export function makeScene(theme: RenderTheme): Scene {
  const none = new Float32Array(0);
  return {
    count: 0,
    target: none,
    origin: null,
    mixing: 1,
    rgb: new Uint8Array(0),
    states: new Uint8Array(0),
    layers: countLayers(new Uint8Array(0), 0),
    draw: drawOrder(0),
    hovered: -1,
    links: [],
    theme,
    bounds: WHOLE_MAP,
    near: WHOLE_MAP,
    density: makeDensity(none, WHOLE_MAP),
    dirty: { positions: true, origins: true, colors: true, states: true, links: true },
  };
}

/**
 * Gives papers new places (n×2, copied). With `glides` they start from where they are drawn now, even in the middle of
 * a glide, and new ones appear at their place; n must then be no smaller than before. O(n).
 */
export function placePapers(scene: Scene, positions: Float32Array, glides: boolean): void {
  const n = Math.floor(positions.length / 2);
  const origin = glides && n >= scene.count ? currentPlaces(scene, n) : null;
  if (n !== scene.count) {
    scene.draw = drawOrder(n);
    scene.dirty.colors = true;
    scene.dirty.states = true;
    scene.layers = countLayers(scene.states, n);
    if (scene.hovered >= n) scene.hovered = -1;
  }
  scene.count = n;
  scene.target = positions.slice(0, n * 2);
  scene.origin = origin;
  scene.mixing = origin ? 0 : 1;
  scene.bounds = boundsOf(scene.target);
  scene.near = nearBounds(scene.target);
  scene.density = makeDensity(scene.target, scene.near);
  scene.dirty.positions = true;
  scene.dirty.origins = true;
  scene.dirty.links = true;
}

/** Ends the glide: papers are at their targets. */
export function settle(scene: Scene): void {
  scene.origin = null;
  scene.mixing = 1;
  scene.dirty.origins = true;
  scene.dirty.links = true;
}

/** Writes where paper `index` is drawn now into `out`. The point shader computes the same from the same numbers. */
export function locate(scene: Scene, index: number, out: Location): void {
  const { target, origin, mixing } = scene;
  const x = target[2 * index];
  const y = target[2 * index + 1];
  const placed = Number.isFinite(x) && Number.isFinite(y) ? 1 : 0;
  out.x = x;
  out.y = y;
  out.presence = placed;
  if (!origin) return;
  const before = origin[3 * index + 2];
  out.presence = before + (placed - before) * mixing;
  if (before <= 0) return;
  const fromX = origin[3 * index];
  const fromY = origin[3 * index + 1];
  out.x = placed ? fromX + (x - fromX) * mixing : fromX;
  out.y = placed ? fromY + (y - fromY) * mixing : fromY;
}

function currentPlaces(scene: Scene, n: number): Float32Array {
  const places = new Float32Array(n * 3);
  const now: Location = { x: 0, y: 0, presence: 0 };
  for (let i = 0; i < scene.count; i++) {
    locate(scene, i, now);
    if (!(now.presence > 0)) continue;
    places[3 * i] = now.x;
    places[3 * i + 1] = now.y;
    places[3 * i + 2] = now.presence;
  }
  return places;
}
