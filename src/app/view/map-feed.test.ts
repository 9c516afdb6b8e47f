import { describe, expect, it } from 'vitest';
import type { MapData } from '../../model/map-data.ts';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { MARK } from '../../render/paper-marks.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { labRenderer } from '../fixtures/lab-renderer.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import { feedRenderer } from './map-feed.ts';

const N = 10;

/** Each paper's nearest neighbours are those beside it in the row. */
const neighbors = {
  k: 2,
  indices: Int32Array.from({ length: 2 * N }, (_, i) => ((i >> 1) + (i % 2 === 0 ? 1 : N - 1)) % N),
  distances: new Float32Array(2 * N).fill(0.1),
};

const mapWith = (change: Partial<MapData> = {}): MapData => ({
  ...mapOf({ ...corpusOf(N), columns: [{ name: 'k', values: [...'ababababab'] }] }, topicTree(N, 2, 'maps')),
  neighbors,
  ...change,
});

function lab() {
  const app = wholeApp();
  app.show(mapWith());
  const renderer = labRenderer();
  const end = feedRenderer(app, renderer, 'light');
  /** The papers that have a mark. */
  const marked = (mark: number) =>
    Array.from(renderer.drawn.states.keys()).filter((i) => renderer.drawn.states[i] & mark);
  return { ...app, renderer, end, marked };
}

describe('papers on the map', () => {
  it('are all alike until something is in question', () => {
    const { renderer, marked } = lab();
    expect(renderer.drawn.positions).toHaveLength(2 * N);
    expect(Object.values(MARK).flatMap(marked)).toEqual([]);
  });

  it('that were found are ringed and all others dimmed, in place of an open topic', () => {
    const { store, marked } = lab();
    store.set({ topic: 1 });
    expect(marked(MARK.dimmed)).toEqual([0, 1, 2, 4, 5, 6, 7, 9]);
    store.set({ hits: { indices: Int32Array.of(2, 5) } as never });
    expect([marked(MARK.hit), marked(MARK.dimmed)]).toEqual([
      [2, 5],
      [0, 1, 3, 4, 6, 7, 8, 9],
    ]);
  });

  it('that are selected as a group stand out, unless a topic is open', () => {
    const { store, marked } = lab();
    store.set({ selection: Int32Array.of(4, 9) });
    expect(marked(MARK.dimmed)).toEqual([0, 1, 2, 3, 5, 6, 7, 8]);
    store.set({ topic: 1 });
    expect(marked(MARK.dimmed)).not.toContain(3);
  });

  it('that filters leave out are dimmed, also where they were found', () => {
    const { store, filtering, marked } = lab();
    filtering.setFilter('column:k', { kind: 'only', keys: ['b'] });
    store.set({ hits: { indices: Int32Array.of(2, 5) } as never });
    expect([marked(MARK.hit), marked(MARK.dimmed)]).toEqual([[5], [0, 1, 2, 3, 4, 6, 7, 8, 9]]);
  });

  it('that is open is marked with its true neighbours', () => {
    const { store, marked } = lab();
    store.set({ selected: 3 });
    expect([marked(MARK.selected), marked(MARK.neighbor)]).toEqual([[3], [2, 4]]);
    store.set({ selected: -1 });
    expect([marked(MARK.selected), marked(MARK.neighbor)]).toEqual([[], []]);
  });

  it('are ringed under the pointer', () => {
    const { store, renderer } = lab();
    store.set({ hovered: 7 });
    expect(renderer.drawn.hovered).toBe(7);
  });

  it('change their colours with the choice, and with a topic that is merged', () => {
    const { store, renderer, topics } = lab();
    const byTopic = renderer.drawn.colors;
    store.set({ colorBy: 'column:k' });
    expect(renderer.drawn.colors).not.toEqual(byTopic);
    store.set({ colorBy: 'none' });
    expect(renderer.drawn.colors).toHaveLength(0);
    store.set({ colorBy: 'topic' });
    expect(renderer.drawn.colors).toEqual(byTopic);
    topics.mergeTopic(1, 0);
    expect(Array.from(renderer.drawn.colors.slice(9, 12))).toEqual(Array.from(byTopic.slice(0, 3)));
  });
});

describe('other places', () => {
  it('of the same papers are glided to, slowest to the final ones', () => {
    const { store, renderer, showing } = lab();
    const corpus = corpusOf(N);
    const at = (share: number) => new Float32Array(2 * N).fill(share);
    showing.showMap({ corpus, positions: at(0.1), map: null }, 'query');
    expect(renderer.drawn.animateMs).toBe(0);
    showing.showMap({ corpus, positions: at(0.2), map: null }, 'query');
    expect(renderer.drawn.animateMs).toBe(320);
    const map = { ...mapOf(corpus), positions: at(0.3) };
    showing.showMap({ corpus, positions: map.positions, map }, 'query');
    expect(renderer.drawn.animateMs).toBe(700);
    expect(renderer.drawn.positions).toEqual(store.get().shown?.positions);
  });

  it('of other papers are looked at as a whole', () => {
    const { show, view, renderer } = lab();
    view.setRenderer(renderer);
    view.showCamera({ x: 0.5, y: 0, zoom: 6 });
    show(mapWith());
    expect(view.currentCamera()).toBeNull();
  });

  it('far outside are not in the first view, and can be shown', () => {
    const { store, view, renderer, show } = lab();
    view.setRenderer(renderer);
    const places = Float32Array.from({ length: 400 }, (_, at) => ((at * 37) % 100) / 50 - 1);
    places.set([700, -3], 20);
    show({ ...mapOf(corpusOf(200)), positions: places });
    expect(renderer.viewport.scale).toBeGreaterThan(100);
    expect(view.papersOutside([10]).right).toEqual([10]);
    view.fitAll();
    expect(renderer.viewport.scale).toBeLessThan(2);
    expect(view.papersOutside([10]).right).toEqual([]);
    expect(store.get().notices).toEqual([]);
  });

  it('that were added to are looked at from where they were', () => {
    const { store, showing, view, renderer } = lab();
    view.setRenderer(renderer);
    view.showCamera({ x: 0.5, y: 0, zoom: 6 });
    const map = mapOf(corpusOf(N + 2));
    const grownFrom = store.get().shown?.corpus;
    showing.showMap(
      { corpus: map.corpus, positions: map.positions, map, ...(grownFrom ? { grownFrom } : {}) },
      'of-papers',
    );
    expect(view.currentCamera()).toMatchObject({ zoom: 6 });
    expect(renderer.drawn.positions).toHaveLength(2 * (N + 2));
  });

  it('are gone with the map, and nothing follows once the view has ended', () => {
    const { store, renderer, end } = lab();
    store.set({ shown: null });
    expect(renderer.drawn.positions).toHaveLength(0);
    end();
    store.set({ hovered: 2 });
    expect(renderer.drawn.hovered).toBe(-1);
  });
});
