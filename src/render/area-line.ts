import { ringOfBounds } from './area.ts';
import { boundsOf, freeCenter, type Insets, type MapPoint, toMap, type Viewport } from './viewport.ts';

/** The shape that an area is drawn with: a free line around it, or a rectangle from corner to corner. */
export type AreaTool = 'lasso' | 'rectangle';

/** An area while it is being drawn, in map units, so that it stays on its papers when the view moves. */
export interface AreaLine {
  readonly tool: AreaTool;
  /** Where the pointer has been, interleaved x, y. */
  readonly points: number[];
}

/** Distance between the points of a free line: finer steps are invisible, and every edge costs time for every paper. */
const STEP_PX = 2;

/** A line that begins at `point`. */
export function beginLine(tool: AreaTool, { x, y }: MapPoint): AreaLine {
  return { tool, points: [x, y] };
}

/** Continues a line to `point`; `scale`: CSS pixels per map unit. Returns whether it changed. */
export function leadLine({ tool, points }: AreaLine, { x, y }: MapPoint, scale: number): boolean {
  const last = points.length - 2;
  if (tool === 'rectangle') points.length = 2;
  else if (Math.hypot(x - points[last], y - points[last + 1]) * scale < STEP_PX) return false;
  points.push(x, y);
  return true;
}

/** The ring that a line encloses so far, for `papersInRing`. */
export function ringOfLine({ tool, points }: AreaLine): Float32Array {
  const ring = Float32Array.from(points);
  return tool === 'rectangle' ? ringOfBounds(boundsOf(ring)) : ring;
}

/** The view in which keys start an area. */
export interface KeyView {
  readonly viewport: Viewport;
  readonly insets: Insets;
}

/** Areas drawn by keys are never smaller than `minPx`, so that they can be seen and enlarged again. */
const BY_KEY = {
  /** Share of the free view's width and height that the first area takes. */
  startShare: 0.3,
  movePx: 24,
  growth: 1.25,
  minPx: 16,
  /** Corners of the circle that keys draw in place of a free line. */
  corners: 72,
} as const;

/** The first area that keys draw, in the middle of the part of the view that no panel covers. */
export function areaAtCenter(tool: AreaTool, { viewport, insets }: KeyView): Float32Array {
  const { widthPx, heightPx, scale } = viewport;
  const { x, y } = toMap(viewport, freeCenter(viewport, insets));
  const halfX = (BY_KEY.startShare * Math.max(widthPx - insets.left - insets.right, 0)) / (2 * scale);
  const halfY = (BY_KEY.startShare * Math.max(heightPx - insets.top - insets.bottom, 0)) / (2 * scale);
  const half = Math.min(halfX, halfY);
  return tool === 'rectangle' ? shape(tool, x, y, halfX, halfY) : shape(tool, x, y, half, half);
}

/**
 * Returns the area after a key: arrows move `ring`, or with Shift its right and upper sides; + and − resize it. Null
 * for any other key.
 */
export function areaByKey(
  tool: AreaTool,
  ring: Float32Array,
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  scale: number,
): Float32Array | null {
  const { minX, minY, maxX, maxY } = boundsOf(ring);
  const [x, y, halfX, halfY] = [(minX + maxX) / 2, (minY + maxY) / 2, (maxX - minX) / 2, (maxY - minY) / 2];
  const minHalf = BY_KEY.minPx / (2 * scale);
  const sized = (x: number, y: number, halfX: number, halfY: number) =>
    shape(tool, x, y, Math.max(halfX, minHalf), Math.max(halfY, minHalf));
  if (key === '+' || key === '=') return sized(x, y, halfX * BY_KEY.growth, halfY * BY_KEY.growth);
  if (key === '-' || key === '_') return sized(x, y, halfX / BY_KEY.growth, halfY / BY_KEY.growth);
  const step = ARROWS.get(key);
  if (!step) return null;
  const [dx, dy] = [(step[0] * BY_KEY.movePx) / scale, (step[1] * BY_KEY.movePx) / scale];
  if (!shiftKey) return sized(x + dx, y + dy, halfX, halfY);
  const [wide, high] = [Math.max(halfX + dx / 2, minHalf), Math.max(halfY + dy / 2, minHalf)];
  return sized(minX + wide, minY + high, wide, high);
}

const ARROWS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, 1]],
  ['ArrowDown', [0, -1]],
]);

function shape(tool: AreaTool, x: number, y: number, halfX: number, halfY: number): Float32Array {
  if (tool === 'rectangle') {
    return ringOfBounds({ minX: x - halfX, minY: y - halfY, maxX: x + halfX, maxY: y + halfY });
  }
  const ring = new Float32Array(2 * BY_KEY.corners);
  for (let c = 0; c < BY_KEY.corners; c++) {
    const turn = (2 * Math.PI * c) / BY_KEY.corners;
    ring[2 * c] = x + halfX * Math.cos(turn);
    ring[2 * c + 1] = y + halfY * Math.sin(turn);
  }
  return ring;
}
