import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ContourGroup, makeContourLayer } from './contour-layer.ts';
import { toPixel, type Viewport } from './viewport.ts';

/** A path that remembers its corners. */
class FakePath {
  readonly points: [number, number][] = [];
  closed = 0;
  moveTo(x: number, y: number): void {
    this.points.push([x, y]);
  }
  lineTo(x: number, y: number): void {
    this.points.push([x, y]);
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.points.push([x, y], [x + width, y + height]);
  }
  addPath(other: FakePath): void {
    this.points.push(...other.points);
  }
  closePath(): void {
    this.closed++;
  }
}

interface Fill {
  readonly path: FakePath;
  readonly style: string;
  readonly alpha: number;
  readonly transform: readonly number[];
  readonly clip: FakePath | null;
}

/** A canvas whose context records what is filled. */
function fakeCanvas() {
  const fills: Fill[] = [];
  let backgrounds = 0;
  let transform: number[] = [];
  let clip: FakePath | null = null;
  const canvas = { width: 1, height: 1, getContext: () => context };
  const context = {
    canvas,
    globalAlpha: 1,
    fillStyle: '',
    setTransform: (...values: number[]) => {
      transform = values;
    },
    fillRect: () => {
      backgrounds++;
    },
    save: () => {},
    restore: () => {
      clip = null;
    },
    clip: (path: FakePath) => {
      clip = path;
    },
    fill: (path: FakePath) => {
      fills.push({ path, style: context.fillStyle, alpha: context.globalAlpha, transform, clip });
    },
  };
  // The layer uses no more of a canvas.
  return { canvas: canvas as unknown as HTMLCanvasElement, fills, backgrounds: () => backgrounds };
}

const viewport: Viewport = { center: { x: 0.25, y: -0.5 }, scale: 200, widthPx: 800, heightPx: 600 };
const view = { viewport, pixelRatio: 2, background: [0, 0, 0] as const };
const square: ContourGroup = { rings: [Float32Array.of(0, 0, 1, 0, 1, 1, 0, 0)], color: [1, 0, 0], alpha: 0.07 };
const other: ContourGroup = { ...square, color: [0, 0, 1] };

describe('contour layer', () => {
  beforeEach(() => {
    vi.stubGlobal('Path2D', FakePath);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('fills rings where the papers of the same map stand', () => {
    const { canvas, fills } = fakeCanvas();
    const layer = makeContourLayer(canvas);
    layer.setContours([square, other]);
    layer.paint(view);
    expect([canvas.width, canvas.height]).toEqual([1600, 1200]);
    expect(fills.map(({ style, alpha }) => [style, alpha])).toEqual([
      ['rgb(255 0 0)', 0.07],
      ['rgb(0 0 255)', 0.07],
    ]);
    const [a, b, c, d, e, f] = fills[0].transform;
    for (const [x, y] of fills[0].path.points) {
      const { px, py } = toPixel(viewport, { x, y });
      expect(a * x + c * y + e).toBeCloseTo(2 * px, 9);
      expect(b * x + d * y + f).toBeCloseTo(2 * py, 9);
    }
    expect(fills[0].path.closed).toBe(1);
  });

  it('draws once for one view, and builds each path once', () => {
    const { canvas, backgrounds } = fakeCanvas();
    const layer = makeContourLayer(canvas);
    layer.setContours([square, other]);
    layer.paint(view);
    layer.paint({ ...view });
    expect(layer.stats()).toEqual({ pictures: 1, paths: 2 });
    layer.paint({ ...view, viewport: { ...viewport, scale: 300 } });
    layer.setContours([other]);
    layer.paint({ ...view, viewport: { ...viewport, scale: 300 } });
    expect(layer.stats()).toEqual({ pictures: 3, paths: 2 });
    layer.setContours([]);
    layer.paint(view);
    layer.setContours([other]);
    layer.paint(view);
    expect(layer.stats()).toEqual({ pictures: 5, paths: 3 });
    expect(backgrounds()).toBe(5);
  });

  it('draws a finer part in its box alone, and the rest around it', () => {
    const { canvas, fills } = fakeCanvas();
    const layer = makeContourLayer(canvas);
    layer.setContours([square], { bounds: { minX: 0, minY: -1, maxX: 0.5, maxY: 0 }, groups: [other] });
    layer.paint(view);
    expect(fills.map(({ style }) => style)).toEqual(['rgb(0 0 255)', 'rgb(255 0 0)']);
    const inside = [
      [700, 400],
      [900, 800],
    ];
    expect(fills[0].clip?.points).toEqual(inside);
    expect(fills[1].clip?.points).toEqual([[0, 0], [1600, 1200], ...inside]);
    layer.setContours([square], { bounds: { minX: -9, minY: -9, maxX: 9, maxY: 9 }, groups: [other] });
    layer.paint(view);
    expect(fills.slice(2).map(({ style }) => style)).toEqual(['rgb(0 0 255)']);
  });
});
