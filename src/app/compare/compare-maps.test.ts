import { describe, expect, it } from 'vitest';
import type { MapData } from '../../model/map-data.ts';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { matrix, quantizeRows } from '../../model/matrix.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { labRenderer } from '../fixtures/lab-renderer.ts';
import { type WholeApp, wholeApp } from '../fixtures/whole-app.ts';
import { feedRenderer } from '../view/map-feed.ts';

const N = 20;
const spiral = Float32Array.from(
  { length: 2 * N },
  (_, i) => ((i >> 1) / N) * (i % 2 === 0 ? Math.cos(i) : Math.sin(i - 1)),
);

/** Papers on a spiral; the other map has those from `from` on, turned by 90°. */
const own = (): MapData => ({ ...mapOf(corpusOf(N), topicTree(N, 2, 'maps')), positions: spiral });
function other(from = 0, others = 0): MapData {
  const map = mapOf(corpusOf(N + others));
  const papers = map.corpus.papers
    .slice(from)
    .map((paper, i) => (i < N - from ? paper : { ...paper, title: 'Strange' }));
  const positions = new Float32Array(2 * papers.length);
  for (let i = 0; i < N - from; i++) positions.set([-spiral[2 * (from + i) + 1], spiral[2 * (from + i)]], 2 * i);
  return { ...map, corpus: { papers, columns: [] }, positions, topics: null };
}

async function compared(app: WholeApp, with_: MapData, name = 'theirs.parquet') {
  return app.compareMaps.withFile(new File([await app.mapFiles.encode(with_)], name));
}

async function lab(with_ = other()) {
  const app = wholeApp();
  app.show(own());
  expect(await compared(app, with_)).toBeNull();
  return app;
}

describe('another map that is compared', () => {
  it('lies behind the shown one, which stands as it stood, in the colours of drift', async () => {
    const { store } = await lab();
    const { comparison, shown, colorBy, job } = store.get();
    expect({ colorBy, job }).toEqual({ colorBy: 'drift', job: null });
    expect(comparison).toMatchObject({
      ...{ names: ['a map', 'theirs.parquet'], share: 0, isOpen: true, colorBefore: 'topic', strangerTitles: [] },
    });
    expect(shown?.positions).toEqual(spiral);
    // Alignment turns the other map back, so nothing has drifted.
    expect(Math.max(...(comparison?.drift ?? [9]))).toBeLessThan(1e-4);
  });

  it('has papers of its own, which are known by their titles, and lacks some of the shown map', async () => {
    const { store, comparing } = await lab(other(5, 2));
    expect(store.get().comparison?.strangerTitles).toEqual(['Strange', 'Strange']);
    comparing.goToShare(1);
    const places = store.get().shown?.positions ?? [];
    expect(Array.from(places.slice(0, 10)).every(Number.isNaN)).toBe(true);
    expect(Array.from(places.slice(10)).every(Number.isFinite)).toBe(true);
  });

  it('is refused where they share too few papers, and nothing changes', async () => {
    const app = wholeApp();
    app.show(own());
    const { shown } = app.store.get();
    const strange = mapOf({
      ...corpusOf(5),
      papers: corpusOf(5).papers.map((paper) => ({ ...paper, id: `x${paper.id}`, title: `No ${paper.id}` })),
    });
    expect(await compared(app, strange)).toBeNull();
    expect(app.store.get()).toMatchObject({ comparison: null, colorBy: 'topic', shown });
    expect(app.said()).toEqual(['These maps share too few papers']);
  });

  it('that is no map is said to be none', async () => {
    const app = wholeApp();
    app.show(own());
    expect(await app.compareMaps.withFile(new File(['id,title'], 'x.csv'))).not.toBeNull();
    expect(app.store.get()).toMatchObject({ comparison: null, job: null, notices: [{ kind: 'failure' }] });
  });

  it('takes the place of the one before, with the colours of before both', async () => {
    const app = await lab();
    await compared(app, other(), 'third.parquet');
    expect(app.store.get().comparison).toMatchObject({ names: ['a map', 'third.parquet'], colorBefore: 'topic' });
  });

  it('is nothing where no map is shown', async () => {
    const app = wholeApp();
    expect([
      await compared(app, other()),
      await app.compareMaps.withLayout({ seed: 1, neighbors: 15, minDist: 0.1 }),
    ]).toEqual([null, null]);
    expect(app.store.get()).toMatchObject({ comparison: null, notices: [] });
  });

  it('shows its figures only where a panel leaves room for the map', async () => {
    const app = wholeApp();
    app.show(own());
    app.store.set({ selectionOpen: true });
    await compared(app, other());
    expect(app.store.get().comparison?.isOpen).toBe(false);
  });
});

