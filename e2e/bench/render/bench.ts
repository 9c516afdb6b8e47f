import { papersInRing } from '../../../src/render/area.ts';
import { MARK } from '../../../src/render/paper-marks.ts';
import { makeRenderer } from '../../../src/render/renderer.ts';
import { clumped } from '../../../src/topics/fixtures/clumps.ts';
import { type GlLedger, keepLedger } from './gl-ledger.ts';

/** What e2e/bench/bench-render.mjs asks of the page: one contender a page. */
export interface BenchDoor {
  /** Makes the papers, which belong to neither contender. */
  prepare(n: number): void;
  /** Uploads and draws them. Milliseconds by the clock until the picture is complete. */
  load(contender: Contender, peer: string): Promise<number>;
  /** Pans for so many frames. */
  pan(frames: number): Promise<Panned>;
  /** Milliseconds of each hover, at places that do not repeat. */
  hover(times: number): number[];
  /** Closes a line so often, and waits each time for the frame that shows its papers as selected. */
  lasso(times: number): Promise<{ readonly found: number }>;
  /** Animation frames that the contender asked for, and draw calls, while nothing changed for so many frames. */
  idle(frames: number): Promise<{ readonly callbacks: number; readonly drawCalls: number }>;
  ledger(): GlLedger;
}

export type Contender = 'ours' | 'regl-scatterplot';

interface Panned {
  readonly clockMs: number[];
  /** Draw calls of a frame. */
  readonly drawCalls: number;
}

const [WIDTH, HEIGHT] = [1200, 800];
const COLORS = ['#4477aa', '#ee6677', '#228833', '#ccbb44', '#66ccee', '#aa3377', '#bbbbbb', '#000000'];
const LINE_CORNERS = 300;

const ledger = keepLedger();
const frame = requestAnimationFrame.bind(window);
let callbacks = 0;
window.requestAnimationFrame = (callback) =>
  frame((nowMs) => {
    callback(nowMs);
    callbacks++;
  });

/** What both contenders can do. */
interface Plot {
  pan(dx: number): void;
  panEnd(): void;
  hover(px: number, py: number): void;
  lasso(ring: readonly (readonly [number, number])[]): number;
  unselect(): void;
}

let positions: Float32Array = new Float32Array();
let groups = new Uint8Array();
let plot: Plot | null = null;
const canvas = document.createElement('canvas');
document.body.append(canvas);

const nextFrame = () => new Promise<number>((done) => frame(done));

/** Waits until the GPU has drawn what it was asked for: the canvas is read. */
async function complete(): Promise<void> {
  await nextFrame();
  const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  probe?.drawImage(canvas, 0, 0);
  probe?.getImageData(0, 0, 1, 1);
}

function ours(): Plot {
  const renderer = makeRenderer(canvas);
  const rgb = new Uint8Array(3 * groups.length);
  const known = COLORS.map((hex) => Number.parseInt(hex.slice(1), 16));
  for (let i = 0; i < groups.length; i++) {
    const color = known[groups[i]];
    rgb[3 * i] = color >> 16;
    rgb[3 * i + 1] = (color >> 8) & 255;
    rgb[3 * i + 2] = color & 255;
  }
  renderer.setPositions(positions);
  renderer.setColors(rgb);
  return {
    pan: (dx) => renderer.panBy(dx, 0),
    panEnd: () => undefined,
    hover: (px, py) => void renderer.pick({ px, py }),
    lasso(ring) {
      const found = papersInRing(positions, Float32Array.from(ring.flat()));
      const states = new Uint8Array(groups.length);
      for (const i of found) states[i] = MARK.selected;
      renderer.setStates(states);
      return found.length;
    },
    unselect: () => renderer.setStates(new Uint8Array()),
  };
}

