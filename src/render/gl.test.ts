import { beforeEach, describe, expect, it } from 'vitest';
import { standInCanvas } from './fixtures/stand-in-canvas.ts';
import { makeGlPainter } from './gl.ts';
import { countLayers, MARK } from './paper-marks.ts';
import { type DrawSettings, makeScene, type Painter, placePapers, type Scene } from './scene.ts';
import { LIGHT_THEME } from './theme.ts';

const N = 100_000;
const SETTINGS: DrawSettings = {
  viewport: { center: { x: 0, y: 0 }, scale: 300, widthPx: 800, heightPx: 600 },
  pixelRatio: 1,
  radiusPx: 2,
  markedRadiusPx: 4,
  opacity: 0.5,
  share: 1,
};

let { canvas, tally } = standInCanvas();
let scene: Scene;
let painter: Painter;
let restored = 0;

beforeEach(() => {
  ({ canvas, tally } = standInCanvas());
  scene = makeScene(LIGHT_THEME);
  placePapers(scene, new Float32Array(2 * N), false);
  restored = 0;
  const made = makeGlPainter(canvas, { onLost() {}, onRestored: () => restored++ }, { transparent: true });
  if (!made) throw new Error('no painter');
  painter = made;
});

function setStates(states: Uint8Array): void {
  scene.states = states;
  scene.layers = countLayers(states, N);
  scene.dirty.states = true;
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);

describe('drawing with GL', () => {
  it('uploads 12 bytes a paper once, and to move the map nothing', () => {
    tally.reset();
    painter.paint(scene, SETTINGS);
    expect(sum(tally.uploads.filter((bytes) => bytes >= N))).toBe(12 * N);
    expect(sum(tally.uploads)).toBeLessThan(12 * N + 100);
    expect(painter.stats().bytes).toBeGreaterThanOrEqual(12 * N);
    tally.reset();
    for (let step = 0; step < 10; step++) {
      const center = { x: step / 10, y: 0 };
      painter.paint(scene, { ...SETTINGS, viewport: { ...SETTINGS.viewport, center } });
    }
    expect(tally.uploads).toEqual([]);
  });

  it('makes its buffers and programs once, and no textures of its own', () => {
    const made = Object.fromEntries(tally.calls);
    painter.paint(scene, SETTINGS);
    setStates(new Uint8Array(N).fill(MARK.dimmed));
    painter.paint(scene, SETTINGS);
    expect(painter.stats().buffers).toBe(6);
    expect(made.createProgram).toBe(3);
    for (const name of ['createBuffer', 'createProgram', 'createTexture', 'createFramebuffer', 'createShader']) {
      expect(tally.calls.get(name), name).toBe(made[name]);
    }
    // One more belongs to regl.
    expect(made.createBuffer).toBeLessThanOrEqual(7);
    expect(tally.calls.has('drawElements')).toBe(false);
    expect(tally.calls.has('getExtension')).toBe(false);
  });

  it('draws all plain papers by one call, and one more for the rhumb lines', () => {
    painter.paint(scene, SETTINGS);
    tally.reset();
    painter.paint(scene, SETTINGS);
    expect(tally.drawn.filter((vertices) => vertices === N)).toHaveLength(1);
    expect(tally.calls.get('drawArrays')).toBe(2);
    expect(painter.stats().drawCalls).toBe(2);
  });

  it('uploads a byte a paper when states change, and colours alone when colours do', () => {
    painter.paint(scene, SETTINGS);
    tally.reset();
    setStates(new Uint8Array(N).fill(MARK.dimmed, 0, N / 2));
    painter.paint(scene, SETTINGS);
    expect(tally.uploads).toEqual([N]);
    tally.reset();
    scene.dirty.colors = true;
    painter.paint(scene, SETTINGS);
    expect(tally.uploads).toEqual([3 * N]);
  });

  it('draws a layer of few papers paper by paper, and one of many by a call over all', () => {
    const states = new Uint8Array(N).fill(MARK.dimmed);
    states.fill(MARK.hit, 0, 300);
    states.fill(MARK.neighbor, 300, 310);
    states[N - 1] = MARK.selected;
    setStates(states);
    painter.paint(scene, SETTINGS);
    // Two layers of dimmed papers and hits; one call for each neighbour and for the selected paper.
    expect(tally.drawn.filter((vertices) => vertices === N)).toHaveLength(2);
    expect(tally.drawn.filter((vertices) => vertices === 1)).toHaveLength(11);
  });

  it('draws a share of plain and dimmed papers, and of highlighted ones all', () => {
    const states = new Uint8Array(N).fill(MARK.dimmed, 0, N / 2);
    states.fill(MARK.hit, 0, 300);
    setStates(states);
    painter.paint(scene, { ...SETTINGS, share: 0.25 });
    expect(tally.drawn.slice(-3)).toEqual([N / 4, N / 4, N]);
  });

  it('uploads everything again when a lost context comes back', () => {
    scene.links = [{ from: 0, to: [1, 2], isThin: false, isDashed: false }];
    painter.paint(scene, SETTINGS);
    const bytes = painter.stats().bytes;
    const before = tally.uploads.toSorted((a, b) => a - b);
    tally.reset();
    canvas.dispatchEvent(new Event('webglcontextlost'));
    expect(painter.isLost()).toBe(true);
    expect(painter.stats().bytes).toBe(0);
    painter.paint(scene, SETTINGS);
    expect(tally.calls.size).toBe(0);
    canvas.dispatchEvent(new Event('webglcontextrestored'));
    expect(restored).toBe(1);
    expect(painter.isLost()).toBe(false);
    Object.assign(scene.dirty, { positions: true, origins: true, colors: true, states: true, links: true });
    painter.paint(scene, SETTINGS);
    expect(tally.uploads.toSorted((a, b) => a - b)).toEqual(before);
    expect(painter.stats().bytes).toBe(bytes);
  });
});
