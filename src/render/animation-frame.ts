import { StageError } from '../model/failure.ts';
import { appearanceOf, type Crowd, markRadius } from './appearance.ts';
import type { Camera } from './camera.ts';
import type { SurfaceSize } from './canvas-size.ts';
import type { ContourLayer } from './contour-layer.ts';
import { type LevelOfDetail, MIN_DRAWN } from './level-of-detail.ts';
import type { Painter, Shot } from './painter.ts';
import { NORMAL_LAYER } from './paper-marks.ts';
import { placePapers, type Scene, settle } from './scene.ts';
import { type Viewport, visibleBounds } from './viewport.ts';
import { easeOut } from './zoom-path.ts';

/** A map that has not moved for so long rests: long enough that a hand which stops for a moment costs no full picture. */
const REST_MS = 150;

/** Everything a renderer has; the functions of this file share it. */
export interface Kit {
  readonly scene: Scene;
  readonly camera: Camera;
  readonly painter: Painter;
  /** What lies under the papers, with the background; null when the painter paints that itself. */
  readonly underlay: ContourLayer | null;
  readonly reducedMotion: boolean;
  /** Called before a new viewport is drawn. */
  readonly onViewport: (viewport: Viewport) => void;
  readonly detail: LevelOfDetail;
  surface: SurfaceSize;
  shown: Viewport | null;
  /** Something other than the viewport has changed since the last picture. */
  isStale: boolean;
  /** Share of the papers in the last picture. */
  share: number;
  /** When the last picture in motion was due. */
  movedMs: number;
  /** The frame before this one has drawn it. */
  wasDrawnMoving: boolean;
  glideMs: number;
  glideStartMs: number;
  frames: number;
}

/** Gives papers new places; the map follows its bounds as long as nobody has moved it. */
export function place(kit: Kit, positions: Float32Array, animateMs: number): void {
  const { scene, camera } = kit;
  const wasEmpty = scene.density.total === 0;
  placePapers(scene, positions, animateMs > 0 && !kit.reducedMotion);
  kit.glideMs = animateMs;
  kit.glideStartMs = -1;
  // Nothing was there to be led away from.
  camera.setBounds(scene.bounds, scene.origin && !wasEmpty ? animateMs : 0);
}

/**
 * One animation frame. While the map moves a part of the papers may do (see `makeLevelOfDetail`); all of them are drawn once it
 * rests. Nothing is drawn when nothing has changed: of large maps frames are asked for until then to see how long the
 * pictures before them took. Says whether another one is wanted.
 */
export function onFrame(kit: Kit, nowMs: number): boolean {
  const { camera, scene, detail } = kit;
  const wasMoving = camera.isMoving || scene.origin !== null;
  const goesOn = advance(kit, nowMs);
  if (kit.wasDrawnMoving) detail.tell(nowMs - kit.movedMs);
  kit.wasDrawnMoving = false;
  if (wasMoving || camera.viewport !== kit.shown) {
    kit.movedMs = nowMs;
    kit.wasDrawnMoving = draw(kit, detail.shareOf(scene.count));
    return goesOn || scene.count > MIN_DRAWN;
  }
  const rests = nowMs - kit.movedMs >= REST_MS;
  if (rests) detail.rest();
  if (kit.isStale || (rests && kit.share < 1)) draw(kit, rests ? 1 : kit.share);
  return !rests && scene.count > MIN_DRAWN;
}

/** Draws the scene as it is; false when there is nothing to draw on. */
export function draw(kit: Kit, share = 1): boolean {
  const { camera, painter, surface, scene } = kit;
  kit.isStale = false;
  if (surface.widthPx < 1 || surface.heightPx < 1) return false;
  if (camera.viewport !== kit.shown) {
    kit.shown = camera.viewport;
    kit.onViewport(camera.viewport);
  }
  kit.underlay?.paint({
    viewport: camera.viewport,
    pixelRatio: surface.pixelRatio,
    background: scene.theme.background,
  });
  if (painter.isLost()) return false;
  painter.paint(scene, frameShot(kit, share));
  kit.share = share;
  kit.frames++;
  return true;
}

/** How the next picture would be drawn with a share of the papers: the fewer, the more opaque, so that it gets no paler. */
export function frameShot({ scene, camera, surface }: Kit, share = 1): Shot {
  const { viewport } = camera;
  const crowd: Crowd = {
    placed: scene.density.total,
    inView: scene.density.countWithin(visibleBounds(viewport)),
    zoom: viewport.scale / camera.fitScale,
    areaPx: viewport.widthPx * viewport.heightPx,
    clumping: scene.density.clumping,
  };
  const { radiusPx, opacity } = appearanceOf(crowd);
  const marked = scene.count - scene.layers[NORMAL_LAYER] - scene.layers[0];
  return {
    viewport,
    pixelRatio: surface.pixelRatio,
    radiusPx,
    markedRadiusPx: markRadius(crowd, marked),
    opacity: (share < 1 ? 1 - (1 - opacity) ** (1 / share) : opacity) * scene.theme.pointOpacity,
    share,
  };
}

/** Moves flight and glide to `nowMs`; whether either goes on. */
function advance(kit: Kit, nowMs: number): boolean {
  const { scene, camera } = kit;
  camera.tick(nowMs);
  if (scene.origin) {
    if (kit.glideStartMs < 0) kit.glideStartMs = nowMs;
    const done = (nowMs - kit.glideStartMs) / kit.glideMs;
    if (done >= 1) settle(scene);
    else scene.mixing = easeOut(Math.max(done, 0));
  }
  return camera.isMoving || scene.origin !== null;
}

/** The picture as PNG. Drawn and read in one task: the buffer is not preserved longer than that. */
export function snapshot(kit: Kit, canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    if (!draw(kit)) {
      reject(new StageError('no-webgl', 'render', 'nothing to draw on: the context is lost or the canvas has no size'));
      return;
    }
    flattened(kit, canvas).toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new StageError('internal', 'render', 'the browser made no picture of the canvas'));
    });
  });
}

/** One canvas with everything on it. */
function flattened({ underlay }: Kit, canvas: HTMLCanvasElement): HTMLCanvasElement {
  if (!underlay) return canvas;
  const flat = document.createElement('canvas');
  flat.width = canvas.width;
  flat.height = canvas.height;
  const context = flat.getContext('2d', { alpha: false });
  if (!context) throw new StageError('internal', 'render', 'the browser gave no 2d context for the picture');
  context.drawImage(underlay.canvas, 0, 0, flat.width, flat.height);
  context.drawImage(canvas, 0, 0);
  return flat;
}
