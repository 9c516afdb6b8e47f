import type { Camera } from './camera.ts';
import type { CanvasSize, SizeWatch } from './canvas-size.ts';
import type { ContourLayer } from './contour-layer.ts';
import { type LevelOfDetail, MIN_DRAWN } from './level-of-detail.ts';
import { appearanceOf, type Crowd, markRadius, NORMAL_LAYER } from './paper-marks.ts';
import { type DrawSettings, type Painter, placePapers, type Scene, settle } from './scene.ts';
import { largestZoom, type Viewport, visibleBounds } from './viewport.ts';
import { easeOut } from './zoom-path.ts';

/** The map counts as at rest after this long without movement, so that a short pause costs no full picture. */
const REST_MS = 150;

/** The state that the functions of this file share. */
export interface RendererState {
  readonly scene: Scene;
  readonly camera: Camera;
  readonly painter: Painter;
  /** Draws what lies under the papers, background included; null when the painter paints the background itself. */
  readonly underlay: ContourLayer | null;
  readonly reducedMotion: boolean;
  /** Called before a new viewport is drawn. */
  readonly onViewport: (viewport: Viewport) => void;
  readonly detail: LevelOfDetail;
  size: CanvasSize;
  shown: Viewport | null;
  /** Something other than the viewport has changed since the last picture. */
  isStale: boolean;
  /** Share of the papers that the last picture drew. */
  share: number;
  /** When the last picture in motion was due. */
  movedMs: number;
  /** Whether the last animation frame drew a picture in motion. */
  wasDrawnMoving: boolean;
  glideMs: number;
  glideStartMs: number;
  pictures: number;
}

/** Gives papers new places; the map follows its bounds until somebody moves it. */
export function place(state: RendererState, positions: Float32Array, animateMs: number): void {
  const { scene, camera } = state;
  const wasEmpty = scene.density.total === 0;
  placePapers(scene, positions, animateMs > 0 && !state.reducedMotion);
  state.glideMs = animateMs;
  state.glideStartMs = -1;
  // On an empty map there was nothing that the reader could lose sight of.
  const { total, clumping } = scene.density;
  camera.setBounds(scene.bounds, scene.origin && !wasEmpty ? animateMs : 0, scene.near, largestZoom(total, clumping));
}

/** Asks for animation frames as long as something changes. */
export function makeLoop(state: RendererState, sizeWatch: SizeWatch): { request(): void; dispose(): void } {
  let requested = 0;
  let isDisposed = false;
  const next = () => {
    if (requested === 0 && !isDisposed) requested = requestAnimationFrame(tick);
  };
  const tick = (nowMs: number) => {
    requested = 0;
    // Not every browser reports a new pixel ratio before the next frame.
    if (sizeWatch.isStale()) {
      state.size = sizeWatch.measure();
      state.isStale = true;
    }
    if (onAnimationFrame(state, nowMs)) next();
  };
  return {
    request() {
      state.isStale = true;
      next();
    },
    dispose() {
      isDisposed = true;
      cancelAnimationFrame(requested);
    },
  };
}

/**
 * One animation frame. A picture in motion may draw a part of the papers (see `makeLevelOfDetail`); a picture at rest
 * draws all. Nothing is drawn when nothing has changed: while a large map comes to rest, animation frames are requested
 * only to measure how long the pictures before them took. Returns whether another frame is wanted.
 */
function onAnimationFrame(state: RendererState, nowMs: number): boolean {
  const { camera, scene, detail } = state;
  const wasMoving = camera.isMoving || scene.origin !== null;
  const goesOn = advance(state, nowMs);
  if (state.wasDrawnMoving) detail.tell(nowMs - state.movedMs);
  state.wasDrawnMoving = false;
  if (wasMoving || camera.viewport !== state.shown) {
    state.movedMs = nowMs;
    state.wasDrawnMoving = draw(state, detail.shareOf(scene.count));
    return goesOn || scene.count > MIN_DRAWN;
  }
  const rests = nowMs - state.movedMs >= REST_MS;
  if (rests) detail.rest();
  if (state.isStale || (rests && state.share < 1)) draw(state, rests ? 1 : state.share);
  return !rests && scene.count > MIN_DRAWN;
}

/** Draws the scene as it is; returns false when there is nothing to draw on. */
export function draw(state: RendererState, share = 1): boolean {
  const { camera, painter, size, scene } = state;
  state.isStale = false;
  if (size.widthPx < 1 || size.heightPx < 1) return false;
  if (camera.viewport !== state.shown) {
    state.shown = camera.viewport;
    state.onViewport(camera.viewport);
  }
  state.underlay?.paint({
    viewport: camera.viewport,
    pixelRatio: size.pixelRatio,
    background: scene.theme.background,
  });
  if (painter.isLost()) return false;
  painter.paint(scene, drawSettings(state, share));
  state.share = share;
  state.pictures++;
  return true;
}

/** How the next picture would be drawn. Fewer papers are drawn more opaque, so that the picture gets no paler. */
export function drawSettings({ scene, camera, size }: RendererState, share = 1): DrawSettings {
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
    pixelRatio: size.pixelRatio,
    radiusPx,
    markedRadiusPx: markRadius(crowd, marked),
    opacity: (share < 1 ? 1 - (1 - opacity) ** (1 / share) : opacity) * scene.theme.pointOpacity,
    share,
  };
}

/** Moves flight and glide to `nowMs`; returns whether either goes on. */
function advance(state: RendererState, nowMs: number): boolean {
  const { scene, camera } = state;
  camera.tick(nowMs);
  if (scene.origin) {
    if (state.glideStartMs < 0) state.glideStartMs = nowMs;
    const done = (nowMs - state.glideStartMs) / state.glideMs;
    if (done >= 1) settle(scene);
    else scene.mixing = easeOut(Math.max(done, 0));
  }
  return camera.isMoving || scene.origin !== null;
}
