import { type Failure, StageError } from '../model/failure.ts';
import { draw, drawSettings, makeLoop, place, type RendererState } from './animation-frame.ts';
import { type FlightTarget, makeCamera } from './camera.ts';
import { watchSize } from './canvas-size.ts';
import { makeCanvasPainter } from './canvas2d.ts';
import { type ContourGroup, type ContourPatch, makeContourLayer } from './contour-layer.ts';
import { makeGlPainter } from './gl.ts';
import { makeLevelOfDetail } from './level-of-detail.ts';
import { countLayers } from './paper-marks.ts';
import { makePicker } from './pick.ts';
import { type Pictures, picturesOf } from './pictures.ts';
import {
  type DrawSettings,
  type LinkGroup,
  type Location,
  locate,
  makeScene,
  type Painter,
  type PainterEvents,
  type PainterLook,
  type PainterStats,
} from './scene.ts';
import { LIGHT_THEME, type RenderTheme } from './theme.ts';
import { type Insets, type PixelPoint, toMap, toPixel, type Viewport } from './viewport.ts';

/** How a renderer is made. */
export interface RendererOptions {
  /** No flights or glides: everything moves at once. Default false. */
  readonly reducedMotion?: boolean;
  /** Called before a new viewport is drawn, in the same animation frame, so that labels over the map move with it. */
  readonly onViewport?: (viewport: Viewport) => void;
  /** Called when a lost WebGL context does not come back: a renderer on a new canvas is then needed. */
  readonly onFailure?: (failure: Failure) => void;
  readonly insets?: Insets;
  readonly theme?: RenderTheme;
  /** A canvas of the same size right below, for contours and the background. Without it there are no contours. */
  readonly underlay?: HTMLCanvasElement;
  /** Default: WebGL, or Canvas 2D where there is none. */
  readonly kind?: Painter['kind'];
}

/** Counts for tests. */
export interface RendererStats extends PainterStats {
  /** Pictures drawn so far. */
  readonly pictures: number;
  /** Papers, placed or not. */
  readonly points: number;
  /** Pick indexes built so far. */
  readonly indexes: number;
}

/** A map on a canvas. Pixels are CSS pixels of the canvas; papers are identified by index. */
export interface Renderer extends Pictures {
  readonly kind: Painter['kind'];
  /** Whether a flight or a glide is under way. */
  readonly isMoving: boolean;
  /** Whether the whole map is shown, or flown to, because nobody has moved it. */
  readonly isFitting: boolean;
  readonly viewport: Viewport;
  /** Scale at which the whole map fits in the part that no panel covers. */
  readonly fitScale: number;
  /**
   * Sets the places of all papers: n×2 map units, copied; NaN = not placed. With `animateMs`, papers glide from where
   * they are drawn now and new ones appear; if there are fewer, they jump. To show other papers, first set none.
   */
  setPositions(positions: Float32Array, options?: { readonly animateMs?: number }): void;
  /** Sets the colours, n×3, copied; papers beyond its end have the theme's. */
  setColors(rgb: Uint8Array): void;
  /** Sets n state bits, copied: 1 hit (ringed), 2 dimmed, 4 selected, 8 neighbour. Papers beyond its end have none. */
  setStates(states: Uint8Array): void;
  /** Sets the paper under the pointer, −1 for none; it is drawn on top of all, with a ring. */
  setHovered(index: number): void;
  /** Replaces the lines between papers; the last group is on top. */
  setLinks(groups: readonly LinkGroup[]): void;
  setTheme(theme: RenderTheme): void;
  /** Sets tinted areas under the papers, bottom first; an empty list removes them. `patch` shows a part finer. */
  setContours(groups: readonly ContourGroup[], patch?: ContourPatch | null): void;
  /** Sets what panels cover: `fit` and `flyTo` aim at the rest. @param stays whether the view stays as it is meanwhile */
  setInsets(insets: Insets, stays?: boolean): void;
  /** Shows a viewport at once, clamped; the size remains the canvas's. */
  setViewport(viewport: Viewport): void;
  /** Flies until `center` is in the middle of the part that no panel covers. */
  flyTo(target: FlightTarget): void;
  /** Flies to the whole map, and follows it as it grows until somebody moves it. */
  fit(): void;
  /** Zooms about `pixel`, by default the middle of the free part; `animateMs` default 220. */
  zoomBy(factor: number, options?: { readonly pixel?: PixelPoint; readonly animateMs?: number }): void;
  /** Drags the map by CSS pixels, y down; `animateMs` default 0. */
  panBy(dx: number, dy: number, options?: { readonly animateMs?: number }): void;
  /** Nearest paper drawn within `radiusPx` (default 12) of a pixel, −1 for none. */
  pick(pixel: PixelPoint, radiusPx?: number): number;
  /** The papers that look like one dot with paper `index`, ascending: within half a dot's radius, at least 1 px. */
  papersAt(index: number): number[];
  /** The pixel at which a paper is drawn now; null when it is not drawn. */
  locate(index: number): PixelPoint | null;
  /** Measures the canvas again; observers do so on their own. */
  resize(): void;
  stats(): RendererStats;
  /** The part of the map, size and opacity of points as drawn now: for drawing it elsewhere, as in an export. */
  drawSettings(): DrawSettings;
  dispose(): void;
}

