import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { DARK_THEME, LIGHT_THEME } from '../../render/theme.ts';
import { densityContours } from '../../topics/contours/contours.ts';
import { ChannelWorker } from '../../worker/fixtures/channel-worker.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { labRenderer } from '../fixtures/lab-renderer.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import { feedContours } from './map-contours.ts';

const N = 60;
const places = Float32Array.from({ length: 2 * N }, (_, i) => ((i >> 1) % 5) / 5 + Math.sin(i * i) / 20 - 0.5);

/** Traces like the real worker, or dies on request. */
class Tracer extends ChannelWorker {
  static isIll = false;
  constructor() {
    super({
      trace: (_: number, { positions, groups }: { positions: Float32Array; groups: Int32Array[] }) => {
        if (Tracer.isIll) throw new Error('ill');
        return groups.map((indices) => densityContours(positions, { indices }));
      },
    });
  }
}

beforeEach(() => {
  Tracer.isIll = false;
  vi.stubGlobal('Worker', Tracer);
});
afterEach(() => void vi.unstubAllGlobals());

async function lab(hasTopics = true, theme: 'light' | 'dark' = 'light') {
  const app = wholeApp();
  const map = { ...mapOf(corpusOf(N), hasTopics ? topicTree(N, 2, 'maps') : null), positions: places };
  app.show(map);
  const renderer = labRenderer();
  renderer.setPositions(places);
  app.view.setRenderer(renderer);
  const end = feedContours(app, renderer, theme);
  /** Runs `does` and waits until the contours have changed. */
  const change = async (does: () => void = () => undefined): Promise<void> => {
    const before = renderer.drawn.contours;
    does();
    await vi.waitUntil(() => renderer.drawn.contours !== before, { interval: 2 });
  };
  return { ...app, renderer, end, change };
}

describe('contours', () => {
  it('are tinted under the topics at the top, one colour each', async () => {
    const { renderer, change, end } = await lab();
    await change();
    const { contours } = renderer.drawn;
    expect(new Set(contours.map(({ color }) => color.join())).size).toBe(2);
    expect(new Set(contours.map(({ alpha }) => alpha))).toEqual(new Set([0.1]));
    expect(contours.every(({ rings }) => rings.length > 0)).toBe(true);
    end();
  });

  it('of the other topics step back while one is open', async () => {
    const { renderer, store, change, end } = await lab();
    await change();
    await change(() => store.set({ topic: 0 }));
    const alphas = new Set(renderer.drawn.contours.map(({ alpha }) => alpha));
    expect(alphas).toEqual(new Set([0.1, 0.1 * 0.4]));
    end();
  });

  it('of a topic below are drawn above the others while it is open', async () => {
    const { renderer, store, change, end } = await lab();
    await change();
    const before = renderer.drawn.contours.length;
    await change(() => store.set({ topic: 2 }));
    expect(renderer.drawn.contours.length).toBeGreaterThan(before);
    expect(renderer.drawn.contours.at(-1)?.alpha).toBe(0.1);
    end();
  });

  it.each([
    ['light', LIGHT_THEME.ring],
    ['dark', DARK_THEME.ring],
  ] as const)('of a selection stand in the ink of its outline: %s', async (theme, ink) => {
    const { renderer, picking, change, end } = await lab(false, theme);
    expect(renderer.drawn.contours).toEqual([]);
    await change(() => picking.pick(Int32Array.from({ length: 20 }, (_, i) => i)));
    expect(renderer.drawn.contours.map(({ color }) => color)).toEqual(renderer.drawn.contours.map(() => ink));
    end();
  });

  it('are gone when they are hidden, and on the way between two maps', async () => {
    const { renderer, store, change, end } = await lab();
    await change();
    await change(() => store.set({ contours: false }));
    expect(renderer.drawn.contours).toEqual([]);
    await change(() => store.set({ contours: true }));
    expect(renderer.drawn.contours.length).toBeGreaterThan(0);
    await change(() => store.set({ comparison: { share: 0.5 } as never }));
    expect(renderer.drawn.contours).toEqual([]);
    end();
  });

  it('come finer for the part that is looked at, once the view stands still', async () => {
    const { renderer, view, change, end } = await lab();
    await change();
    view.showCamera({ x: 0, y: 0, zoom: 12 });
    view.announceViewport();
    await vi.waitUntil(() => renderer.drawn.patch !== null, { interval: 2 });
    expect(renderer.drawn.patch?.groups.length).toBeGreaterThan(0);
    const { minX, maxX } = renderer.drawn.patch?.bounds ?? { minX: 9, maxX: -9 };
    expect(minX).toBeLessThanOrEqual(0);
    expect(maxX).toBeGreaterThanOrEqual(0);
    view.fitMap();
    view.announceViewport();
    await vi.waitUntil(() => renderer.drawn.patch === null, { interval: 2 });
    expect(renderer.drawn.contours.length).toBeGreaterThan(0);
    end();
  });

  it('that fail are told of; the map stays', async () => {
    Tracer.isIll = true;
    const { store, end, renderer } = await lab();
    await vi.waitUntil(() => store.get().notices.length > 0, { interval: 2 });
    expect(store.get().notices[0]).toMatchObject({ kind: 'failure' });
    expect(renderer.drawn.contours).toEqual([]);
    end();
  });

  it('are not drawn by a view that has ended', async () => {
    const { renderer, end } = await lab();
    end();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(renderer.drawn.contours).toEqual([]);
  });
});