describe('another layout', () => {
  it.each([
    [{ seed: 3, neighbors: 15, minDist: 0.1 }, 'Layout with seed 3, 15 neighbours, minimum distance 0.1'],
    [{ seed: 4, neighbors: 6, minDist: 0.5 }, 'Layout with seed 4, 6 neighbours, minimum distance 0.5'],
  ])('of the shown map’s vectors is made and compared: %j', async (choice, name) => {
    const app = wholeApp();
    const vectors = Float32Array.from({ length: N * 4 }, (_, i) => Math.sin(i * i));
    app.show({ ...own(), embedding: quantizeRows(matrix(vectors, N, 4)) });
    expect(await app.compareMaps.withLayout(choice)).toBeNull();
    expect(app.store.get().comparison?.names).toEqual(['a map', name]);
    expect(Math.max(...(app.store.get().comparison?.drift ?? []))).toBeGreaterThan(0.01);
  });
});

describe('on the way between two maps', () => {
  it('papers stand where the hand is, and come back exactly', async () => {
    const { store, comparing } = await lab(other(0, 1));
    comparing.goToShare(0.5);
    const { shown, comparison } = store.get();
    expect(shown?.positions).toHaveLength(2 * N);
    expect(comparison?.drawn).toHaveLength(2 * (N + 1));
    comparing.goToShare(0);
    expect(store.get().shown?.positions).toBe(comparison?.home);
  });

  it('one that only the other map has can be pointed at, not opened', async () => {
    const { store, comparing } = await lab(other(0, 2));
    comparing.hoverPoint(N + 1);
    expect([store.get().hovered, store.get().comparison?.pointed]).toEqual([-1, 1]);
    expect([comparing.ownPaper(N + 1), comparing.ownPaper(3)]).toEqual([-1, 3]);
    comparing.hoverPoint(3);
    expect([store.get().hovered, store.get().comparison?.pointed]).toEqual([3, -1]);
    comparing.hoverPoint(-1);
    expect([store.get().hovered, store.get().comparison?.pointed]).toEqual([-1, -1]);
  });

  it('what is drawn follows, strangers behind the map’s own papers', async () => {
    const { store, comparing, selectors } = await lab(other(0, 2));
    const renderer = labRenderer();
    const end = feedRenderer({ store, selectors }, renderer, 'light');
    comparing.goToShare(1);
    expect(renderer.drawn.positions).toEqual(store.get().comparison?.drawn);
    comparing.hoverPoint(N);
    expect(renderer.drawn.hovered).toBe(N);
    comparing.leaveComparison();
    expect(renderer.drawn.positions).toEqual(spiral);
    end();
  });
});

describe('a comparison that ends', () => {
  it('puts everything back', async () => {
    const { store, comparing } = await lab();
    comparing.goToShare(0.7);
    expect(comparing.leaveComparison()).toBe(true);
    expect(store.get()).toMatchObject({ comparison: null, colorBy: 'topic', shown: { positions: spiral } });
    expect(comparing.leaveComparison()).toBe(false);
  });

  it('leaves the colours that were chosen meanwhile', async () => {
    const { store, comparing } = await lab();
    store.set({ colorBy: 'source' });
    comparing.leaveComparison();
    expect(store.get().colorBy).toBe('source');
  });
});

describe('the panel of figures', () => {
  it('opens in place of any other, and is closed by theirs', async () => {
    const { store, comparing, picking } = await lab();
    store.set({ selected: 3, selectionOpen: true, topic: 1 });
    comparing.togglePanel(true);
    expect(store.get()).toMatchObject({ selected: -1, topic: -1, selectionOpen: false, comparison: { isOpen: true } });
    picking.openSelections();
    expect(store.get()).toMatchObject({ selectionOpen: true, comparison: { isOpen: false } });
    comparing.togglePanel(false);
    expect(store.get().selectionOpen).toBe(true);
  });
});
