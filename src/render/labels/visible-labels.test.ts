import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { type LabelView, labelBudget, type VisibleLabel, visibleLabels } from './labels.ts';
import { type LabelCandidate, solveLabels } from './placement.ts';

/** Random topics and their parts. */
function candidatesOf(count: number, seed: number): LabelCandidate[] {
  const random = makeRandom(seed);
  return Array.from({ length: count }, (_, id) => ({
    id,
    parent: id < count / 5 ? -1 : id % Math.ceil(count / 5),
    level: id < count / 5 ? 0 : 1,
    size: Math.ceil(200 * random()),
    anchor: { x: 2 * random() - 1, y: 2 * random() - 1 },
    widthPx: 40 + 120 * random(),
    heightPx: 16,
  }));
}

const SIZE = { widthPx: 1000, heightPx: 700, insets: { top: 20, right: 40, bottom: 60, left: 300 } };
const views: fc.Arbitrary<LabelView> = fc
  .record({
    x: fc.double({ min: -1, max: 1, noNaN: true }),
    y: fc.double({ min: -1, max: 1, noNaN: true }),
    scale: fc.double({ min: 50, max: 20_000, noNaN: true }),
  })
  .map(({ x, y, scale }) => ({ center: { x, y }, scale, ...SIZE }));

/** The view `factor` times as large about a pixel. */
function zoomed(view: LabelView, px: number, py: number, factor: number): LabelView {
  const scale = view.scale * factor;
  const x = view.center.x + (px - view.widthPx / 2) * (1 / view.scale - 1 / scale);
  const y = view.center.y - (py - view.heightPx / 2) * (1 / view.scale - 1 / scale);
  return { ...view, center: { x, y }, scale };
}

function placeOf({ anchor }: LabelCandidate, view: LabelView): { px: number; py: number } {
  return {
    px: view.widthPx / 2 + (anchor.x - view.center.x) * view.scale,
    py: view.heightPx / 2 - (anchor.y - view.center.y) * view.scale,
  };
}

function isWhole(label: LabelCandidate, view: LabelView): boolean {
  const { px, py } = placeOf(label, view);
  const { insets = { top: 0, right: 0, bottom: 0, left: 0 }, widthPx, heightPx } = view;
  const [halfX, halfY] = [label.widthPx / 2, label.heightPx / 2];
  const isWide = px - halfX >= insets.left && px + halfX <= widthPx - insets.right;
  return isWide && py - halfY >= insets.top && py + halfY <= heightPx - insets.bottom;
}

describe('labelBudget', () => {
  it('gives 20 to a desktop, 6 to a phone, and grows with the area', () => {
    expect(labelBudget(1440 * 900)).toBe(20);
    expect(labelBudget(360 * 640)).toBe(6);
    expect(labelBudget(0)).toBe(0);
    expect(labelBudget(1e9)).toBe(40);
    for (let area = 1000; area < 4e6; area *= 1.3)
      expect(labelBudget(area * 1.3)).toBeGreaterThanOrEqual(labelBudget(area));
  });
});

