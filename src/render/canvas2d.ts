import { LINK_DASH_PX, linkLook, linkSegments, rhumbLines } from './map-lines.ts';
import { LAYERS, layerOf, MARKED_LAYER } from './paper-marks.ts';
import { type DrawSettings, type Location, locate, type Painter, type PainterLook, type Scene } from './scene.ts';
import { css, type Rgb } from './theme.ts';

/** Share of the background in the colour of a dimmed paper, as in the point shader. */
const DIM_MIX = 0.82;

/**
 * Draws the same picture with Canvas 2D, where WebGL is not available. Every disc in view is a path of its own, so this
 * is meant for up to 20,000 papers, not for a million. Returns null when the canvas has no 2D context either.
 */
export function makeCanvasPainter(canvas: HTMLCanvasElement, { transparent }: PainterLook): Painter | null {
  const context = canvas.getContext('2d', { alpha: transparent });
  if (!context) return null;
  return {
    kind: 'canvas2d',
    isLost: () => false,
    paint(scene, settings) {
      const { dirty } = scene;
      dirty.positions = dirty.colors = dirty.states = dirty.origins = dirty.links = false;
      clear(context, canvas, transparent ? null : scene.theme.background);
      drawScene({ context, scene, settings });
    },
    stats: () => ({ drawCalls: 1, buffers: 0, bytes: 0 }),
    dispose() {},
  };
}

interface Picture {
  readonly context: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly settings: DrawSettings;
}

function clear(context: CanvasRenderingContext2D, canvas: HTMLCanvasElement, background: Rgb | null): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (!background) return;
  context.globalAlpha = 1;
  context.fillStyle = css(background);
  context.fillRect(0, 0, canvas.width, canvas.height);
}

function drawScene(picture: Picture): void {
  const { context, scene, settings } = picture;
  const { theme } = scene;
  context.setTransform(settings.pixelRatio, 0, 0, settings.pixelRatio, 0, 0);
  drawLines(picture, rhumbLines(), { color: theme.rhumb, opacity: theme.rhumbOpacity, widthPx: 0.8 });
  for (let layer = 0; layer < LAYERS; layer++) {
    if (layer === MARKED_LAYER) drawLinks(picture);
    if (scene.layers[layer] > 0) drawLayer(picture, layer);
  }
  if (scene.hovered >= 0 && scene.hovered < scene.count) drawPaper(picture, scene.hovered, place(scene), true);
}

/** Draws each group at one opacity, the mean of its ends: a gradient would need an object for each line. */
function drawLinks(picture: Picture): void {
  const { context, scene } = picture;
  for (const group of scene.links) {
    const { opacity, widthPx } = linkLook(group);
    context.setLineDash(group.isDashed ? [LINK_DASH_PX, LINK_DASH_PX] : []);
    const stroke = { color: scene.theme.link, opacity: (opacity[0] + opacity[1]) / 2, widthPx };
    drawLines(picture, linkSegments(scene, group), stroke);
  }
  context.setLineDash([]);
}

interface Stroke {
  readonly color: Rgb;
  readonly opacity: number;
  readonly widthPx: number;
}

function drawLines({ context, settings }: Picture, segments: ArrayLike<number>, stroke: Stroke): void {
  if (stroke.opacity <= 0 || segments.length === 0) return;
  const { viewport } = settings;
  const x = (value: number) => viewport.widthPx / 2 + (value - viewport.center.x) * viewport.scale;
  const y = (value: number) => viewport.heightPx / 2 - (value - viewport.center.y) * viewport.scale;
  context.globalAlpha = stroke.opacity;
  context.strokeStyle = css(stroke.color);
  context.lineWidth = stroke.widthPx;
  context.beginPath();
  for (let at = 0; at < segments.length; at += 4) {
    context.moveTo(x(segments[at]), y(segments[at + 1]));
    context.lineTo(x(segments[at + 2]), y(segments[at + 3]));
  }
  context.stroke();
}

function drawLayer(picture: Picture, layer: number): void {
  const { scene, settings } = picture;
  const reused = place(scene);
  const end = layer < MARKED_LAYER ? Math.ceil(scene.count * settings.share) : scene.count;
  for (let slot = 0; slot < end; slot++) {
    const index = scene.draw.order[slot];
    if (layerOf(scene.states[index] ?? 0) === layer) drawPaper(picture, index, reused, false);
  }
}

function place(scene: Scene): Location {
  return { x: scene.bounds.minX, y: scene.bounds.minY, presence: 0 };
}

/** One paper as the point shader draws it: halo, ring, gap, disc, edge. */
function drawPaper({ context, scene, settings }: Picture, index: number, at: Location, hovered: boolean): void {
  locate(scene, index, at);
  if (!(at.presence > 0)) return;
  const { viewport } = settings;
  const px = viewport.widthPx / 2 + (at.x - viewport.center.x) * viewport.scale;
  const py = viewport.heightPx / 2 - (at.y - viewport.center.y) * viewport.scale;
  if (px < -30 || py < -30 || px > viewport.widthPx + 30 || py > viewport.heightPx + 30) return;
  const layer = layerOf(scene.states[index] ?? 0);
  const marked = hovered || layer >= MARKED_LAYER;
  let radius = marked ? settings.markedRadiusPx * (layer === 4 ? 1.2 : 1) : settings.radiusPx;
  if (hovered) radius = Math.max(settings.markedRadiusPx * 1.15, radius);
  radius *= 0.35 + 0.65 * at.presence;
  if (marked) drawRing({ context, scene, px, py, radius, layer, hovered, presence: at.presence });
  const { theme, rgb } = scene;
  const own: Rgb =
    3 * index + 2 < rgb.length
      ? [rgb[3 * index] / 255, rgb[3 * index + 1] / 255, rgb[3 * index + 2] / 255]
      : theme.point;
  const color = layer === 0 && !hovered ? mix(own, theme.dim, DIM_MIX) : own;
  context.globalAlpha = at.presence * (marked ? 1 : settings.opacity * (layer === 0 ? 0.42 : 1));
  const edge = radius > 2.2 && !marked ? Math.min(1.1, radius * 0.24) : 0;
  if (edge > 0) disc(context, px, py, radius, css(mix(color, theme.edge, 0.7)));
  disc(context, px, py, radius - edge, css(color));
}

interface Ring {
  readonly context: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly px: number;
  readonly py: number;
  readonly radius: number;
  readonly layer: number;
  readonly hovered: boolean;
  readonly presence: number;
}

function drawRing({ context, scene, px, py, radius, layer, hovered, presence }: Ring): void {
  const { theme } = scene;
  const band = layer === 4 ? 2.5 : hovered ? 2 : layer === 2 ? 1 : 1.5;
  const inner = radius + (hovered ? 1.5 : 1.25);
  const color = layer === 4 ? theme.selected : hovered ? theme.hover : layer === 2 ? theme.link : theme.ring;
  context.globalAlpha = 0.8 * presence;
  disc(context, px, py, inner + band + 1, css(theme.background));
  context.globalAlpha = presence;
  disc(context, px, py, inner + band, css(color));
  disc(context, px, py, inner, css(theme.background));
}

function disc(context: CanvasRenderingContext2D, px: number, py: number, radius: number, style: string): void {
  context.fillStyle = style;
  context.beginPath();
  context.arc(px, py, Math.max(radius, 0.5), 0, 2 * Math.PI);
  context.fill();
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}
