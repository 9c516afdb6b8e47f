import { describe, expect, it } from 'vitest';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { labRenderer } from '../fixtures/lab-renderer.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import { makeWalking } from './walk.ts';

/** Ten papers in a row from −1 to 0.8, seen with `x` in the middle. */
function lab(x = 0.05) {
  const app = wholeApp();
  const renderer = labRenderer();
  const map = mapOf({ ...corpusOf(10), columns: [{ name: 'k', values: [...'aaaaaabaaa'] }] });
  app.show(map);
  renderer.setPositions(map.positions);
  app.view.setRenderer(renderer);
  app.view.showCamera({ x, y: 0, zoom: 1 });
  const walking = makeWalking(app.store, app.selectors, app.view, app.stacks);
  const at = () => app.store.get().hovered;
  return { ...app, walking, at };
}

describe('a walk', () => {
  it('begins at the middle of the view and goes to the nearest paper that it has not been at', () => {
    const { walking, at } = lab();
    const steps = Array.from({ length: 4 }, () => [walking.walkOn(), at()]);
    expect(steps.map(([was]) => was)).toEqual([true, true, true, true]);
    expect(steps[0][1]).toBe(5);
    expect(new Set(steps.map(([, paper]) => paper)).size).toBe(4);
  });

  it('goes back the way it came, and on again the same way', () => {
    const { walking, at } = lab();
    expect(walking.walkBack()).toBe(false);
    const way = [1, 2, 3].map(() => walking.walkOn() && at());
    expect([walking.walkBack(), at()]).toEqual([true, way[1]]);
    expect([walking.walkBack(), at()]).toEqual([true, way[0]]);
    expect([walking.walkBack(), at()]).toEqual([false, way[0]]);
    expect([walking.walkOn(), at()]).toEqual([true, way[1]]);
  });

  it('ends where every paper was visited', () => {
    const { walking } = lab();
    const steps = Array.from({ length: 11 }, () => walking.walkOn());
    expect(steps.filter(Boolean)).toHaveLength(10);
    expect(steps.at(-1)).toBe(false);
  });

  it('leaves out what filters leave out', () => {
    const { walking, at, filtering } = lab();
    filtering.setFilter('column:k', { kind: 'only', keys: ['b'] });
    expect([walking.walkOn(), at(), walking.walkOn()]).toEqual([true, 6, false]);
  });

  it('begins anew at a paper that is looked at otherwise', () => {
    const { walking, at, store } = lab();
    walking.walkOn();
    store.set({ hovered: 9 });
    expect([walking.walkOn(), at()]).toEqual([true, 8]);
    expect([walking.walkBack(), at()]).toEqual([true, 9]);
    store.set({ hovered: -1, selected: 0 });
    expect([walking.walkOn(), at()]).toEqual([true, 1]);
  });

  it('does not go back on another map', () => {
    const { walking, show } = lab();
    walking.walkOn();
    walking.walkOn();
    show(mapOf(corpusOf(4)));
    expect(walking.walkBack()).toBe(false);
  });

  it('opens the paper that it is at, once', () => {
    const { walking, store } = lab();
    expect(walking.pinPaper()).toBe(false);
    walking.walkOn();
    expect([walking.pinPaper(), store.get().selected]).toEqual([true, 5]);
    expect(walking.pinPaper()).toBe(false);
  });

  it('goes nowhere without a map', () => {
    const { store, selectors, view, stacks } = wholeApp();
    const walking = makeWalking(store, selectors, view, stacks);
    expect([walking.walkOn(), walking.walkBack(), walking.pinPaper()]).toEqual([false, false, false]);
  });
});
