import { describe, expect, it } from 'vitest';
import { makeWalking } from '../commands/walk.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { labRenderer } from '../fixtures/lab-renderer.ts';
import { wholeApp } from '../fixtures/whole-app.ts';

/** Ten papers, of which 2, 5 and 7 lie at one place. */
function lab() {
  const app = wholeApp();
  const map = mapOf({ ...corpusOf(10), columns: [{ name: 'k', values: [...'aaaaaaabaa'] }] });
  const positions = map.positions.slice();
  for (const paper of [5, 7]) positions.set(positions.subarray(4, 6), 2 * paper);
  app.show({ ...map, positions });
  const renderer = labRenderer();
  renderer.setPositions(positions);
  app.view.setRenderer(renderer);
  return app;
}

describe('papers at one place', () => {
  it('are listed by their dot; a paper alone is opened', () => {
    const { stacks, store } = lab();
    expect(stacks.papersHere(5)).toEqual([2, 5, 7]);
    expect(stacks.papersHere(3)).toEqual([3]);
    stacks.openDot(7);
    expect(store.get()).toMatchObject({ stack: [2, 5, 7], selected: -1 });
    stacks.openDot(3);
    expect(store.get()).toMatchObject({ stack: [], selected: 3 });
    stacks.openDot(2);
    stacks.closeStack();
    expect(store.get()).toMatchObject({ stack: [], selected: 3 });
  });

  it('do not count where a filter leaves them out, nor without a map', () => {
    const { stacks, store } = lab();
    store.set({ filters: { 'column:k': { kind: 'without', keys: ['b'] } } });
    expect(stacks.papersHere(5)).toEqual([2, 5]);
    expect(wholeApp().stacks.papersHere(0)).toEqual([]);
  });

  it('are listed by Enter too, where a walk or the pointer is at them', () => {
    const { store, selectors, view, stacks } = lab();
    store.set({ hovered: 5 });
    expect(makeWalking(store, selectors, view, stacks).pinPaper()).toBe(true);
    expect(store.get().stack).toEqual([2, 5, 7]);
  });
});
