import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { labRenderer } from '../fixtures/lab-renderer.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import { feedLinks } from './map-links.ts';

const N = 10;

/** Papers in a row. Each one's true neighbours are the next paper and a torn one half a row away. */
function lab() {
  const app = wholeApp();
  const indices = Int32Array.from({ length: 2 * N }, (_, i) => ((i >> 1) + (i % 2 === 0 ? 1 : 5)) % N);
  const neighbors = { k: 2, indices, distances: new Float32Array(2 * N).fill(0.1) };
  app.show({ ...mapOf(corpusOf(N)), neighbors });
  const renderer = labRenderer();
  const end = feedLinks(app, renderer);
  const links = () =>
    renderer.drawn.links.map(({ from, to, isThin, isDashed }) => ({
      from,
      to,
      how: `${isThin ? 'thin' : 'bold'}${isDashed ? ' dashed' : ''}`,
    }));
  return { ...app, renderer, end, links };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('lines to the true neighbours', () => {
  it('begin at the open paper, dashed to those that the map has torn off, and go with it', () => {
    const { store, links } = lab();
    expect(links()).toEqual([]);
    store.set({ selected: 2 });
    expect(links()).toEqual([
      { from: 2, to: [7], how: 'bold dashed' },
      { from: 2, to: [3], how: 'bold' },
    ]);
    store.set({ selected: -1 });
    expect(links()).toEqual([]);
  });

  it('are thin for the paper that the pointer rests on, and not drawn for one on its way', () => {
    const { store, links } = lab();
    store.set({ hovered: 4 });
    vi.advanceTimersByTime(100);
    store.set({ hovered: 6 });
    vi.advanceTimersByTime(100);
    expect(links()).toEqual([]);
    vi.advanceTimersByTime(50);
    expect(links()).toEqual([
      { from: 6, to: [1], how: 'thin dashed' },
      { from: 6, to: [7], how: 'thin' },
    ]);
    store.set({ hovered: -1 });
    expect(links()).toEqual([]);
  });

  it('are drawn once where the open paper is pointed at', () => {
    const { store, links } = lab();
    store.set({ selected: 2, hovered: 2 });
    vi.advanceTimersByTime(200);
    expect(links().map(({ how }) => how)).toEqual(['bold dashed', 'bold']);
  });

  it('are none on a map without neighbours', () => {
    const { store, show, links } = lab();
    show(mapOf(corpusOf(N)));
    store.set({ selected: 2, hovered: 3 });
    vi.advanceTimersByTime(200);
    expect(links()).toEqual([]);
  });

  it('are drawn no more once the view has ended', () => {
    const { store, links, end } = lab();
    store.set({ hovered: 4 });
    end();
    vi.advanceTimersByTime(200);
    store.set({ selected: 2 });
    expect(links()).toEqual([]);
  });
});