describe('visibleLabels', () => {
  const candidates = candidatesOf(150, 4);
  const intervals = solveLabels(candidates);

  it('keeps to the budget and to the free part, without overlaps', () => {
    fc.assert(
      fc.property(views, fc.integer({ min: 0, max: 30 }), (view, budget) => {
        const labels = visibleLabels(intervals, view, budget);
        expect(labels.length).toBeLessThanOrEqual(budget);
        for (const a of labels) {
          const { widthPx, heightPx } = candidates[a.index];
          expect(a.px - widthPx / 2).toBeGreaterThanOrEqual(300 - 1e-9);
          expect(a.px + widthPx / 2).toBeLessThanOrEqual(960 + 1e-9);
          expect(a.py - heightPx / 2).toBeGreaterThanOrEqual(20 - 1e-9);
          expect(a.py + heightPx / 2).toBeLessThanOrEqual(640 + 1e-9);
          for (const b of labels) {
            if (a === b) continue;
            const isApart =
              Math.abs(a.px - b.px) >= (widthPx + candidates[b.index].widthPx) / 2 ||
              Math.abs(a.py - b.py) >= (heightPx + candidates[b.index].heightPx) / 2;
            expect(isApart).toBe(true);
          }
        }
      }),
    );
  });

  it('puts none under a cover: beside it where there is room, and the others where they were', () => {
    const cover = fc
      .record({ left: fc.integer({ min: 300, max: 900 }), top: fc.integer({ min: 20, max: 600 }) })
      .map(({ left, top }) => ({ left, top, right: left + 60, bottom: top + 26 }));
    let moved = 0;
    fc.assert(
      fc.property(views, fc.array(cover, { minLength: 1, maxLength: 4 }), (view, covers) => {
        const isUnder = ({ index, px, py }: VisibleLabel, gapPx = 0): boolean =>
          covers.some(({ left, top, right, bottom }) => {
            const [halfX, halfY] = [candidates[index].widthPx / 2 + gapPx, candidates[index].heightPx / 2 + gapPx];
            return px + halfX > left && px - halfX < right && py + halfY > top && py - halfY < bottom;
          });
        const labels = visibleLabels(intervals, { ...view, covers }, 20);
        expect(labels.filter((label) => isUnder(label))).toEqual([]);
        const free = visibleLabels(intervals, view, 20);
        const whole = free.filter(
          (label) => isWhole(candidates[label.index], view) && !isUnder(label, intervals.gapPx),
        );
        expect(labels).toEqual(expect.arrayContaining(whole));
        moved += labels.filter((label) =>
          free.some(({ index, py }) => index === label.index && py !== label.py),
        ).length;
      }),
    );
    expect(moved).toBeGreaterThan(0);
  });

  it('takes no label away while zooming in, except by handover or at an edge', () => {
    const pixel = fc.record({ px: fc.integer({ min: 300, max: 960 }), py: fc.integer({ min: 20, max: 640 }) });
    fc.assert(
      fc.property(views, pixel, fc.integer({ min: 1, max: 12 }), (start, { px, py }, budget) => {
        let before = start;
        for (let step = 0; step < 20; step++) {
          const view = zoomed(before, px, py, 1.15);
          const now = new Set(visibleLabels(intervals, view, budget).map(({ index }) => index));
          for (const { index } of visibleLabels(intervals, before, budget)) {
            if (intervals.to[index] <= view.scale || !isWhole(candidates[index], view)) continue;
            expect(now.has(index)).toBe(true);
          }
          before = view;
        }
      }),
    );
  });

  it('keeps what it is told to keep while panning', () => {
    const idsIn = (view: LabelView, keep?: ReadonlySet<number>): Set<number> =>
      new Set(visibleLabels(intervals, view, 5, keep).map(({ index }) => candidates[index].id));
    let wouldSwap = 0;
    for (let y = -0.8; y <= 0.8; y += 0.2) {
      const view: LabelView = { center: { x: -0.4, y }, scale: 700, ...SIZE };
      const shown = idsIn(view);
      const moved = { ...view, center: { x: -0.2, y } };
      const still = candidates.filter((label) => shown.has(label.id) && isWhole(label, moved));
      const kept = idsIn(moved, shown);
      expect(still.filter(({ id }) => !kept.has(id))).toEqual([]);
      const fresh = idsIn(moved);
      wouldSwap += still.filter(({ id }) => !fresh.has(id)).length;
    }
    expect(wouldSwap).toBeGreaterThan(0);
  });

  it('stands on the anchor, as the map does', () => {
    const view: LabelView = { center: { x: 0.1, y: -0.2 }, scale: 300, widthPx: 1200, heightPx: 900 };
    const labels = visibleLabels(intervals, view, 20).filter(({ index }) => isWhole(candidates[index], view));
    expect(labels.length).toBeGreaterThan(5);
    for (const { index, px, py } of labels) expect({ px, py }).toEqual(placeOf(candidates[index], view));
  });
});
