import { describe, expect, it } from 'vitest';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { labRenderer } from '../fixtures/lab-renderer.ts';
import { wholeApp } from '../fixtures/whole-app.ts';

const some = (...papers: number[]) => Int32Array.from(papers);
/** A key event on the map. */
const key = (name: string, shiftKey = false) => ({ key: name, shiftKey }) as KeyboardEvent;
const mouse = (keys: object) => ({ shiftKey: false, altKey: false, ...keys }) as PointerEvent;
const NO_KEYS = mouse({});
const SHIFT = mouse({ shiftKey: true });
/** A ring around the part from…to of the papers' row. */
const around = (from: number, to: number) => Float32Array.of(from, -1, to, -1, to, 1, from, 1);

/** Ten papers in a row from −1 to 0.8; those with odd numbers are of kind `b`. */
function lab() {
  const app = wholeApp();
  const renderer = labRenderer();
  const map = mapOf({ ...corpusOf(10), columns: [{ name: 'k', values: [...'ababababab'] }] });
  app.show(map);
  renderer.setPositions(map.positions);
  app.view.setRenderer(renderer);
  app.view.showCamera({ x: 0, y: 0, zoom: 1 });
  return app;
}

describe('a tool', () => {
  it('is put down when it is chosen again, and what was being drawn goes with it', () => {
    const { store, drawing } = lab();
    drawing.chooseTool('lasso');
    store.set({ draft: around(0, 1) });
    drawing.chooseTool('rectangle');
    expect(store.get()).toMatchObject({ areaTool: 'rectangle', draft: null });
    drawing.chooseTool('rectangle');
    expect(store.get().areaTool).toBeNull();
  });

  it('is left by steps: first the area that is being drawn, then the tool', () => {
    const { store, drawing } = lab();
    drawing.chooseTool('lasso');
    drawing.gestures.onDraw?.(around(0, 1));
    expect([drawing.leaveTool(), store.get().areaTool, store.get().draft]).toEqual([true, 'lasso', null]);
    expect([drawing.leaveTool(), store.get().areaTool]).toEqual([true, null]);
    expect(drawing.leaveTool()).toBe(false);
  });

  it.each([
    ['none and no key', null, {}, null],
    ['none, with Shift', null, { shiftKey: true }, 'rectangle'],
    ['none, with Alt', null, { altKey: true }, 'rectangle'],
    ['the lasso, with Shift', 'lasso', { shiftKey: true }, 'lasso'],
  ] as const)('for a pointer with %s', (_, areaTool, keys, expected) => {
    const { store, drawing } = lab();
    store.set({ areaTool });
    expect(drawing.gestures.toolFor?.(mouse(keys))).toBe(expected);
    store.set({ shown: null });
    expect(drawing.gestures.toolFor?.(mouse(keys))).toBeNull();
  });
});

describe('an area', () => {
  it('selects the papers in it, and with a key more of them', () => {
    const { store, drawing } = lab();
    drawing.gestures.onArea?.(around(-1.05, -0.55), NO_KEYS);
    expect(store.get().selection).toEqual(some(0, 1, 2));
    drawing.gestures.onArea?.(around(0.5, 0.9), SHIFT);
    expect(store.get().selection).toEqual(some(0, 1, 2, 8, 9));
    store.undo();
    expect(store.get().selection).toEqual(some(0, 1, 2));
  });

  it('selects none that filters leave out', () => {
    const { store, drawing, filtering } = lab();
    filtering.setFilter('column:k', { kind: 'only', keys: ['b'] });
    drawing.gestures.onArea?.(around(-1.05, -0.35), NO_KEYS);
    expect(store.get().selection).toEqual(some(1, 3));
  });
});

describe('an area by keys', () => {
  it('begins in the middle of the free part, is moved and grown, and selects', () => {
    const { store, drawing } = lab();
    const { onKey } = drawing.gestures;
    expect(onKey?.(key('Enter'))).toBe(false);
    drawing.chooseTool('rectangle');
    expect(onKey?.(key('ArrowLeft'))).toBe(false);
    expect(onKey?.(key('Enter'))).toBe(true);
    const first = store.get().draft;
    expect(first).not.toBeNull();
    expect(onKey?.(key('ArrowLeft'))).toBe(true);
    expect(store.get().draft?.[0]).toBeLessThan(first?.[0] ?? 0);
    expect(onKey?.(key('+'))).toBe(true);
    expect(onKey?.(key('q'))).toBe(false);
    const { minX, maxX } = spanOf(store.get().draft);
    expect(onKey?.(key(' '))).toBe(true);
    const inside = Array.from({ length: 10 }, (_, i) => i).filter((i) => i / 5 - 1 > minX && i / 5 - 1 < maxX);
    expect(inside.length).toBeGreaterThan(1);
    expect(Array.from(store.get().selection)).toEqual(inside);
    expect(store.get().draft).toBeNull();
  });

  it('goes by the mode that is shown: Shift moves its sides', () => {
    const { store, drawing } = lab();
    store.set({ selectMode: 'union', selection: some(0) });
    drawing.chooseTool('lasso');
    drawing.gestures.onKey?.(key('Enter'));
    drawing.gestures.onKey?.(key('Enter', true));
    expect(store.get().selection[0]).toBe(0);
    expect(store.get().selection.length).toBeGreaterThan(1);
  });
});

function spanOf(ring: Float32Array | null): { readonly minX: number; readonly maxX: number } {
  const xs = Array.from(ring ?? []).filter((_, i) => i % 2 === 0);
  return { minX: Math.min(...xs), maxX: Math.max(...xs) };
}
