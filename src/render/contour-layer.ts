import { setPixels } from './canvas-size.ts';
import { css, type Rgb } from './theme.ts';
import { type Bounds, toPixel, type Viewport } from './viewport.ts';

/** One tint: an area of the map in one colour. */
export interface ContourGroup {
  /** Closed lines, interleaved x, y in map units, filled by the even-odd rule. */
  readonly rings: readonly Float32Array[];
  readonly color: Rgb;
  /** 0…1. Tints add up: four levels of 0.07 make 0.25 in the middle. */
  readonly alpha: number;
}

/** Finer tints that replace the others within a part of the map. */
export interface ContourPatch {
  readonly bounds: Bounds;
  readonly groups: readonly ContourGroup[];
}

/** Everything besides the tints that a picture of the layer depends on. */
export interface ContourView {
  readonly viewport: Viewport;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  readonly background: Rgb;
}

/** Counts for tests. */
export interface ContourStats {
  /** Pictures drawn so far. */
  readonly pictures: number;
  /** Paths built so far: one for each group, not one for each picture. */
  readonly paths: number;
}

/** The background of the map with tinted areas on it, on a canvas of its own below that of the papers. */
export interface ContourLayer {
  readonly canvas: HTMLCanvasElement;
  /** Sets what the next `paint` draws, the first group at the bottom. Known groups keep their paths. */
  setContours(groups: readonly ContourGroup[], patch?: ContourPatch | null): void;
  /** Draws, unless the last picture showed the same. The renderer calls it together with the painter. */
  paint(view: ContourView): void;
  stats(): ContourStats;
  /** Frees the paths; the canvas stays as it is. */
  dispose(): void;
}

/**
 * A layer on `canvas`. Rings are kept as paths in map units, which the browser moves and scales, so that a picture
 * costs one fill for each group, whatever the number of points. Without a 2D context nothing is drawn.
 */
export function makeContourLayer(canvas: HTMLCanvasElement): ContourLayer {
  const context = canvas.getContext('2d', { alpha: false });
  const paths = new Map<ContourGroup, Path2D>();
  let shown: Tints = { groups: [], patch: null };
  let painted: ContourView | null = null;
  let pictures = 0;
  let built = 0;

  const pathOf = (group: ContourGroup): Path2D => {
    const known = paths.get(group);
    if (known) return known;
    const path = makePath(group.rings);
    paths.set(group, path);
    built++;
    return path;
  };

  return {
    canvas,
    setContours(groups, patch = null) {
      shown = { groups, patch };
      painted = null;
      const kept = new Set([...groups, ...(patch?.groups ?? [])]);
      for (const group of paths.keys()) if (!kept.has(group)) paths.delete(group);
    },
    paint(view) {
      if (!context || (painted && isSame(painted, view))) return;
      setPixels(canvas, view.viewport, view.pixelRatio);
      drawTints(context, shown, view, pathOf);
      painted = view;
      pictures++;
    },
    stats: () => ({ pictures, paths: built }),
    dispose() {
      paths.clear();
      shown = { groups: [], patch: null };
      painted = null;
    },
  };
}

interface Tints {
  readonly groups: readonly ContourGroup[];
  readonly patch: ContourPatch | null;
}

function makePath(rings: readonly Float32Array[]): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 2) {
      if (i === 0) path.moveTo(ring[0], ring[1]);
      else path.lineTo(ring[i], ring[i + 1]);
    }
    path.closePath();
  }
  return path;
}

function isSame(a: ContourView, b: ContourView): boolean {
  return a.viewport === b.viewport && a.pixelRatio === b.pixelRatio && a.background === b.background;
}

function drawTints(
  context: CanvasRenderingContext2D,
  { groups, patch }: Tints,
  view: ContourView,
  pathOf: (group: ContourGroup) => Path2D,
): void {
  const { viewport, pixelRatio, background } = view;
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.fillStyle = css(background);
  context.fillRect(0, 0, width, height);
  const fill = (tints: readonly ContourGroup[]) => {
    const origin = toPixel(viewport, { x: 0, y: 0 });
    const scale = viewport.scale * pixelRatio;
    context.setTransform(scale, 0, 0, -scale, origin.px * pixelRatio, origin.py * pixelRatio);
    for (const group of tints) {
      context.globalAlpha = group.alpha;
      context.fillStyle = css(group.color);
      context.fill(pathOf(group), 'evenodd');
    }
  };
  if (!patch) {
    fill(groups);
    return;
  }
  const inside = pixelBox(patch.bounds, view);
  const within = (area: Path2D, tints: readonly ContourGroup[]) => {
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clip(area, 'evenodd');
    fill(tints);
    context.restore();
  };
  within(boxPath(inside), patch.groups);
  const isAllInside = inside.left <= 0 && inside.top <= 0 && inside.right >= width && inside.bottom >= height;
  if (isAllInside) return;
  const outside = boxPath({ left: 0, top: 0, right: width, bottom: height });
  outside.addPath(boxPath(inside));
  within(outside, groups);
}

interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The bounds in whole device pixels: a clip at a fraction of a pixel would leave a seam. */
function pixelBox(bounds: Bounds, { viewport, pixelRatio }: ContourView): PixelBox {
  const low = toPixel(viewport, { x: bounds.minX, y: bounds.maxY });
  const high = toPixel(viewport, { x: bounds.maxX, y: bounds.minY });
  return {
    left: Math.round(low.px * pixelRatio),
    top: Math.round(low.py * pixelRatio),
    right: Math.round(high.px * pixelRatio),
    bottom: Math.round(high.py * pixelRatio),
  };
}

function boxPath({ left, top, right, bottom }: PixelBox): Path2D {
  const path = new Path2D();
  path.rect(left, top, right - left, bottom - top);
  return path;
}
