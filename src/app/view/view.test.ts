import { describe, expect, it } from 'vitest';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { labRenderer } from '../fixtures/lab-renderer.ts';
import { wholeApp } from '../fixtures/whole-app.ts';

/** Ten papers in a row from −1 to 0.8 on a page of 1280×800. Panels cover 324 pixels at the left; margins are 16. */
function lab() {
  const app = wholeApp();
  const renderer = labRenderer();
  app.show(mapOf(corpusOf(10)));
  const { positions } = app.store.get().shown ?? { positions: new Float32Array() };
  renderer.setPositions(positions);
  app.view.setRenderer(renderer);
  app.view.applyInsets();
  app.view.fitMap();
  const middleOf = (paper: number) => app.view.pixelOfPaper(paper);
  return { ...app, renderer, middleOf };
}

describe('a view without a renderer', () => {
  it('shows and moves nothing, and has no picture', async () => {
    const { view, store } = wholeApp();
    view.fitMap();
    view.zoomBy(2);
    view.panMap(3, 4);
    view.showCamera({ x: 1, y: 1, zoom: 2 });
    view.goToPaper(3);
    expect([view.currentView(), view.currentCamera(), view.papersInView(5), view.drawSettings()]).toEqual(
      Array(4).fill(null),
    );
    expect([view.pixelOfPaper(0), view.pixelOfPoint({ x: 0, y: 0 })]).toEqual([null, null]);
    expect(view.papersOutside([1, 2])).toEqual({ top: [], right: [], bottom: [], left: [] });
    expect(store.get().selected).toBe(3);
    await expect(view.snapshot()).rejects.toMatchObject({ failure: { code: 'no-webgl' } });
  });
});

describe('the camera', () => {
  it('has no place to tell while the whole map is shown, and comes back to where it was', () => {
    const { view } = lab();
    expect(view.currentCamera()).toBeNull();
    view.showCamera({ x: 0.25, y: -0.125, zoom: 4 });
    expect(view.currentCamera()).toEqual({ x: 0.25, y: -0.125, zoom: 4 });
    // 400 pixels for each map unit (half of 800), times a zoom of 4.
    expect(view.drawSettings()?.viewport.scale).toBe(1600);
    expect(view.pixelOfPoint({ x: 0.25, y: -0.125 })).toEqual({ px: 640, py: 400 });
    // Clamped so that part of the map stays in view.
    view.showCamera({ x: 0.25, y: -9, zoom: 4 });
    expect(view.currentCamera()?.y).toBeCloseTo(-0.2, 6);
    view.fitMap();
    expect(view.currentCamera()).toBeNull();
  });

  it('is dragged and zoomed', () => {
    const { view } = lab();
    view.showCamera({ x: 0, y: 0, zoom: 1 });
    view.panMap(40, -80);
    expect(view.currentCamera()).toEqual({ x: -0.1, y: -0.2, zoom: 1 });
    view.zoomBy(2);
    expect(view.currentCamera()?.zoom).toBe(2);
  });

  it('tells whoever follows it, until they leave', () => {
    const { view } = lab();
    let moves = 0;
    const leave = view.followViewport(() => moves++);
    view.announceViewport();
    view.setCovers('hint', [{ top: 0, right: 0, bottom: 0, left: 10 }]);
    // Setting the same boxes again announces nothing.
    view.setCovers('hint', [{ top: 0, right: 0, bottom: 0, left: 10 }]);
    leave();
    view.announceViewport();
    expect(moves).toBe(2);
    expect(view.currentView()?.covers).toEqual([{ top: 0, right: 0, bottom: 0, left: 10 }]);
  });
});

describe('what panels cover', () => {
  it.each([
    ['nothing stands open', {}, 16, 324],
    ['a paper is opened', { selected: 2 }, 424, 324],
    ['a topic is opened', { topic: 0 }, 424, 324],
    ['the selections are opened', { selectionOpen: true }, 424, 324],
    ['something was found', { hits: {} as never }, 16, 424],
  ])('where %s', (_, open, right, left) => {
    const { store, view } = lab();
    store.set(open);
    expect(view.freeInsets()).toEqual({ top: 16, right, bottom: 16, left });
    expect(view.currentView()?.insets).toEqual({ top: 16, right, bottom: 16, left });
  });
});

