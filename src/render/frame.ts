import { StageError } from '../model/failure.ts';
import { appearanceOf, type Crowd, markRadius } from './appearance.ts';
import { easeOut } from './camera.ts';
import type { ContourLayer } from './contour-layer.ts';
import type { Helm } from './helm.ts';
import { NORMAL_LAYER } from './order.ts';
import type { Painter, Shot } from './painter.ts';
import { placePapers, type Scene, settle } from './scene.ts';
import type { SurfaceSize } from './surface.ts';
import { type Viewport, visibleBounds } from './viewport.ts';

/** Everything a renderer has; the functions of this file share it. */
export interface Kit {
  readonly scene: Scene;
  readonly helm: Helm;
  readonly painter: Painter;
  /** What lies under the papers, with the background; null when the painter paints that itself. */
  readonly underlay: ContourLayer | null;
  readonly reducedMotion: boolean;
  /** Called before a new viewport is drawn. */
  readonly onViewport: (viewport: Viewport) => void;
  surface: SurfaceSize;
  shown: Viewport | null;
  glideMs: number;
  glideStartMs: number;
  frames: number;
}

/** Gives papers new places; the map follows its bounds as long as nobody has moved it. */
export function place(kit: Kit, positions: Float32Array, animateMs: number): void {
  const { scene, helm } = kit;
  const wasEmpty = scene.density.total === 0;
  placePapers(scene, positions, animateMs > 0 && !kit.reducedMotion);
  kit.glideMs = animateMs;
  kit.glideStartMs = -1;
  // Nothing was there to be led away from.
  helm.setBounds(scene.bounds, scene.origin && !wasEmpty ? animateMs : 0);
}

/** Moves flight and glide to `nowMs`; whether either goes on. */
export function advance(kit: Kit, nowMs: number): boolean {
  const { scene, helm } = kit;
  helm.tick(nowMs);
  if (scene.origin) {
    if (kit.glideStartMs < 0) kit.glideStartMs = nowMs;
    const done = (nowMs - kit.glideStartMs) / kit.glideMs;
    if (done >= 1) settle(scene);
    else scene.mixing = easeOut(Math.max(done, 0));
  }
  return helm.isMoving || scene.origin !== null;
}

/** Draws the scene as it is; false when there is nothing to draw on. */
export function draw(kit: Kit): boolean {
  const { helm, painter, surface, scene } = kit;
  if (surface.widthPx < 1 || surface.heightPx < 1) return false;
  if (helm.viewport !== kit.shown) {
    kit.shown = helm.viewport;
    kit.onViewport(helm.viewport);
  }
  kit.underlay?.paint({ viewport: helm.viewport, pixelRatio: surface.pixelRatio, background: scene.theme.background });
  if (painter.isLost()) return false;
  painter.paint(scene, frameShot(kit));
  kit.frames++;
  return true;
}

/** How the next picture would be drawn. */
export function frameShot({ scene, helm, surface }: Kit): Shot {
  const { viewport } = helm;
  const crowd: Crowd = {
    placed: scene.density.total,
    inView: scene.density.countWithin(visibleBounds(viewport)),
    zoom: viewport.scale / helm.fitScale,
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
    opacity: opacity * scene.theme.pointOpacity,
  };
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