const ZOOM_MS = 220;
const REFIT_MS = 280;
const PICK_RADIUS_PX = 12;

/** Dots nearer to each other look like one, however small they are. */
const LEAST_APART_PX = 1;

/** A lost context that has not come back within this time is given up. */
const RESTORE_WAIT_MS = 5000;

/**
 * Draws papers on `canvas`, only on demand, and not at all while nothing changes. Throws StageError `no-webgl` when the
 * canvas has neither a WebGL nor a 2D context.
 */
export function makeRenderer(canvas: HTMLCanvasElement, options: RendererOptions = {}): Renderer {
  const lossWatch = makeLossWatch(options.onFailure);
  const underlay = options.underlay ? makeContourLayer(options.underlay) : null;
  const painter = makePainter(
    canvas,
    { kind: options.kind, transparent: underlay !== null },
    {
      onLost: lossWatch.start,
      onRestored() {
        lossWatch.stop();
        Object.assign(state.scene.dirty, { positions: true, origins: true, colors: true, states: true, links: true });
        loop.request();
      },
    },
  );
  const resize = () => {
    state.size = sizeWatch.measure();
    state.camera.resize({ widthPx: state.size.widthPx, heightPx: state.size.heightPx });
    // Not in the next animation frame, because setting the canvas's size has cleared it.
    draw(state);
    if (state.camera.isMoving) loop.request();
  };
  const sizeWatch = watchSize(canvas, resize);
  const state = initialState(options, { painter, underlay, size: sizeWatch.measure() });
  const loop = makeLoop(state, sizeWatch);
  loop.request();
  const dispose = () => {
    loop.dispose();
    lossWatch.stop();
    sizeWatch.dispose();
    underlay?.dispose();
    painter.dispose();
  };
  return assemble(state, { canvas, request: loop.request, resize, dispose });
}

function initialState(
  { theme = LIGHT_THEME, reducedMotion = false, onViewport = () => {}, insets }: RendererOptions,
  parts: Pick<RendererState, 'painter' | 'underlay' | 'size'>,
): RendererState {
  const camera = makeCamera(reducedMotion);
  camera.resize({ widthPx: parts.size.widthPx, heightPx: parts.size.heightPx });
  if (insets) camera.setInsets(insets, 0);
  return {
    ...parts,
    scene: makeScene(theme),
    camera,
    reducedMotion,
    onViewport,
    detail: makeLevelOfDetail(),
    shown: null,
    isStale: true,
    share: 1,
    movedMs: Number.NEGATIVE_INFINITY,
    wasDrawnMoving: false,
    glideMs: 0,
    glideStartMs: -1,
    pictures: 0,
  };
}

interface PainterChoice extends PainterLook {
  readonly kind: Painter['kind'] | undefined;
}

function makePainter(canvas: HTMLCanvasElement, choice: PainterChoice, events: PainterEvents): Painter {
  const gl = choice.kind === 'canvas2d' ? null : makeGlPainter(canvas, events, choice);
  const painter = gl ?? makeCanvasPainter(canvas, choice);
  if (!painter) throw new StageError('no-webgl', 'render', 'the canvas gives neither a webgl nor a 2d context');
  return painter;
}

