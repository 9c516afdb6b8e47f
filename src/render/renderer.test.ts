import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { standInCanvas } from './fixtures/stand-in-canvas.ts';
import { MIN_DRAWN } from './level-of-detail.ts';
import { MARK } from './paper-marks.ts';
import { makeRenderer, type Renderer } from './renderer.ts';

const N = 100_000;

let { canvas, tally } = standInCanvas();
let renderer: Renderer;
let nowMs = 0;
let waiting: FrameRequestCallback[] = [];

beforeEach(() => {
  nowMs = 0;
  waiting = [];
  const query = { addEventListener() {}, removeEventListener() {} };
  vi.stubGlobal('window', { devicePixelRatio: 1, matchMedia: () => query });
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => waiting.push(callback));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  ({ canvas, tally } = standInCanvas());
  renderer = makeRenderer(canvas);
});

afterEach(() => vi.unstubAllGlobals());

/** Runs frames until none is requested, at most `most`. Returns how many have run. */
function frames(most: number, frameMs = 16): number {
  let ran = 0;
  for (; ran < most && waiting.length > 0; ran++) {
    const due = waiting;
    waiting = [];
    nowMs += frameMs;
    for (const callback of due) callback(nowMs);
  }
  return ran;
}

function show(n: number): void {
  renderer.setPositions(Float32Array.from({ length: 2 * n }, (_, i) => ((i * 7919) % 1000) / 500 - 1));
  frames(1000);
}

/** Papers in each picture of the last frames. */
const drawn = () => tally.drawn.filter((vertices) => vertices > 1000);

describe('frames', () => {
  it('are asked for when something changes, and none while nothing does', () => {
    for (const n of [500, N]) {
      show(n);
      expect(waiting).toEqual([]);
      const before = renderer.stats().pictures;
      renderer.setHovered(n - 1);
      renderer.setHovered(n - 1);
      frames(1000);
      expect(renderer.stats().pictures).toBe(before + 1);
      renderer.panBy(10, 0);
      frames(1000);
      expect(renderer.stats().pictures).toBe(before + 2);
      expect(waiting).toEqual([]);
    }
  });

  it('draw all papers while they are fast', () => {
    show(N);
    tally.reset();
    for (let step = 0; step < 30; step++) {
      renderer.panBy(2, 0);
      frames(1);
    }
    frames(1000);
    expect(drawn()).toEqual(new Array(30).fill(N));
  });

  it('draw fewer papers of a large map while it moves slowly, and all when it rests', () => {
    show(N);
    renderer.setStates(new Uint8Array(N).fill(MARK.selected, 7, 8));
    frames(1000);
    tally.reset();
    for (let step = 0; step < 30; step++) {
      renderer.panBy(2, 0);
      frames(1, 50 + (100 * (drawn().at(-1) ?? N)) / N);
    }
    const inMotion = drawn();
    expect(inMotion).toHaveLength(30);
    expect(inMotion.at(-1)).toBeLessThan(N);
    expect(inMotion.at(-1)).toBeGreaterThanOrEqual(MIN_DRAWN);
    // The selected paper is drawn in every picture.
    expect(tally.drawn.filter((vertices) => vertices === 1)).toHaveLength(30);
    frames(1000);
    expect(drawn().slice(30)).toEqual([N]);
    expect(waiting).toEqual([]);
  });

  it('never draw fewer papers of a small map', () => {
    show(MIN_DRAWN);
    tally.reset();
    for (let step = 0; step < 30; step++) {
      renderer.panBy(2, 0);
      frames(1, 200);
    }
    expect(frames(1000)).toBe(0);
    expect(drawn()).toEqual(new Array(30).fill(MIN_DRAWN));
  });

  it('find the same papers with and without WebGL', () => {
    show(N);
    const plain = makeRenderer(standInCanvas().canvas, { kind: 'canvas2d' });
    expect([renderer.kind, plain.kind]).toEqual(['webgl', 'canvas2d']);
    plain.setPositions(Float32Array.from({ length: 2 * N }, (_, i) => ((i * 7919) % 1000) / 500 - 1));
    frames(1000);
    expect(plain.viewport).toEqual(renderer.viewport);
    const random = makeRandom(2);
    for (let round = 0; round < 300; round++) {
      const pixel = { px: 800 * random(), py: 600 * random() };
      expect(plain.pick(pixel, 3)).toBe(renderer.pick(pixel, 3));
    }
    expect(plain.stats().pictures).toBeGreaterThan(0);
  });

  it('make a picture for export of all papers, also while the map moves slowly', () => {
    show(N);
    for (let step = 0; step < 30; step++) {
      renderer.panBy(2, 0);
      frames(1, 50 + (100 * (drawn().at(-1) ?? N)) / N);
    }
    expect(renderer.drawSettings().share).toBe(1);
  });
});