async function scatterplot(peer: string): Promise<Plot> {
  const { default: createScatterplot } = await import(/* @vite-ignore */ peer);
  const plot = createScatterplot({ canvas, width: WIDTH, height: HEIGHT, pointSize: 2, pointColor: COLORS });
  plot.set({ colorBy: 'valueA' });
  const n = groups.length;
  const x = Float32Array.from({ length: n }, (_, i) => positions[2 * i]);
  const y = Float32Array.from({ length: n }, (_, i) => positions[2 * i + 1]);
  await plot.draw({ x, y, z: groups });
  const at = (px: number, py: number) => ({ clientX: px, clientY: py, bubbles: true });
  canvas.dispatchEvent(new MouseEvent('mouseenter', at(1, 1)));
  let selected: number[] = [];
  let pressedAt = -1;
  plot.subscribe('select', ({ points }: { points: number[] }) => {
    selected = points;
  });
  return {
    pan(dx) {
      if (pressedAt < 0) {
        pressedAt = WIDTH / 2;
        canvas.dispatchEvent(new MouseEvent('mousedown', { ...at(pressedAt, HEIGHT / 2), buttons: 1 }));
      }
      pressedAt += dx;
      canvas.dispatchEvent(new MouseEvent('mousemove', { ...at(pressedAt, HEIGHT / 2), buttons: 1 }));
    },
    panEnd() {
      canvas.dispatchEvent(new MouseEvent('mouseup', at(pressedAt, HEIGHT / 2)));
      pressedAt = -1;
    },
    hover: (px, py) => void canvas.dispatchEvent(new MouseEvent('mousemove', at(px, py))),
    lasso(ring) {
      plot.lassoSelect(ring, { isGl: true });
      return selected.length;
    },
    unselect: () => plot.deselect(),
  };
}

/** A line round the middle, in map units. */
function line(turnBy: number): [number, number][] {
  return Array.from({ length: LINE_CORNERS }, (_, corner) => {
    const turn = (2 * Math.PI * corner) / LINE_CORNERS;
    const far = 0.5 * (1 + 0.2 * Math.sin(3 * turn + turnBy) + 0.02 * Math.sin(41 * turn));
    return [far * Math.cos(turn), far * Math.sin(turn)];
  });
}

function need(): Plot {
  if (!plot) throw new Error('nothing is loaded');
  return plot;
}

const benchDoor: BenchDoor = {
  prepare(n) {
    positions = clumped(n, 40, 3);
    groups = Uint8Array.from({ length: n }, (_, i) => i % COLORS.length);
  },
  async load(contender, peer) {
    // What the browser fetches is no part of it.
    if (peer) await import(/* @vite-ignore */ peer);
    const began = performance.now();
    plot = contender === 'ours' ? ours() : await scatterplot(peer);
    await complete();
    return performance.now() - began;
  },
  async pan(frames) {
    const shown = need();
    const clockMs: number[] = [];
    let drawCalls = 0;
    let before = await nextFrame();
    for (let step = 0; step < frames; step++) {
      const calls = ledger().drawCalls;
      shown.pan(step < frames / 2 ? 3 : -3);
      const now = await nextFrame();
      clockMs.push(now - before);
      before = now;
      drawCalls = Math.max(drawCalls, ledger().drawCalls - calls);
    }
    shown.panEnd();
    return { clockMs, drawCalls };
  },
  hover(times) {
    const shown = need();
    return Array.from({ length: times }, (_, at) => {
      const began = performance.now();
      shown.hover(200 + ((at * 367) % 800), 100 + ((at * 211) % 600));
      return performance.now() - began;
    });
  },
  async lasso(times) {
    const shown = need();
    let found = 0;
    for (let time = 0; time < times; time++) {
      found = shown.lasso(line(time));
      await complete();
      shown.unselect();
      await complete();
    }
    return { found };
  },
  async idle(frames) {
    await complete();
    for (let settle = 0; settle < 60; settle++) await nextFrame();
    const calls = ledger().drawCalls;
    callbacks = 0;
    for (let step = 0; step < frames; step++) await nextFrame();
    return { callbacks, drawCalls: ledger().drawCalls - calls };
  },
  ledger,
};

Object.assign(window, { benchDoor });