/** Waits for a lost context to come back, and reports when it does not. */
function makeLossWatch(onFailure: RendererOptions['onFailure']): { start(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () =>
    onFailure?.({ code: 'no-webgl', stage: 'render', message: `webgl context lost for ${RESTORE_WAIT_MS} ms` });
  const stop = () => clearTimeout(timer);
  const start = () => {
    stop();
    timer = setTimeout(tell, RESTORE_WAIT_MS);
  };
  return { start, stop };
}

interface CanvasParts {
  readonly canvas: HTMLCanvasElement;
  request(): void;
  resize(): void;
  dispose(): void;
}

type Changing = <Args extends unknown[]>(change: (...args: Args) => void) => (...args: Args) => void;

function assemble(state: RendererState, parts: CanvasParts): Renderer {
  const { scene, camera, painter } = state;
  const picker = makePicker();
  /** Makes a change and requests an animation frame to show it. */
  const changing: Changing = (change) => {
    return (...args) => {
      change(...args);
      parts.request();
    };
  };
  return {
    kind: painter.kind,
    get isMoving() {
      return camera.isMoving || scene.origin !== null;
    },
    get isFitting() {
      return camera.isFitting;
    },
    get viewport() {
      return camera.viewport;
    },
    get fitScale() {
      return camera.fitScale;
    },
    ...sceneSetters(state, changing),
    setContours: changing((groups, patch) => state.underlay?.setContours(groups, patch ?? null)),
    // On an empty map there is nothing that the reader could lose sight of.
    setInsets: changing((insets, stays) =>
      camera.setInsets(insets, stays ? null : scene.density.total > 0 ? REFIT_MS : 0),
    ),
    setViewport: changing(camera.set),
    flyTo: changing(camera.flyTo),
    fit: changing(camera.fit),
    zoomBy: changing((factor, by) => camera.zoomBy(factor, by?.pixel ?? null, by?.animateMs ?? ZOOM_MS)),
    panBy: changing((dx, dy, by) => camera.panBy(dx, dy, by?.animateMs ?? 0)),
    pick(pixel, radiusPx = PICK_RADIUS_PX) {
      return picker.pick(scene, toMap(camera.viewport, pixel), radiusPx / camera.viewport.scale);
    },
    papersAt(index) {
      const radiusPx = Math.max(drawSettings(state).radiusPx / 2, LEAST_APART_PX);
      return picker.around(scene, index, radiusPx / camera.viewport.scale);
    },
    locate(index) {
      if (index < 0 || index >= scene.count) return null;
      const at: Location = { x: 0, y: 0, presence: 0 };
      locate(scene, index, at);
      return at.presence > 0 ? toPixel(camera.viewport, at) : null;
    },
    resize: parts.resize,
    stats: () => ({ ...painter.stats(), pictures: state.pictures, points: scene.count, indexes: picker.builds }),
    drawSettings: () => drawSettings(state),
    ...picturesOf(state, parts.canvas),
    dispose: parts.dispose,
  };
}

type SceneSetters = Pick<Renderer, 'setPositions' | 'setColors' | 'setStates' | 'setHovered' | 'setLinks' | 'setTheme'>;

function sceneSetters(state: RendererState, changing: Changing): SceneSetters {
  const { scene } = state;
  const hover = changing((index: number) => {
    scene.hovered = index;
  });
  return {
    setPositions: changing((positions, settings) => place(state, positions, settings?.animateMs ?? 0)),
    setColors: changing((rgb) => {
      scene.rgb = rgb.slice();
      scene.dirty.colors = true;
    }),
    setStates: changing((states) => {
      scene.states = states.slice();
      scene.layers = countLayers(scene.states, scene.count);
      scene.dirty.states = true;
    }),
    setHovered(index) {
      if (index !== scene.hovered) hover(index);
    },
    setLinks: changing((groups) => {
      scene.links = groups;
      scene.dirty.links = true;
    }),
    setTheme: changing((theme) => {
      scene.theme = theme;
      scene.dirty.colors = true;
    }),
  };
}