describe('a paper', () => {
  it('that is gone to comes to the middle beside the panel that opens, larger than before', () => {
    const { store, view, middleOf, renderer } = lab();
    const before = renderer.viewport.scale;
    view.goToPaper(3);
    expect(store.get().selected).toBe(3);
    const pixel = middleOf(3);
    expect(pixel?.px).toBeCloseTo((324 + 1280 - 424) / 2, 3);
    expect(pixel?.py).toBeCloseTo(400, 3);
    expect(renderer.viewport.scale).toBeCloseTo(6 * renderer.fitScale, 6);
    expect(renderer.viewport.scale).toBeGreaterThan(3 * before);
    // A closer view is not zoomed out.
    view.zoomBy(3);
    const near = renderer.viewport.scale;
    view.goToPaper(4);
    expect(renderer.viewport.scale).toBe(near);
  });

  it('that is clicked stays where it is, and the map with it, unless the panel would cover it', () => {
    const { store, view, renderer, middleOf } = lab();
    const before = renderer.viewport;
    const places = Array.from({ length: 10 }, (_, paper) => middleOf(paper)?.px ?? 0);
    const free = places.findIndex((px) => px > 324 && px < 1280 - 424);
    view.makeRoomFor(free);
    store.set({ selected: free });
    view.holdInsets();
    view.applyInsets();
    expect(renderer.viewport).toEqual(before);
    store.set({ selected: -1 });
    view.holdInsets();
    expect(renderer.viewport).toEqual(before);
    const covered = places.findIndex((px) => px > 1280 - 424);
    view.makeRoomFor(covered);
    // By the least: to just beside the panel, at the same height and scale.
    expect(middleOf(covered)?.px).toBeCloseTo(1280 - 424 - 24, 6);
    expect(renderer.viewport).toMatchObject({ scale: before.scale, center: { y: before.center.y } });
  });

  it('without a place is opened where the map is', () => {
    const { store, view, renderer } = lab();
    const { shown } = store.get();
    const positions = shown?.positions.slice().fill(Number.NaN, 6, 8) ?? new Float32Array();
    store.set({ shown: shown && { ...shown, positions } });
    const before = renderer.viewport;
    view.goToPaper(3);
    expect(store.get().selected).toBe(3);
    expect(renderer.viewport).toEqual(before);
  });

  it('that is walked to moves the map only where it lies outside', () => {
    const { store, view, renderer, middleOf } = lab();
    const before = renderer.viewport;
    view.walkToPaper(5);
    expect(store.get()).toMatchObject({ hovered: 5, selected: -1 });
    expect(renderer.viewport).toEqual(before);
    view.showCamera({ x: -1, y: 0, zoom: 8 });
    view.walkToPaper(9);
    expect(renderer.viewport.scale).toBe(8 * 400);
    expect(middleOf(9)?.px).toBeCloseTo((324 + 1280 - 16) / 2, 2);
  });
});

describe('papers that have moved', () => {
  it('are followed: to the selected one where it has left the view', () => {
    const { store, view, renderer, middleOf } = lab();
    view.showCamera({ x: -1, y: 0, zoom: 8 });
    store.set({ selected: 9 });
    view.followPapers();
    expect(renderer.viewport.scale).toBe(8 * 400);
    const there = renderer.viewport;
    expect(middleOf(9)?.px).toBeGreaterThan(324);
    view.followPapers();
    expect(renderer.viewport).toEqual(there);
  });

  it('are all shown where none is left in the view, and a view of the whole stays', () => {
    const { view, renderer } = lab();
    const whole = renderer.viewport;
    view.followPapers();
    expect(renderer.viewport).toEqual(whole);
    view.showCamera({ x: 50, y: 50, zoom: 20 });
    view.followPapers();
    expect(view.papersInView(20)?.total).toBeGreaterThan(0);
  });
});

describe('several papers', () => {
  it('are flown to, all of them in the free part', () => {
    const { view, middleOf } = lab();
    view.fitPapers([2, 3, 4]);
    for (const paper of [2, 3, 4]) {
      const { px } = middleOf(paper) ?? { px: Number.NaN };
      expect(px).toBeGreaterThanOrEqual(324);
      expect(px).toBeLessThanOrEqual(1280 - 16);
    }
    expect(view.papersOutside([2, 3, 4])).toEqual({ top: [], right: [], bottom: [], left: [] });
    view.fitPapers([]);
    expect(view.papersOutside([2, 3, 4]).left).toEqual([]);
  });

  it('are flown to beside the panel that opens for them, no nearer than one paper would be', () => {
    const { view, middleOf, renderer } = lab();
    view.flyToPapers([4]);
    expect(renderer.viewport.scale).toBeLessThanOrEqual(renderer.fitScale * 6 + 1e-9);
    expect(middleOf(4)?.px).toBeCloseTo((324 + 1280 - 424) / 2, 2);
  });

  it('are told by the side where they lie outside', () => {
    const { view, store } = lab();
    view.showCamera({ x: -0.5, y: 0, zoom: 8 });
    const { left, right, top, bottom } = view.papersOutside([0, 3, 9]);
    expect({ left, right, top, bottom }).toEqual({ left: [0], right: [9], top: [], bottom: [] });
    const { shown } = store.get();
    const positions = shown?.positions.slice() ?? new Float32Array();
    positions.set([-0.5, 3, -0.5, -3], 2);
    store.set({ shown: shown && { ...shown, positions } });
    expect(view.papersOutside([1, 2, 3])).toEqual({ left: [], right: [], top: [1], bottom: [2] });
  });

  it('in view are told by nearness to its middle, without those that filters leave out', () => {
    const { view, store } = lab();
    expect(view.papersInView(100)?.total).toBe(10);
    const { nearest, total } = view.papersInView(3) ?? { nearest: [], total: 0 };
    expect([nearest.length, total]).toEqual([3, 10]);
    expect(Array.from(nearest).every((paper) => paper >= 3 && paper <= 7)).toBe(true);
    const shown = store.get().shown;
    const corpus = { papers: corpusOf(10).papers, columns: [{ name: 'k', values: [...'aabbaabbaa'] }] };
    store.set({ shown: shown && { ...shown, corpus } });
    store.set({ filters: { 'column:k': { kind: 'only', keys: ['b'] } } });
    const left = view.papersInView(100);
    expect(left?.total).toBe(4);
    expect(Array.from(left?.nearest ?? []).sort()).toEqual([2, 3, 6, 7]);
  });
});
